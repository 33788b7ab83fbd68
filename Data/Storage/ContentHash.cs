using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Data.Storage;

/// <summary>
/// A 64-bit hash that is faster than the memory it reads, to notice damage and changes; it is no protection against
/// somebody who wants two contents with one hash (for that there is <see cref="Fingerprint"/>).
/// </summary>
/// <remarks>
/// Four lanes, each a bijection in its state and in its word: lane = mix(lane ^ word), where mix multiplies by an odd
/// constant, folds the upper half onto the lower and multiplies again. So contents of one length that differ in one word
/// never have one hash. Little-endian.
/// Long contents are hashed in chunks by several threads, and the chunks' hashes are hashed in order.
/// </remarks>
internal static class ContentHash
{
    public const int ChunkBytes = 1 << 22;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        (ulong a, ulong b, ulong c, ulong d) = (1, 2, 3, (ulong)bytes.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ReadOnlySpan<byte> rest = bytes[(8 * words.Length)..];
        for (; words.Length >= 4; words = words[4..])
        {
            a = Mix(a ^ words[0]);
            b = Mix(b ^ words[1]);
            c = Mix(c ^ words[2]);
            d = Mix(d ^ words[3]);
        }

        foreach (ulong word in words)
            a = Mix(a ^ word);
        ulong last = 0;
        for (int i = 0; i < rest.Length; i++)
            last |= (ulong)rest[i] << (8 * i);
        a = Mix(a ^ last);
        return Mix(Mix(Mix(Mix(a) ^ b) ^ c) ^ d);
    }

    public static ulong Of(ReadOnlySpan<ulong> words) => Of(MemoryMarshal.AsBytes(words));

    /// <summary>The hash of the values' bytes, by chunks.</summary>
    public static ulong OfValues<T>(ReadOnlyMemory<T> values, int threads, CancellationToken cancellation = default) where T : unmanaged =>
        OfChunks(Bytes(values), threads, (start, length) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Of(Chunk(values.Span, start, length));
        });

    public static long Bytes<T>(ReadOnlyMemory<T> values) where T : unmanaged => (long)values.Length * Unsafe.SizeOf<T>();

    /// <summary>A part of the values' bytes; start and length are whole elements.</summary>
    public static ReadOnlySpan<byte> Chunk<T>(ReadOnlySpan<T> values, long start, int length) where T : unmanaged =>
        MemoryMarshal.AsBytes(values.Slice((int)(start / Unsafe.SizeOf<T>()), length / Unsafe.SizeOf<T>()));

    /// <summary>The hash of a file's bytes, by chunks.</summary>
    public static ulong OfFile(string path, int threads, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        return OfChunks(RandomAccess.GetLength(file), threads, (start, length) =>
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            ReadFully(file, buffer.AsSpan(0, length), start);
            ulong hash = Of(buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
            return hash;
        });
    }

    /// <param name="bytes">length of the content</param>
    /// <param name="threads">at most so many</param>
    /// <param name="ofChunk">the hash of the chunk from a start, of a length</param>
    public static ulong OfChunks(long bytes, int threads, Func<long, int, ulong> ofChunk)
    {
        var hashes = new ulong[(bytes + ChunkBytes - 1) / ChunkBytes];
        try
        {
            Parallel.For(0, hashes.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, chunk =>
            {
                long start = (long)chunk * ChunkBytes;
                hashes[chunk] = ofChunk(start, (int)Math.Min(ChunkBytes, bytes - start));
            });
        }
        catch (AggregateException error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        return Of(hashes);
    }

    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static void ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
                throw new EndOfStreamException("the file became shorter while it was read");
            destination = destination[read..];
            offset += read;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        x *= 0xD6E8FEB86659FD93;
        x ^= x >> 32;
        return x * 0x9E3779B97F4A7C15;
    }
}
