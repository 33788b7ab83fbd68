using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Data;

/// <summary>SHA-256 of a sequence of values, each so encoded that no two sequences have the same bytes.</summary>
internal sealed class CanonicalHash : IDisposable
{
    private const int MostBytesOfChar = 3;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _length;

    public void Add(long value)
    {
        if (_buffer.Length - _length < 8)
            Flush();
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    /// <summary>Half of a surrogate pair counts as U+FFFD, as it is written.</summary>
    public void Add(string text)
    {
        if (_buffer.Length - _length >= 8 + (MostBytesOfChar * text.Length))
        {
            int written = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + 8));
            BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), written);
            _length += 8 + written;
            return;
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        Add((long)bytes);
        if (bytes > _buffer.Length)
        {
            Flush();
            _hash.AppendData(Encoding.UTF8.GetBytes(text));
            return;
        }

        if (_buffer.Length - _length < bytes)
            Flush();
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    public void Add(int[] values)
    {
        Add((long)values.Length);
        Add(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>All numbers that are none count as one.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        float[] canonical = ArrayPool<float>.Shared.Rent(values.Length);
        for (int i = 0; i < values.Length; i++)
            canonical[i] = float.IsNaN(values[i]) ? float.NaN : values[i];
        Add(MemoryMarshal.AsBytes(canonical.AsSpan(0, values.Length)));
        ArrayPool<float>.Shared.Return(canonical);
    }

    /// <summary>As they are, without a length.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Flush();
        _hash.AppendData(bytes);
    }

    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        _length = 0;
    }
}
