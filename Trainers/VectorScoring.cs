using System.Buffers;
using Trainers.Kernels;

namespace Trainers;

/// <summary>A scorer whose scores are products of the history's vector with the items' vectors, and something done to them.</summary>
public interface IVectorScorer : IHistoryScorer
{
    /// <summary>The items' vectors, I x S.</summary>
    ItemPanels Vectors { get; }

    /// <summary>The history's vector.</summary>
    /// <param name="history">item rows, oldest first; may be empty</param>
    /// <param name="vector">S, zeros beyond the dimension; overwritten</param>
    void Embed(ReadOnlySpan<int> history, Span<float> vector);

    /// <summary>What turns products into scores: biases, or nothing.</summary>
    /// <param name="history">as embedded</param>
    /// <param name="scores">I products, in place</param>
    void Finish(ReadOnlySpan<int> history, Span<float> scores)
    {
    }

    /// <inheritdoc/>
    void IHistoryScorer.Score(IReadOnlyList<int[]> histories, IReadOnlyList<int> queries, Span<float> scores) => VectorScoring.Score(this, histories, scores);
}

/// <summary>What every <see cref="IVectorScorer"/> does to score.</summary>
public static class VectorScoring
{
    /// <param name="scorer">whose vectors</param>
    /// <param name="history">item rows, oldest first; may be empty</param>
    /// <param name="scores">I scores</param>
    public static void Score(IVectorScorer scorer, ReadOnlySpan<int> history, Span<float> scores)
    {
        int stride = scorer.Vectors.Stride;
        Span<float> vector = stride <= 1024 ? stackalloc float[stride] : new float[stride];
        scores = scores[..scorer.ItemCount];
        scorer.Embed(history, vector);
        scorer.Vectors.Score(vector, 1, scores);
        scorer.Finish(history, scores);
    }

    /// <param name="scorer">whose vectors</param>
    /// <param name="histories">Q histories</param>
    /// <param name="scores">Q x I scores</param>
    public static void Score(IVectorScorer scorer, IReadOnlyList<int[]> histories, Span<float> scores)
    {
        (int count, int stride) = (histories.Count, scorer.Vectors.Stride);
        float[] vectors = ArrayPool<float>.Shared.Rent(count * stride);
        for (int i = 0; i < count; i++)
            scorer.Embed(histories[i], vectors.AsSpan(i * stride, stride));
        scorer.Vectors.Score(vectors, count, scores);
        for (int i = 0; i < count; i++)
            scorer.Finish(histories[i], scores.Slice(i * scorer.ItemCount, scorer.ItemCount));
        ArrayPool<float>.Shared.Return(vectors);
    }
}
