using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainers.Storage;

/// <summary>Floats or doubles as little-endian bytes, some at a time: a matrix may be longer than a span of bytes can be.</summary>
internal static class FloatBlock
{
    private const int Chunk = 1 << 14;

    public static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var part = new T[Math.Min(Chunk, values.Length)];
        for (int done = 0; done < values.Length; done += Chunk)
        {
            int count = Math.Min(Chunk, values.Length - done);
            values.Slice(done, count).CopyTo(part);
            stream.Write(LittleEndian(part.AsSpan(0, count)));
        }
    }

    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public static float[] Read(Stream stream, int count) => Read<float>(stream, count);

    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public static T[] Read<T>(Stream stream, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[count];
        for (int done = 0; done < count; done += Chunk)
        {
            Span<T> part = values.AsSpan(done, Math.Min(Chunk, count - done));
            stream.ReadExactly(MemoryMarshal.AsBytes(part));
            LittleEndian(part);
        }

        return values;
    }

    // To little-endian or back, in place.
    private static Span<byte> LittleEndian<T>(Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        for (int i = 0; i < bytes.Length && !BitConverter.IsLittleEndian; i += Unsafe.SizeOf<T>())
            bytes.Slice(i, Unsafe.SizeOf<T>()).Reverse();
        return bytes;
    }
}
