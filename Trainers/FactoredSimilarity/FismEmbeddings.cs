using System.Numerics.Tensors;
using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Trainers.FactoredSimilarity;

/// <summary>Item vectors of FISM, and its own score of anybody's history: b_i + n^-alpha (sum of p over the history but i) . q_i, n the number of items summed.</summary>
/// <remarks>
/// If only the last N items of a history count, the others count for nothing; else its order does not matter. An item that occurs twice counts once. Items that training never saw count for nothing in a history, and
/// score just below the least of the others.
/// </remarks>
public sealed class FismEmbeddings : ItemEmbeddings, IHistoryScorer
{
    [ThreadStatic]
    private static Scratch? _scratch;

    private readonly FismTables _tables;
    private readonly double _alpha;
    private readonly int _lastItems;
    private readonly bool[] _seen;

    internal FismEmbeddings(FismTables tables, double alpha, int? lastItems, bool[] seen, float[] values)
        : base(tables.Items, tables.Dimension, values) => (_tables, _alpha, _lastItems, _seen) = (tables, alpha, lastItems ?? int.MaxValue, seen);

    private sealed class Scratch
    {
        public int[] Items = [];
        public float[] State = [];
    }

    public int ItemCount => Count;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
    {
        scores = scores[..Count];
        history = history[Math.Max(0, history.Length - _lastItems)..];
        Scratch scratch = _scratch ??= new Scratch();
        int stride = _tables.Stride;
        if (scratch.Items.Length < history.Length)
            scratch.Items = new int[Math.Max(64, 2 * history.Length)];
        if (scratch.State.Length < stride)
            scratch.State = new float[stride];

        int n = 0;
        foreach (int item in history)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)Count, nameof(history));
            if (_seen[item])
                scratch.Items[n++] = item;
        }

        Span<int> items = scratch.Items.AsSpan(0, n);
        n = PositiveMatrix.SortDistinct(items);
        items = items[..n];
        Span<float> state = scratch.State.AsSpan(0, stride);
        GatheredRows.Combine(_tables.History.Span, stride, items, [], state);
        Dot.Rows(_tables.Target.Span, stride, state, scores);
        float norm = (float)FismGradient.Norm(n, _alpha), ownNorm = (float)FismGradient.Norm(n - 1, _alpha);
        foreach (int item in items)
            scores[item] = (scores[item] - _tables.OwnProducts[item]) * (ownNorm / norm);
        TensorPrimitives.MultiplyAdd(scores, norm, _tables.Biases, scores);
        BuryUnseen(scores);
    }

    private void BuryUnseen(Span<float> scores)
    {
        float least = float.PositiveInfinity;
        for (int item = 0; item < scores.Length; item++)
            least = _seen[item] ? Math.Min(least, scores[item]) : least;
        for (int item = 0; item < scores.Length; item++)
            scores[item] = _seen[item] ? scores[item] : MathF.BitDecrement(least);
    }
}
