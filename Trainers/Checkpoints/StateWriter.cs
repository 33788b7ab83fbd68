using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainers.Checkpoints;

/// <summary>Writes what a training shows as little-endian bytes.</summary>
internal sealed class StateWriter(Stream stream) : IStateVisitor
{
    private readonly byte[] _bytes = new byte[1 << 16];

    public void Visit<T>(string name, Span<T> values)
        where T : unmanaged
    {
        int piece = _bytes.Length / Unsafe.SizeOf<T>();
        for (; !values.IsEmpty; values = values[Math.Min(piece, values.Length)..])
        {
            Span<T> some = values[..Math.Min(piece, values.Length)];
            Span<byte> bytes = _bytes.AsSpan(0, some.Length * Unsafe.SizeOf<T>());
            MemoryMarshal.AsBytes(some).CopyTo(bytes);
            LittleEndian.Convert(bytes, Unsafe.SizeOf<T>());
            stream.Write(bytes);
        }
    }
}

/// <summary>The order of bytes in files.</summary>
internal static class LittleEndian
{
    /// <summary>From the machine's order or to it; nothing to do on nearly all.</summary>
    public static void Convert(Span<byte> bytes, int size)
    {
        if (BitConverter.IsLittleEndian)
            return;
        for (int at = 0; at < bytes.Length; at += size)
            bytes.Slice(at, size).Reverse();
    }
}
