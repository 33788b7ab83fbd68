using System.Numerics;
using Trainers.Kernels;

namespace Trainers.Optimizers;

/// <summary>One summand of an item's gradient: factor x row.</summary>
/// <param name="Item">whose</param>
/// <param name="Row">of <see cref="RowGradients{T}"/></param>
/// <param name="Factor">what the row is multiplied by</param>
internal readonly record struct RowGradient<T>(int Item, int Row, T Factor);

/// <summary>
/// What one part of a batch adds to the gradient of an item table: a list of summands, because few items occur in a batch, and, if the loss looks
/// at every item anyway, a whole table.
/// </summary>
/// <param name="stride">S</param>
internal sealed class RowGradients<T>(int stride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<RowGradient<T>> _summands = [];
    private AlignedBuffer<T> _rows = new(64L * stride);
    private int _count;

    public IReadOnlyList<RowGradient<T>> Summands => _summands;

    /// <summary>I x S; null until a loss asks for it.</summary>
    public AlignedBuffer<T>? Table { get; private set; }

    public ReadOnlySpan<T> this[int row] => _rows.Rows(row, 1, stride);

    public void Clear()
    {
        _summands.Clear();
        _count = 0;
        Table?.Span.Clear();
    }

    /// <summary>Room for so many rows, of undefined content; valid until the next call.</summary>
    /// <returns>the number of the first</returns>
    public int AddRows(int count, out Span<T> rows)
    {
        int first = _count;
        if ((long)(first + count) * stride > _rows.Length)
        {
            var larger = new AlignedBuffer<T>(2L * (first + count) * stride);
            _rows.Span[..(first * stride)].CopyTo(larger.Span);
            _rows = larger;
        }

        _count += count;
        rows = _rows.Rows(first, count, stride);
        return first;
    }

    public void Add(int item, int row, T factor) => _summands.Add(new RowGradient<T>(item, row, factor));

    /// <summary>The table, which a loss adds to.</summary>
    public Span<T> TableOf(int items) => (Table ??= new AlignedBuffer<T>((long)items * stride)).Span;
}
