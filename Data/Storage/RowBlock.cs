using System.Buffers;

namespace Data.Storage;

/// <summary>The rows of one block of a file as columns, with users numbered within the block.</summary>
/// <remarks>The columns are the pool's and may be longer than <see cref="Count"/>; <see cref="Dispose"/> gives them back.</remarks>
internal sealed class RowBlock(int capacity) : IDisposable
{
    public int Count { get; private set; }

    /// <summary>Numbers in <see cref="Names"/>.</summary>
    public int[] Users { get; } = ArrayPool<int>.Shared.Rent(capacity);

    public int[] Items { get; } = ArrayPool<int>.Shared.Rent(capacity);

    public float[] Ratings { get; } = ArrayPool<float>.Shared.Rent(capacity);

    public long[] Times { get; } = ArrayPool<long>.Shared.Rent(capacity);

    /// <summary>The block's users in order of first occurrence.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The block's items in order of first occurrence, where no list numbers them.</summary>
    public NameTable ItemNames { get; } = new();

    /// <summary>Where lines were told: from a row on, so many more lines than rows of the block stand before a row.</summary>
    public List<(int Row, int More)> LineOffsets { get; } = [];

    /// <summary>All lines of the block, malformed ones too.</summary>
    public int Lines { get; set; }

    /// <summary>Malformed lines: how many lines of the block stand before each, and what is wrong.</summary>
    public List<(int Line, string What)> Errors { get; } = [];

    public void Add(int user, int item, float rating, long time)
    {
        (Users[Count], Items[Count], Ratings[Count], Times[Count]) = (user, item, rating, time);
        Count++;
    }

    /// <param name="line">how many lines of the block stand before the row</param>
    public void Add(int user, int item, float rating, long time, int line)
    {
        Add(user, item, rating, time);
        NoteLine(Count - 1, line);
    }

    /// <summary>The columns after the rows that are there, for who fills them in a loop; <see cref="Added"/> is to be told.</summary>
    public RestOfBlock Rest() => new(Users.AsSpan(Count), Items.AsSpan(Count), Ratings.AsSpan(Count), Times.AsSpan(Count));

    /// <param name="rows">so many that were put into <see cref="Rest"/>, on lines without gaps</param>
    /// <param name="line">how many lines of the block stand before the first of them</param>
    public void Added(int rows, int line)
    {
        if (rows == 0)
            return;
        NoteLine(Count, line);
        Count += rows;
    }

    private void NoteLine(int row, int line)
    {
        if (LineOffsets.Count == 0 || line - row != LineOffsets[^1].More)
            LineOffsets.Add((row, line - row));
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(Users);
        ArrayPool<int>.Shared.Return(Items);
        ArrayPool<float>.Shared.Return(Ratings);
        ArrayPool<long>.Shared.Return(Times);
    }
}

/// <summary>Free places of a <see cref="RowBlock"/>.</summary>
internal readonly ref struct RestOfBlock(Span<int> users, Span<int> items, Span<float> ratings, Span<long> times)
{
    public readonly Span<int> Users = users;
    public readonly Span<int> Items = items;
    public readonly Span<float> Ratings = ratings;
    public readonly Span<long> Times = times;
}
