using System.Numerics.Tensors;
using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Trainers.FactoredSimilarity;

/// <summary>Item vectors of FISM, and its own score of anybody's history: b_i + n^-alpha (sum of p over the history but i) . q_i, n the number of items summed.</summary>
/// <remarks>
/// If only the last N items of a history count, the others count for nothing; else its order does not matter. An item that occurs twice counts once. Items that training never saw count for nothing in a history, and
/// score just below the least of the others.
/// </remarks>
public sealed class FismEmbeddings : ItemEmbeddings, IVectorScorer
{
    [ThreadStatic]
    private static int[]? _scratch;

    private readonly FismTables _tables;
    private readonly double _alpha;
    private readonly int _lastItems;
    private readonly bool[] _seen;

    internal FismEmbeddings(FismTables tables, double alpha, int? lastItems, bool[] seen, float[] values)
        : base(tables.Items, tables.Dimension, values) =>
        (_tables, _alpha, _lastItems, _seen, Vectors) = (tables, alpha, lastItems ?? int.MaxValue, seen, new ItemPanels(tables.Target.Span, tables.Items, tables.Stride));

    public int ItemCount => Count;

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

    /// <summary>The sum of p over the history, not yet divided.</summary>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector) => GatheredRows.Combine(_tables.History.Span, _tables.Stride, Known(history), [], vector);

    /// <inheritdoc/>
    public void Finish(ReadOnlySpan<int> history, Span<float> scores)
    {
        Span<int> items = Known(history);
        int n = items.Length;
        float norm = (float)FismGradient.Norm(n, _alpha), ownNorm = (float)FismGradient.Norm(n - 1, _alpha);
        foreach (int item in items)
            scores[item] = (scores[item] - _tables.OwnProducts[item]) * (ownNorm / norm);
        TensorPrimitives.MultiplyAdd(scores, norm, _tables.Biases, scores);
        BuryUnseen(scores);
    }

    /// <summary>Of the history's last items those that training saw, ascending, each once; valid until the thread's next call.</summary>
    private Span<int> Known(ReadOnlySpan<int> history)
    {
        if (_scratch is null || _scratch.Length < history.Length)
            _scratch = new int[Math.Max(64, 2 * history.Length)];
        int n = 0;
        foreach (int item in history[Math.Max(0, history.Length - _lastItems)..])
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)Count, nameof(history));
            if (_seen[item])
                _scratch[n++] = item;
        }

        return _scratch.AsSpan(0, PositiveMatrix.SortDistinct(_scratch.AsSpan(0, n)));
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
