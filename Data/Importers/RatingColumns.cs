using System.Runtime.CompilerServices;
using Data.Storage;

namespace Data.Importers;

/// <summary>N ratings while they are read: 20 bytes per row in chunks, so that growing copies nothing.</summary>
internal sealed class RatingColumns
{
    private const int LargestChunk = 1 << 20;

    private readonly List<Chunk> chunks = [];
    private readonly List<(int Row, long Offset)> lineOffsets = [];
    private Chunk current = new(0);
    private int used;
    private int full;

    public int Count => full + used;

    /// <summary>
    /// Makes room for so many rows, if there are none yet: if no more come, nothing is copied at the end either. Room that stays empty takes
    /// addresses, but no memory.
    /// </summary>
    public void Expect(long rows)
    {
        if (Count == 0 && chunks.Count == 0)
            current = new Chunk((int)Math.Min(rows, Array.MaxLength));
    }

    /// <param name="rows">a block of the file</param>
    /// <param name="users">its users to rows of the source's users</param>
    /// <param name="items">its items to rows of the source's items; null where they are such rows already</param>
    /// <param name="line">of the file, on which the block begins</param>
    public void Add(RowBlock rows, int[] users, int[]? items, long line)
    {
        foreach ((int row, int more) in rows.LineOffsets)
        {
            // The block's row r stands on line + r + more, and becomes row Count + r.
            long offset = line + more - Count;
            if (lineOffsets.Count == 0 || lineOffsets[^1].Offset != offset)
                lineOffsets.Add((Count + row, offset));
        }

        for (int from = 0; from < rows.Count;)
        {
            if (used == current.Users.Length)
                Extend();
            int length = Math.Min(rows.Count - from, current.Users.Length - used);
            Map(rows.Users.AsSpan(from, length), users, current.Users.AsSpan(used));
            if (items is null)
                rows.Items.AsSpan(from, length).CopyTo(current.Items.AsSpan(used));
            else
                Map(rows.Items.AsSpan(from, length), items, current.Items.AsSpan(used));
            rows.Ratings.AsSpan(from, length).CopyTo(current.Values.AsSpan(used));
            rows.Times.AsSpan(from, length).CopyTo(current.Times.AsSpan(used));
            used += length;
            from += length;
        }
    }

    /// <summary>The line of the file that a row stood on.</summary>
    public long LineOf(int row)
    {
        int low = 0, high = lineOffsets.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (lineOffsets[middle].Row <= row)
                low = middle;
            else
                high = middle - 1;
        }

        return row + lineOffsets[low].Offset;
    }

    /// <summary>The table; the columns are handed over one by one, so that at most the widest is held twice.</summary>
    public RatingTable ToTable()
    {
        int count = Count;
        if (chunks.Count == 0)
            return new RatingTable(current.Users, current.Items, current.Values, current.Times, count);
        chunks.Add(current);
        long[] times = Join(count, chunk => chunk.Times, chunk => chunk.Times = []);
        int[] users = Join(count, chunk => chunk.Users, chunk => chunk.Users = []);
        int[] items = Join(count, chunk => chunk.Items, chunk => chunk.Items = []);
        float[] values = Join(count, chunk => chunk.Values, chunk => chunk.Values = []);
        chunks.Clear();
        current = new Chunk(0);
        return new RatingTable(users, items, values, times);
    }

    private void Extend()
    {
        chunks.Add(current);
        full += used;
        current = new Chunk(Math.Clamp(current.Users.Length * 2, 1 << 12, LargestChunk));
        used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(ReadOnlySpan<int> numbers, int[] to, Span<int> destination)
    {
        for (int row = 0; row < numbers.Length; row++)
            destination[row] = to[numbers[row]];
    }

    private T[] Join<T>(int count, Func<Chunk, T[]> column, Action<Chunk> release)
    {
        T[] joined = GC.AllocateUninitializedArray<T>(count);
        int at = 0;
        foreach (Chunk chunk in chunks)
        {
            T[] part = column(chunk);
            int length = Math.Min(part.Length, count - at);
            part.AsSpan(0, length).CopyTo(joined.AsSpan(at));
            at += length;
            release(chunk);
        }

        return joined;
    }

    private sealed class Chunk(int size)
    {
        public int[] Users { get; set; } = GC.AllocateUninitializedArray<int>(size);

        public int[] Items { get; set; } = GC.AllocateUninitializedArray<int>(size);

        public float[] Values { get; set; } = GC.AllocateUninitializedArray<float>(size);

        public long[] Times { get; set; } = GC.AllocateUninitializedArray<long>(size);
    }
}
