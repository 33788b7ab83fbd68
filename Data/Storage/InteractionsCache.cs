using System.Text;
using Microsoft.Win32.SafeHandles;
using Trainers;

namespace Data.Storage;

/// <summary>The interactions as arrays in a file, so that the second opening of a dataset only reads them.</summary>
/// <param name="Ratings">U x I</param>
/// <param name="Users">U ids</param>
/// <param name="Digest">their part of the fingerprint</param>
internal sealed record InteractionsCache(Interactions Ratings, string[] Users, byte[] Digest)
{
    /// <summary>
    /// Reads the cache if it is whole and belongs to these sources; every byte is checked against its hash. Null for a
    /// cache that is missing, damaged, of another version or of other sources: it is then made anew.
    /// </summary>
    /// <param name="path">interactions.bin</param>
    /// <param name="source">interactions.csv or its compressed form</param>
    /// <param name="items">hash of the item ids in order</param>
    /// <param name="users">hash of users.csv; 0 without it</param>
    /// <param name="verify">true to compare the source's content, not just its length and time</param>
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
            var parts = new PartReader(file, threads, cancellation);
            long[] offsets = parts.Read<long>(starts[0], header.UserCount + 1, header.PartHashes[0]);
            int[] itemRows = parts.Read<int>(starts[1], header.Count, header.PartHashes[1]);
            float[] ratings = parts.Read<float>(starts[2], header.Count, header.PartHashes[2]);
            long[] times = parts.Read<long>(starts[3], header.Count, header.PartHashes[3]);
            int[] ends = parts.Read<int>(starts[4], header.UserCount, header.PartHashes[4]);
            byte[] names = parts.Read<byte>(starts[5], header.NameBytes, header.PartHashes[5]);
            if (!parts.AreWhole)
                return null;

            var ids = new string[ends.Length];
            for (int user = 0; user < ids.Length; user++)
            {
                int start = user == 0 ? 0 : ends[user - 1];
                ids[user] = Encoding.UTF8.GetString(names, start, ends[user] - start);
            }

            var interactions = new Interactions((int)header.UserCount, (int)header.ItemCount, offsets, itemRows, ratings, times);
            return new InteractionsCache(interactions, ids, header.Digest);
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
                using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                RandomAccess.Write(file, (header with { Source = now }).ToBytes(), 0);
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
    public void Write(string path, SourceStamp source, ulong items, ulong users, int threads, CancellationToken cancellation)
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Concat(Users));
        var ends = new int[Users.Length];
        for (int user = 0, end = 0; user < ends.Length; user++)
            ends[user] = end += Encoding.UTF8.GetByteCount(Users[user]);

        var header = new CacheHeader(
            source,
            items,
            users,
            Ratings.UserCount,
            Ratings.ItemCount,
            Ratings.Count,
            names.Length,
            [
                ContentHash.OfArray(Ratings.Offsets, threads),
                ContentHash.OfArray(Ratings.Items, threads),
                ContentHash.OfArray(Ratings.Ratings, threads),
                ContentHash.OfArray(Ratings.Times, threads),
                ContentHash.OfArray(ends, threads),
                ContentHash.OfArray(names, threads),
            ],
            Digest);

        string temporary = TemporaryName(path);
        try
        {
            using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                long[] starts = header.PartStarts();
                RandomAccess.SetLength(file, starts[^1]);
                WritePart(file, Ratings.Offsets, starts[0], cancellation);
                WritePart(file, Ratings.Items, starts[1], cancellation);
                WritePart(file, Ratings.Ratings, starts[2], cancellation);
                WritePart(file, Ratings.Times, starts[3], cancellation);
                WritePart(file, ends, starts[4], cancellation);
                WritePart(file, names, starts[5], cancellation);
                RandomAccess.Write(file, header.ToBytes(), 0);
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

    private static void WritePart<T>(SafeFileHandle file, T[] values, long start, CancellationToken cancellation) where T : unmanaged
    {
        long bytes = ContentHash.Bytes(values);
        for (long at = 0; at < bytes; at += ContentHash.ChunkBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(ContentHash.ChunkBytes, bytes - at);
            RandomAccess.Write(file, ContentHash.Chunk(values, at, length), start + at);
        }
    }

    private sealed class PartReader(SafeFileHandle file, int threads, CancellationToken cancellation)
    {
        /// <summary>False as soon as a part's hash is wrong.</summary>
        public bool AreWhole { get; private set; } = true;

        public T[] Read<T>(long start, long count, ulong hash) where T : unmanaged
        {
            var values = GC.AllocateUninitializedArray<T>((int)count);
            ulong found = ContentHash.OfChunks(ContentHash.Bytes(values), threads, (at, length) =>
            {
                cancellation.ThrowIfCancellationRequested();
                Span<byte> chunk = ContentHash.Chunk(values, at, length);
                ContentHash.ReadFully(file, chunk, start + at);
                return ContentHash.Of(chunk);
            });
            AreWhole &= found == hash;
            return values;
        }
    }
}
