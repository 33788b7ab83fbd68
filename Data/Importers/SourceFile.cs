using Data.Storage;
using Trainers;

namespace Data.Importers;

/// <summary>A file of a source: plain, compressed with gzip, or inside a zip.</summary>
/// <param name="Path">for messages; inside a zip <c>ml-1m.zip/ml-1m/ratings.dat</c></param>
/// <param name="Length">what its stream's position comes to at the end: bytes of the content; of gzip those of the compressed file</param>
/// <param name="OpenStream">opens it for reading, once at a time</param>
internal sealed record SourceFile(string Path, long Length, Func<Stream> OpenStream)
{
    private const string GzipEnding = ".gz";

    /// <exception cref="UserErrorException">There is no such file, or it may not be read.</exception>
    public static SourceFile OfDisk(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new UserErrorException("there is no such file", path);
        return IsGzip(path)
            ? new SourceFile(path, info.Length, () => new GzipFileStream(OpenFile(path)))
            : new SourceFile(path, info.Length, () => OpenFile(path)) { IsPlain = true };
    }

    /// <summary>That of the content: without the ending of compression.</summary>
    public string Name => IsGzip(Path) ? System.IO.Path.GetFileNameWithoutExtension(Path) : System.IO.Path.GetFileName(Path);

    /// <summary>On disk as it is, not compressed.</summary>
    public bool IsPlain { get; private init; }

    /// <exception cref="UserErrorException">It may not be read, or the zip is damaged.</exception>
    public Stream Open() => Guard(Path, OpenStream);

    /// <summary>Reads the whole file, for small ones.</summary>
    public byte[] ReadAll() => Guard(Path, () =>
    {
        using Stream stream = Open();
        var content = new MemoryStream((int)Math.Min(Length, 1 << 24));
        stream.CopyTo(content);
        return content.ToArray();
    });

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static bool IsGzip(string path) => path.EndsWith(GzipEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Turns the failures of reading into one line each.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"the {(IsGzip(path) ? "gzip file" : "zip")} is damaged or cut short: fetch it again", path, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"it cannot be read: {e.Message}", path, inner: e);
        }
    }
}
