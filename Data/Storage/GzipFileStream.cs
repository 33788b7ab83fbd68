using System.IO.Compression;

namespace Data.Storage;

/// <summary>The content of a gzip file of one or several members, which is refused if it is cut short: the runtime's own stream takes what there is for all.</summary>
/// <remarks>
/// A member of a few known bytes is put behind the file. They come out at the end if and only if the file ends where one of its members does.
/// Position and length are the compressed file's: how long the content is, nobody knows before its end.
/// </remarks>
/// <param name="file">disposed with it</param>
internal sealed class GzipFileStream(FileStream file) : ReadOnlyStream
{
    private const int ChunkBytes = 1 << 16;

    private static readonly byte[] End = [0xF4, 0x0A, 0xFE, 0x00, 0xC1, 0x0A, 0xFF, 0x00];
    private static readonly byte[] EndMember = Compress(End);

    private readonly GZipStream _content = new(new StreamSequence(file, new MemoryStream(EndMember, writable: false)), CompressionMode.Decompress);

    // What was read and not given out yet; the last of it may be the end.
    private readonly byte[] _chunk = new byte[ChunkBytes + End.Length];
    private int _begin;
    private int _filled;
    private bool _ended;

    /// <summary>Bytes of the compressed file.</summary>
    public override long Length => file.Length;

    /// <summary>Bytes read of the compressed file.</summary>
    public override long Position
    {
        get => file.Position;
        set => base.Position = value;
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _filled - _begin <= End.Length)
            Fill();
        int count = Math.Min(buffer.Length, Math.Max(0, _filled - _begin - End.Length));
        _chunk.AsSpan(_begin, count).CopyTo(buffer);
        _begin += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _chunk.AsSpan(_begin, _filled - _begin).CopyTo(_chunk);
        (_begin, _filled) = (0, _filled - _begin);
        int count = _content.Read(_chunk, _filled, _chunk.Length - _filled);
        _filled += count;
        _ended = count == 0;
        if (_ended && !_chunk.AsSpan(0, _filled).SequenceEqual(End))
            throw new InvalidDataException("the gzip file is cut short");
    }

    private static byte[] Compress(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
