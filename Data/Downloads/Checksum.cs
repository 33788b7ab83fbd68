using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Data.Downloads;

/// <summary>How a publisher says what a file's content is.</summary>
public enum ChecksumKind
{
    /// <summary>128 bits, as beside MovieLens' zips.</summary>
    Md5,

    /// <summary>256 bits.</summary>
    Sha256,

    /// <summary>Git's id of a file: SHA-1 of <c>blob LENGTH\0</c> and the content, as each repository lists it.</summary>
    GitBlob,
}

/// <summary>A publisher's checksum of a file. It tells accidents; MD5 and SHA-1 do not withstand somebody who wants two contents with one checksum.</summary>
/// <param name="Kind">how it is computed</param>
/// <param name="Hex">lower-case hexadecimal digits</param>
public sealed partial record Checksum(ChecksumKind Kind, string Hex)
{
    private const int MostText = 1 << 16;

    /// <summary>As people write it: <c>md5 6b51...</c></summary>
    public override string ToString() => $"{Kind switch { ChecksumKind.Md5 => "md5", ChecksumKind.Sha256 => "sha256", _ => "git blob" }} {Hex}";

    /// <summary>How many digits a kind has.</summary>
    public static int Digits(ChecksumKind kind) => kind switch { ChecksumKind.Md5 => 32, ChecksumKind.GitBlob => 40, _ => 64 };

    /// <summary>Null if these are not the digits of one.</summary>
    public static Checksum? Of(ChecksumKind kind, string hex) =>
        hex.Length == Digits(kind) && hex.All(char.IsAsciiHexDigit) ? new Checksum(kind, hex.ToLowerInvariant()) : null;

    /// <summary>
    /// Reads what a publisher puts beside a file: <c>MD5 (NAME) = HEX</c> as BSD's md5 writes it, <c>HEX  NAME</c> as md5sum and sha256sum do, or
    /// the digits alone. Of several lines the one that names the file counts. Or a pointer file of Git LFS, which repositories keep in the place of large
    /// files (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md): the SHA-256 that it gives.
    /// </summary>
    /// <param name="text">small</param>
    /// <param name="names">under which the file may be named</param>
    /// <returns>null if there is none</returns>
    public static Checksum? OfPublished(string text, params string[] names)
    {
        if (text.Length > MostText)
            return null;
        if (LfsPointer().Match(text) is { Success: true } pointer)
            return Of(ChecksumKind.Sha256, pointer.Groups["hex"].Value);
        var lines =
            from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            let match = Bsd().Match(line) is { Success: true } bsd ? bsd : Gnu().Match(line)
            where match.Success
            let hex = match.Groups["hex"].Value
            let checksum = Of(hex.Length == Digits(ChecksumKind.Md5) ? ChecksumKind.Md5 : ChecksumKind.Sha256, hex)
            where checksum is not null
            let name = match.Groups["name"].Value.Replace('\\', '/').Split('/')[^1]
            where name.Length == 0 || names.Contains(name, StringComparer.OrdinalIgnoreCase)
            orderby name.Length == 0
            select checksum;
        return lines.FirstOrDefault();
    }

    /// <summary>As md5sum and sha256sum write and check it, which know no git.</summary>
    internal string ToLine(string name) => $"{Hex}  {name}\n";

    /// <summary>Of a file's content.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Checksum OfFile(ChecksumKind kind, string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(kind switch
        {
            ChecksumKind.Md5 => HashAlgorithmName.MD5,
            ChecksumKind.Sha256 => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA1,
        });
        if (kind == ChecksumKind.GitBlob)
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {file.Length}\0")));
        byte[] buffer = new byte[1 << 20];
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }

        return new Checksum(kind, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Whole: a pointer that is cut off ends before its size.
    [GeneratedRegex(@"\Aversion https://git-lfs\.github\.com/spec/v1\r?\n(ext-.+\n)*oid sha256:(?<hex>[0-9a-f]{64})\r?\nsize [0-9]+\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LfsPointer();

    [GeneratedRegex(@"^(MD5|SHA2?-?256)\s*\((?<name>.+)\)\s*=\s*(?<hex>[0-9a-fA-F]+)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bsd();

    [GeneratedRegex(@"^\\?(?<hex>[0-9a-fA-F]+)(\s+\*?(?<name>\S.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();
}
