using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Trainers.Storage;

/// <summary>Floats as little-endian bytes, some at a time: a matrix may be longer than a span of bytes can be.</summary>
internal static class FloatBlock
{
    private const int Chunk = 1 << 14;

    public static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        var bytes = new byte[Chunk * sizeof(float)];
        for (int done = 0; done < values.Length; done += Chunk)
        {
            ReadOnlySpan<float> part = values.Slice(done, Math.Min(Chunk, values.Length - done));
            for (int i = 0; i < part.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), part[i]);
            stream.Write(bytes, 0, part.Length * sizeof(float));
        }
    }

    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public static float[] Read(Stream stream, int count)
    {
        var values = new float[count];
        for (int done = 0; done < count; done += Chunk)
        {
            Span<float> part = values.AsSpan(done, Math.Min(Chunk, count - done));
            stream.ReadExactly(MemoryMarshal.AsBytes(part));
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> bits = MemoryMarshal.Cast<float, int>(part);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }
        }

        return values;
    }
}
