using System.Globalization;
using System.Security.Cryptography;
using Data.Downloads;

namespace Tests.Data.Downloads;

/// <summary>Repositories with Git LFS serve the file at one address, and at another the pointer that has its checksum.</summary>
public sealed class LfsPointerTests
{
    private static readonly string Sha256 = Checksum.OfPublished(Convert.ToHexStringLower(SHA256.HashData(DownloadSample.Content)))!.Hex;

    [Fact]
    public async Task The_file_is_checked_by_its_pointer_and_known_again()
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, DownloadSample.Content), _ => FileAnswer.Text(Pointer(Sha256)));
        DownloadedFile file = await sample.FetchAsync();
        Assert.Equal((ChecksumKind.Sha256, Sha256, true, false), (file.Checksum.Kind, file.Checksum.Hex, file.IsPublished, file.WasThere));
        Assert.Equal(["data.zip", "data.zip.sha256"], sample.Files);

        // Its checksum is kept as sha256sum reads it: the pointer is not asked for again.
        Assert.Equal($"{Sha256}  data.zip\n", File.ReadAllText(sample.Target + ".sha256"));
        Assert.True((await sample.FetchAsync()).WasThere);
        Assert.Equal(2, sample.Server.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_goes_on_and_is_checked()
    {
        int requests = 0;
        using var sample = new DownloadSample(
            request => requests++ == 0 ? FileAnswer.Whole(DownloadSample.Content).CutAt(100_000) : FileAnswer.Decent(request, DownloadSample.Content), _ => FileAnswer.Text(Pointer(Sha256)));
        await sample.FetchAsync();
        Assert.Equal(DownloadSample.Content, File.ReadAllBytes(sample.Target));
        Assert.Equal([null, 100_000], sample.Ranges);
    }

    [Fact]
    public async Task Another_file_than_the_pointers_is_refused()
    {
        string other = new('a', 64);
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, DownloadSample.Content), _ => FileAnswer.Text(Pointer(other)));
        await sample.RefusalAsync($"wrong bytes: of the 300,007 that came the checksum is sha256 {Sha256}, the publisher's is sha256 {other}");
        Assert.Empty(sample.Files);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public async Task A_pointer_that_is_cut_off_is_no_checksum(int length)
    {
        using var sample = new DownloadSample(request => FileAnswer.Decent(request, DownloadSample.Content), _ => FileAnswer.Text(Pointer(Sha256)[..length]));
        await sample.RefusalAsync("is no checksum of data\\.zip: expected .*Git LFS pointer");
        Assert.Empty(sample.Ranges);
    }

    [Fact]
    public async Task A_page_in_place_of_the_pointer_is_no_checksum()
    {
        using var sample = new DownloadSample(
            request => FileAnswer.Decent(request, DownloadSample.Content), _ => FileAnswer.Text($"<!DOCTYPE html>\n<html><body><pre>\n{Pointer(Sha256)}</pre></body></html>\n"));
        await sample.RefusalAsync("is no checksum of data\\.zip");
        Assert.Empty(sample.Ranges);
    }

    [Fact]
    public async Task A_pointer_that_came_in_place_of_the_file_is_not_taken_for_it()
    {
        using var sample = new DownloadSample(_ => FileAnswer.Text(Pointer(Sha256)), _ => FileAnswer.Text(Pointer(Sha256)));
        await sample.RefusalAsync("wrong bytes");
        Assert.Empty(sample.Files);
    }

    private static string Pointer(string hex) =>
        string.Create(CultureInfo.InvariantCulture, $"version https://git-lfs.github.com/spec/v1\noid sha256:{hex}\nsize {DownloadSample.Content.Length}\n");
}
