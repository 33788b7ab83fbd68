using System.Runtime.InteropServices;
using System.Text;
using Data.Storage.Kernels;
using Microsoft.Win32.SafeHandles;
using Trainers;

namespace Data.Storage;

/// <summary>The interactions as arrays in a file, so that the second opening of a dataset only reads them.</summary>
/// <param name="Ratings">U x I</param>
/// <param name="Users">U ids</param>
/// <param name="Digest">their part of the fingerprint</param>
internal sealed record InteractionsCache(Interactions Ratings, IReadOnlyList<string> Users, byte[] Digest)
{
    /// <summary>Rows from which on the columns are mapped into memory: of fewer, copies cost next to nothing and leave nothing behind.</summary>
    internal const int MappedFrom = 1 << 18;

    /// <summary>
    /// Reads the cache if it is whole and belongs to these sources. Null for a cache that is missing, damaged, of another
    /// version or of other sources: it is then made anew. Every byte is checked against its hash, except for mapped columns
    /// of a file that nobody has written to since it was made: they are trusted as <see cref="SourceStamp"/> trusts the source.
    /// </summary>
    /// <param name="path">interactions.bin</param>
    /// <param name="source">interactions.csv or its compressed form</param>
    /// <param name="items">hash of the item ids in order</param>
    /// <param name="users">hash of users.csv; 0 without it</param>
    /// <param name="verify">true to compare the source's content and all of the cache, not just lengths and times</param>
    /// <param name="threads">at most so many</param>
    /// <param name="cancellation">looked at before each chunk</param>
    public static InteractionsCache? Open(
        string path, string source, ulong items, ulong users, bool verify, int threads, CancellationToken cancellation)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite);
            var bytes = new byte[CacheHeader.Alignment];
            ContentHash.ReadFully(file, bytes, 0);
            if (CacheHeader.Parse(bytes) is not { } header || header.Items != items || header.Users != users
                || RandomAccess.GetLength(file) != header.PartStarts()[^1]
                || !Fits(path, header, source, verify, threads, cancellation))
            {
                return null;
            }

            long[] starts = header.PartStarts();
            var parts = new PartReader(file, verify || File.GetLastWriteTimeUtc(file).Ticks != header.Written, threads, cancellation);
            long[] offsets = parts.Read<long>(starts[0], header.UserCount + 1, header.PartHashes[0]);
            ReadOnlyMemory<int> itemRows = parts.ReadColumn<int>(starts[1], header.Count, header.PartHashes[1]);
            ReadOnlyMemory<float> ratings = parts.ReadColumn<float>(starts[2], header.Count, header.PartHashes[2]);
            ReadOnlyMemory<long> times = parts.ReadColumn<long>(starts[3], header.Count, header.PartHashes[3]);
            int[] ends = parts.Read<int>(starts[4], header.UserCount, header.PartHashes[4]);
            byte[] names = parts.Read<byte>(starts[5], header.NameBytes, header.PartHashes[5]);
            if (!parts.AreWhole)
                return null;

            if (parts.Checked)
                TryStamp(path, header.Written);
            var interactions = new Interactions((int)header.UserCount, (int)header.ItemCount, offsets, itemRows, ratings, times);
            return new InteractionsCache(interactions, new Utf8Names(names, ends), header.Digest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// True if the source has the content that the cache was made from. Where only hashing it could tell, the header takes
    /// the source's new stamp, so that the next opening need not hash.
    /// </summary>
    private static bool Fits(string path, CacheHeader header, string source, bool verify, int threads, CancellationToken cancellation)
    {
        if (!verify && header.Source.IsCertain(source))
            return true;
        if (new FileInfo(source).Length != header.Source.Length)
            return false;

        string clock = TemporaryName(path);
        bool writable = TryTouch(clock);
        try
        {
            SourceStamp now = SourceStamp.Take(source, writable ? clock : source, threads, cancellation);
            if (now.Hash != header.Source.Hash)
                return false;
            if (writable && now != header.Source)
            {
                bool untouched = File.GetLastWriteTimeUtc(path).Ticks == header.Written;
                using (SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    RandomAccess.Write(file, (header with { Source = now }).ToBytes(), 0);
                if (untouched)
                    TryStamp(path, header.Written);
            }

            return true;
        }
        finally
        {
            if (writable)
                File.Delete(clock);
        }
    }

    /// <summary>Makes an empty file, with its folder; false if that is not allowed.</summary>
    public static bool TryTouch(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the cache to a temporary name beside <paramref name="path"/> and renames it.</summary>
    public void Write(string path, SourceStamp source, ulong itemsHash, ulong usersHash, int threads, CancellationToken cancellation)
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Concat(Users));
        var ends = new int[Users.Count];
        for (int user = 0, end = 0; user < ends.Length; user++)
            ends[user] = end += Encoding.UTF8.GetByteCount(Users[user]);

        (ReadOnlyMemory<int> items, ReadOnlyMemory<float> ratings, ReadOnlyMemory<long> times) = Ratings.Columns;
        var header = new CacheHeader(
            source,
            itemsHash,
            usersHash,
            Ratings.UserCount,
            Ratings.ItemCount,
            Ratings.Count,
            names.Length,
            0,
            [
                ContentHash.OfValues<long>(Ratings.Offsets, threads, cancellation),
                ContentHash.OfValues(items, threads, cancellation),
                ContentHash.OfValues(ratings, threads, cancellation),
                ContentHash.OfValues(times, threads, cancellation),
                ContentHash.OfValues<int>(ends, threads, cancellation),
                ContentHash.OfValues<byte>(names, threads, cancellation),
            ],
            Digest);

        string temporary = TemporaryName(path);
        try
        {
            using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                long[] starts = header.PartStarts();
                RandomAccess.SetLength(file, starts[^1]);
                WritePart<long>(file, Ratings.Offsets, starts[0], cancellation);
                WritePart(file, items, starts[1], cancellation);
                WritePart(file, ratings, starts[2], cancellation);
                WritePart(file, times, starts[3], cancellation);
                WritePart<int>(file, ends, starts[4], cancellation);
                WritePart<byte>(file, names, starts[5], cancellation);
                long written = File.GetLastWriteTimeUtc(file).Ticks;
                RandomAccess.Write(file, (header with { Written = written }).ToBytes(), 0);

                // Trusted from now on, so that it must outlast a loss of power.
                RandomAccess.FlushToDisk(file);
                File.SetLastWriteTimeUtc(file, new DateTime(written, DateTimeKind.Utc));
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The name under which this process writes what will be <paramref name="path"/>.</summary>
    public static string TemporaryName(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static void WritePart<T>(SafeFileHandle file, ReadOnlyMemory<T> values, long start, CancellationToken cancellation) where T : unmanaged
    {
        long bytes = ContentHash.Bytes(values);
        for (long at = 0; at < bytes; at += ContentHash.ChunkBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(ContentHash.ChunkBytes, bytes - at);
            RandomAccess.Write(file, ContentHash.Chunk(values.Span, at, length), start + at);
        }
    }

    /// <summary>Gives the file the time that its header says, once it is known to be whole. Where that fails it is checked again next time.</summary>
    private static void TryStamp(string path, long written)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, new DateTime(written, DateTimeKind.Utc));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that is only read from.
        }
    }

    /// <param name="check">compare mapped columns with their hashes too</param>
    private sealed class PartReader(SafeFileHandle file, bool check, int threads, CancellationToken cancellation)
    {
        /// <summary>All of the file was compared with its hashes, though its time did not call it whole.</summary>
        public bool Checked => check;

        /// <summary>False as soon as a part's hash is wrong.</summary>
        public bool AreWhole { get; private set; } = true;

        /// <summary>A long one is mapped: opening it then takes no memory of its own, and no copy.</summary>
        public ReadOnlyMemory<T> ReadColumn<T>(long start, long count, ulong hash) where T : unmanaged
        {
            if (count < MappedFrom)
                return Read<T>(start, count, hash);
            ReadOnlyMemory<T> values = MappedFile.Map<T>(file, start, (int)count);
            AreWhole &= !check || ContentHash.OfValues(values, threads, cancellation) == hash;
            return values;
        }

        public T[] Read<T>(long start, long count, ulong hash) where T : unmanaged
        {
            var values = GC.AllocateUninitializedArray<T>((int)count);
            ulong found = ContentHash.OfChunks(ContentHash.Bytes<T>(values), threads, (at, length) =>
            {
                cancellation.ThrowIfCancellationRequested();
                Span<byte> chunk = MemoryMarshal.AsBytes(values.AsSpan()).Slice((int)at, length);
                ContentHash.ReadFully(file, chunk, start + at);
                return ContentHash.Of(chunk);
            });
            AreWhole &= found == hash;
            return values;
        }
    }
}
