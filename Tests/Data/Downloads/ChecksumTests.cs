using System.Text;
using Data.Downloads;

namespace Tests.Data.Downloads;

/// <summary>Publishers' checksums in the forms that they have.</summary>
public sealed class ChecksumTests
{
    private const string Md5 = "cd245b17a1ae2cc31bb14903e1204af3";
    private const string Sha256 = "b48756681ec6f84e0af36979c5e9baa21ea8d9e7036b8764ea9b787bb0baf69b";
    private const string Lfs = "version https://git-lfs.github.com/spec/v1\n";

    [Theory]
    [InlineData($"MD5 (ml-20m.zip) = {Md5}\n", Md5)]
    [InlineData($"{Md5}  ml-20m.zip\n", Md5)]
    [InlineData($"{Md5} *ml-20m.zip\r\n", Md5)]
    [InlineData($"{Md5}  /data/sets/ml-20m.zip", Md5)]
    [InlineData($"  {Md5}  \n", Md5)]
    [InlineData("CD245B17A1AE2CC31BB14903E1204AF3", Md5)]
    [InlineData($"\n0e33842e24a9c977be4e0107933c0723  ml-100k.zip\n{Md5}  ml-20m.zip\n", Md5)]
    [InlineData($"{Sha256}  ml-20m.zip\n", Sha256)]
    [InlineData($"SHA256 (ml-20m.zip) = {Sha256}\n", Sha256)]
    [InlineData($"{Lfs}oid sha256:{Sha256}\nsize 368994512\n", Sha256)]
    [InlineData($"{Lfs}ext-0-foo sha256:{Sha256}\noid sha256:{Sha256}\nsize 12", Sha256)]
    [InlineData($"{Lfs}oid sha256:{Sha256}\n", null)]
    [InlineData($"{Lfs}oid sha256:{Md5}\nsize 12\n", null)]
    [InlineData($"{Lfs}oid md5:{Md5}\nsize 12\n", null)]
    [InlineData($"oid sha256:{Sha256}\nsize 12\n", null)]
    [InlineData($"<pre>{Lfs}oid sha256:{Sha256}\nsize 12\n</pre>", null)]
    [InlineData("0e33842e24a9c977be4e0107933c0723  ml-100k.zip\n", null)]
    [InlineData("MD5 (ml-20m.zip) = cd245b17\n", null)]
    [InlineData("MD5 (ml-20m.zip) cd245b17a1ae2cc31bb14903e1204af3\n", null)]
    [InlineData("<!DOCTYPE html>\n<html></html>\n", null)]
    [InlineData("", null)]
    public void Published_forms_are_read(string text, string? hex)
    {
        Checksum? read = Checksum.OfPublished(text, "mirrored.zip", "ml-20m.zip");
        Assert.Equal(hex, read?.Hex);
        Assert.Equal(hex?.Length == 64, read?.Kind == ChecksumKind.Sha256);
    }

    [Theory]
    [InlineData(ChecksumKind.Md5, "5d41402abc4b2a76b9719d911017c592")]
    [InlineData(ChecksumKind.Sha256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData(ChecksumKind.GitBlob, "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0")]
    public void They_are_those_that_others_compute(ChecksumKind kind, string hex)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], Encoding.ASCII.GetBytes("hello")); // md5sum, sha256sum and `git hash-object` say so.
        Assert.Equal(Checksum.Of(kind, hex.ToUpperInvariant()), Checksum.OfFile(kind, folder["a"], TestContext.Current.CancellationToken));
        Assert.Null(Checksum.Of(kind, hex[1..]));
        Assert.Null(Checksum.Of(kind, "g" + hex[1..]));
    }
}
