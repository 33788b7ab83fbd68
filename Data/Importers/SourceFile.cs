using Trainers;

namespace Data.Importers;

/// <summary>A file of a source, plain or inside a zip.</summary>
/// <param name="Path">for messages; inside a zip <c>ml-1m.zip/ml-1m/ratings.dat</c></param>
/// <param name="Length">bytes, uncompressed</param>
/// <param name="OpenStream">opens it for reading, once at a time</param>
internal sealed record SourceFile(string Path, long Length, Func<Stream> OpenStream)
{
    /// <exception cref="UserErrorException">There is no such file, or it may not be read.</exception>
    public static SourceFile OfDisk(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new UserErrorException("there is no such file", path);
        return new SourceFile(path, info.Length, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)) { IsPlain = true };
    }

    /// <summary>How many lines the file has; null where counting means decompressing, which costs more than it saves.</summary>
    public int? CountLines() => !IsPlain ? null : Guard<int?>(Path, () =>
    {
        using Stream stream = Open();
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        byte last = (byte)'\n';
        for (int count; (count = stream.Read(buffer)) > 0; last = buffer[count - 1])
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
        lines += last == '\n' ? 0 : 1;
        return lines <= Array.MaxLength ? (int)lines : null;
    });

    public string Name => System.IO.Path.GetFileName(Path);

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

    /// <summary>Turns the failures of reading into one line each.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException("the zip is damaged or cut short: fetch it again", path, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"it cannot be read: {e.Message}", path, inner: e);
        }
    }
}
