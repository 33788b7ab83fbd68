using Trainers.Kernels;

namespace Trainers.SkipGram;

/// <summary>Gradients of rows that many blocks wrote side by side, and the step that sums them by row.</summary>
/// <remarks>
/// Legend: R rows of the model, E entries, S padded row. Entry e is a gradient of row <c>Owners[e]</c>, -1 if it is none.
/// Each row's entries are linked in ascending order and summed in it: who wrote them when does not matter.
/// </remarks>
internal sealed class RowGradients
{
    /// <summary>Rows that one thread steps at a time; no result depends on it.</summary>
    private const int BlockRows = 64;

    private readonly int _stride;
    private readonly int[] _heads;
    private readonly int[] _next;
    private readonly int[] _touched;

    /// <param name="rows">R</param>
    /// <param name="entries">E at most</param>
    /// <param name="stride">S</param>
    public RowGradients(int rows, int entries, int stride)
    {
        (_stride, _heads, _next) = (stride, new int[rows], new int[entries]);
        _touched = new int[Math.Min(rows, entries)];
        Owners = new int[entries];
        Values = new AlignedFloats((long)entries * stride);
        Array.Fill(_heads, -1);
    }

    /// <summary>E</summary>
    public int[] Owners { get; }

    /// <summary>E x S</summary>
    public AlignedFloats Values { get; }

    /// <summary>Bytes of so many entries.</summary>
    public static long Bytes(long entries, int stride) => entries * (stride * sizeof(float) + 2 * sizeof(int));

    /// <summary>Steps every row that has an entry among the first <paramref name="entries"/>.</summary>
    public void Apply(int entries, AlignedFloats model, AlignedFloats squares, float rate, ParallelOptions parallel)
    {
        int count = 0;
        for (int entry = entries - 1; entry >= 0; entry--)
        {
            int row = Owners[entry];
            if (row < 0)
                continue;
            int head = _heads[row];
            if (head < 0)
                _touched[count++] = row;
            _next[entry] = head;
            _heads[row] = entry;
        }

        Parallel.For(0, (count + BlockRows - 1) / BlockRows, parallel, block =>
        {
            ReadOnlySpan<int> rows = _touched.AsSpan(block * BlockRows, Math.Min(BlockRows, count - block * BlockRows));
            AdaGrad.Step(model, squares, rows, _heads, _next, Values, _stride, rate);
            foreach (int row in rows)
                _heads[row] = -1;
        });
    }
}
