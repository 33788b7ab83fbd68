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
        if (LineOffsets.Count == 0 || line - Count != LineOffsets[^1].More)
            LineOffsets.Add((Count, line - Count));
        Add(user, item, rating, time);
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(Users);
        ArrayPool<int>.Shared.Return(Items);
        ArrayPool<float>.Shared.Return(Ratings);
        ArrayPool<long>.Shared.Return(Times);
    }
}
