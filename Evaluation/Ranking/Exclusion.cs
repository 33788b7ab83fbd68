using System.Buffers;

namespace Evaluation.Ranking;

/// <summary>Item rows that must not be ranked: searched through while few are asked for, sorted once there are many.</summary>
/// <remarks>A selection asks for some K log(I / K) items only, so that sorting a history costs more than all its searches.</remarks>
internal ref struct Exclusion
{
    // So many searches cost about as much as sorting does.
    private const int MostSearches = 256;

    private ReadOnlySpan<int> _rows;
    private int[]? _sorted;
    private int _searches;

    /// <param name="rows">in any order, repetitions allowed</param>
    /// <param name="itemCount">I</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not below I.</exception>
    public Exclusion(ReadOnlySpan<int> rows, int itemCount)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)itemCount)
                throw new ArgumentOutOfRangeException(nameof(rows), $"An excluded item is not one of 0 to {itemCount - 1}.");
        }

        _rows = rows;
    }

    public bool Contains(int item)
    {
        if (_sorted is null && (_rows.Length <= 16 || ++_searches <= MostSearches))
            return _rows.Contains(item);
        if (_sorted is null)
        {
            _sorted = ArrayPool<int>.Shared.Rent(_rows.Length);
            _rows.CopyTo(_sorted);
            _rows = _sorted.AsSpan(0, _rows.Length);
            Array.Sort(_sorted, 0, _rows.Length);
        }

        return _rows.BinarySearch(item) >= 0;
    }

    public void Dispose()
    {
        if (_sorted is not null)
            ArrayPool<int>.Shared.Return(_sorted);
        this = default;
    }
}
