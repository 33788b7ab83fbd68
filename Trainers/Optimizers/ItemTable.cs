using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.Optimizers;

/// <summary>An item table with its moments. Adam moves only the rows that a step has a gradient for: the others, and their moments, rest.</summary>
/// <remarks>
/// Legend: I items, S padded row. An item's summands are added in the order of the parts and, in each, of the list, whoever adds them;
/// so the number of threads changes nothing.
/// </remarks>
internal sealed class ItemTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _first, _second;
    private readonly int[] _starts;
    private (int Part, int Index)[] _order = [];

    public ItemTable(int items, int dimension)
    {
        (Count, Dimension, Stride) = (items, dimension, Padding.Stride(dimension));
        int rows = (items + CandidatePanel.Columns - 1) / CandidatePanel.Columns * CandidatePanel.Columns;
        (Rows, Values) = (rows, new AlignedBuffer<T>((long)rows * Stride));
        (_first, _second) = (new AlignedBuffer<T>((long)items * Stride), new AlignedBuffer<T>((long)items * Stride));
        _starts = new int[items + 1];
    }

    /// <summary>I</summary>
    public int Count { get; }

    /// <summary>I rounded up to whole panels.</summary>
    public int Rows { get; }

    public int Dimension { get; }

    /// <summary>S</summary>
    public int Stride { get; }

    /// <summary>Rows x S.</summary>
    public AlignedBuffer<T> Values { get; }

    /// <summary>Normal numbers; an item's depend on the seed, the table's number and the item's name alone.</summary>
    public void Initialize(double standardDeviation, ulong seed, int table, ReadOnlySpan<int> names)
    {
        for (int item = 0; item < Count; item++)
        {
            var random = SplitMix64.ForStream(seed, ((ulong)(table + 1) << 32) + (ulong)names[item]);
            foreach (ref T value in Values.Rows(item, 1, Stride)[..Dimension])
                value = T.CreateChecked(standardDeviation * random.NextGaussian());
        }
    }

    /// <summary>The values and their moments.</summary>
    public void Visit(IStateVisitor state, string name)
    {
        state.Visit(name, Values.Span);
        state.Visit($"{name}.mean", _first.Span);
        state.Visit($"{name}.square", _second.Span);
    }

    /// <summary>Sorts the parts' summands by item; to be called once before <see cref="Gradient"/> and <see cref="Update"/>.</summary>
    public void Collect(IReadOnlyList<RowGradients<T>> parts)
    {
        Array.Clear(_starts);
        int total = 0;
        foreach (RowGradients<T> part in parts)
        {
            foreach (RowGradient<T> summand in part.Summands)
                _starts[summand.Item]++;
            total += part.Summands.Count;
        }

        if (_order.Length < total)
            _order = new (int, int)[total * 5 / 4];
        int sum = 0;
        for (int item = 0; item <= Count; item++)
        {
            int count = item < Count ? _starts[item] : 0;
            _starts[item] = sum;
            sum += count;
        }

        for (int part = 0; part < parts.Count; part++)
        {
            for (int i = 0; i < parts[part].Summands.Count; i++)
                _order[_starts[parts[part].Summands[i].Item]++] = (part, i);
        }

        // Each start is now the next one's.
        _starts.AsSpan(0, Count).CopyTo(_starts.AsSpan(1));
        _starts[0] = 0;
    }

    /// <summary>The gradient of one item.</summary>
    /// <param name="parts">as collected</param>
    /// <param name="item">which</param>
    /// <param name="gradient">S</param>
    /// <returns>false if there is none</returns>
    public bool Gradient(IReadOnlyList<RowGradients<T>> parts, int item, Span<T> gradient)
    {
        gradient.Clear();
        bool any = false;
        for (int i = _starts[item]; i < _starts[item + 1]; i++)
        {
            RowGradients<T> part = parts[_order[i].Part];
            RowGradient<T> summand = part.Summands[_order[i].Index];
            TensorPrimitives.MultiplyAdd(part[summand.Row], summand.Factor, gradient, gradient);
            any = true;
        }

        foreach (RowGradients<T> part in parts)
        {
            if (part.Table is null)
                continue;
            TensorPrimitives.Add(gradient, part.Table.Rows(item, 1, Stride), gradient);
            any = true;
        }

        return any;
    }

    /// <summary>Moves the items first .. end - 1.</summary>
    public void Update(IReadOnlyList<RowGradients<T>> parts, int first, int end, AdamStep step)
    {
        Span<T> gradient = new T[Stride];
        for (int item = first; item < end; item++)
        {
            if (Gradient(parts, item, gradient))
                step.Apply(gradient, _first.Rows(item, 1, Stride), _second.Rows(item, 1, Stride), Values.Rows(item, 1, Stride));
        }
    }
}
