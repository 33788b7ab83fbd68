using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>Item vectors of iALS, and the scores of anybody's history by exact fold-in: the user vector that minimises the objective for it.</summary>
/// <remarks>Legend: I items, d dimension, S padded row. If only the last N items of a history count, the others count for nothing; else its order does not matter. An item that occurs twice counts once.</remarks>
public sealed class FoldInEmbeddings : ItemEmbeddings, IVectorScorer
{
    private readonly AlignedFloats _padded;
    private readonly float[] _weightedGram;
    private readonly Ridge _ridge;
    private readonly int _seenItems;
    private readonly int _lastItems;

    /// <param name="count">I</param>
    /// <param name="dimension">d</param>
    /// <param name="padded">I x S</param>
    /// <param name="weightedGram">S x S: a0 times the Gramian, upper stripes</param>
    /// <param name="ridge">as in training</param>
    /// <param name="seenItems">how many items training saw</param>
    /// <param name="lastItems">N; null: all</param>
    internal FoldInEmbeddings(int count, int dimension, AlignedFloats padded, float[] weightedGram, Ridge ridge, int seenItems, int? lastItems)
        : base(count, dimension, Padding.Unpad(padded.Span, count, dimension)) =>
        (_padded, _weightedGram, _ridge, _seenItems, _lastItems, Vectors) =
        (padded, weightedGram, ridge, seenItems, lastItems ?? int.MaxValue, new ItemPanels(padded.Span, count, Padding.Stride(dimension)));

    public int ItemCount => Count;

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector)
    {
        var equations = NormalEquations.OfThread(Dimension);
        FoldIn(history[Math.Max(0, history.Length - _lastItems)..], equations, equations.Solution.Span);
        equations.Solution.Span[..Vectors.Stride].CopyTo(vector);
    }

    /// <summary>The user vector of a history, all of it; zero for an empty one.</summary>
    /// <param name="history">item rows</param>
    /// <param name="vector">d</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public void FoldIn(ReadOnlySpan<int> history, Span<float> vector)
    {
        var equations = NormalEquations.OfThread(Dimension);
        FoldIn(history, equations, equations.Solution.Span);
        equations.Solution.Span[..Dimension].CopyTo(vector);
    }

    private void FoldIn(ReadOnlySpan<int> history, NormalEquations equations, Span<float> vector)
    {
        Span<int> items = equations.Copy(history);
        items = items[..PositiveMatrix.SortDistinct(items)];
        if (items.IsEmpty)
            vector.Clear();
        else
            equations.Solve(_padded.Span, items, _weightedGram, _ridge.Of(items.Length, _seenItems), vector);
    }
}
