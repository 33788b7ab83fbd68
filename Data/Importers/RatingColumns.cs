namespace Data.Importers;

/// <summary>N ratings while they are read: 20 bytes per row in chunks, so that growing copies nothing.</summary>
/// <param name="expected">rows expected; if that is how many come, nothing is copied at the end either</param>
internal sealed class RatingColumns(int expected)
{
    private const int LargestChunk = 1 << 20;

    private readonly List<Chunk> chunks = [];
    private readonly List<(int Row, long Offset)> lineOffsets = [];
    private Chunk current = new(Math.Max(1, expected));
    private int used;
    private int full;

    public int Count => full + used;

    /// <param name="user">row in the source's users</param>
    /// <param name="item">row in the source's items</param>
    /// <param name="value">NaN if there is none</param>
    /// <param name="time">Unix seconds</param>
    /// <param name="line">where it stands in the file</param>
    public void Add(int user, int item, float value, long time, long line)
    {
        if (used == current.Users.Length)
        {
            chunks.Add(current);
            full += used;
            current = new Chunk(Math.Clamp(current.Users.Length * 2, 1 << 12, LargestChunk));
            used = 0;
        }

        long offset = line - Count;
        if (lineOffsets.Count == 0 || lineOffsets[^1].Offset != offset)
            lineOffsets.Add((Count, offset));
        current.Users[used] = user;
        current.Items[used] = item;
        current.Values[used] = value;
        current.Times[used] = time;
        used++;
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
        if (chunks.Count == 0 && used == current.Users.Length)
            return new RatingTable(current.Users, current.Items, current.Values, current.Times);
        chunks.Add(current);
        long[] times = Join(count, chunk => chunk.Times, chunk => chunk.Times = []);
        int[] users = Join(count, chunk => chunk.Users, chunk => chunk.Users = []);
        int[] items = Join(count, chunk => chunk.Items, chunk => chunk.Items = []);
        float[] values = Join(count, chunk => chunk.Values, chunk => chunk.Values = []);
        chunks.Clear();
        current = new Chunk(1);
        return new RatingTable(users, items, values, times);
    }

    private T[] Join<T>(int count, Func<Chunk, T[]> column, Action<Chunk> release)
    {
        T[] joined = new T[count];
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
        public int[] Users { get; set; } = new int[size];

        public int[] Items { get; set; } = new int[size];

        public float[] Values { get; set; } = new float[size];

        public long[] Times { get; set; } = new long[size];
    }
}
