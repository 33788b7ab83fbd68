using System.Buffers;

namespace Data.Storage;

/// <summary>Writes to a file and hashes what it writes, so that it need not be read back: <see cref="ContentHash.OfFile"/> of the file.</summary>
/// <param name="file">disposed with it</param>
internal sealed class HashedStream(Stream file) : Stream
{
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ContentHash.ChunkBytes);
    private readonly List<ulong> _hashes = [];
    private int _length;
    private bool _disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Of everything written; to be called at the end.</summary>
    public ulong Finish()
    {
        HashChunk();
        return ContentHash.Of(_hashes.ToArray());
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        file.Write(buffer);
        while (!buffer.IsEmpty)
        {
            int length = Math.Min(buffer.Length, ContentHash.ChunkBytes - _length);
            buffer[..length].CopyTo(_chunk.AsSpan(_length));
            _length += length;
            buffer = buffer[length..];
            if (_length == ContentHash.ChunkBytes)
                HashChunk();
        }
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            ArrayPool<byte>.Shared.Return(_chunk);
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void HashChunk()
    {
        if (_length == 0)
            return;
        _hashes.Add(ContentHash.Of(_chunk.AsSpan(0, _length)));
        _length = 0;
    }
}
