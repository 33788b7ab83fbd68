using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Pooling;

/// <summary>Item vectors, and scores of a history by the similarity of every item to its last items.</summary>
/// <remarks>
/// Legend: I items, d dimension, S padded row, N items of the history that count.
/// The history's items are rows of one table, candidates of another, which may be the same.
/// An item that occurs twice among the last N counts twice in the mean. An empty history scores the biases alone.
/// </remarks>
public sealed class PooledEmbeddings : ItemEmbeddings, IVectorScorer
{
    private readonly float[] _queries;
    private readonly float[] _candidates;
    private readonly float[]? _biases;
    private readonly HistoryPooling _pooling;
    private readonly int _lastItems;

    /// <param name="dimension">d</param>
    /// <param name="values">I x d, the embeddings</param>
    /// <param name="queries">I x d, a history's items</param>
    /// <param name="candidates">I x d</param>
    /// <param name="biases">I, added to the scores; or null</param>
    /// <param name="pooling">mean or greatest</param>
    /// <param name="similarity">dot product or cosine</param>
    /// <param name="lastItems">N; null: all</param>
    public PooledEmbeddings(int dimension, float[] values, float[] queries, float[] candidates, float[]? biases, HistoryPooling pooling, Similarity similarity, int? lastItems)
        : base(values.Length / dimension, dimension, values)
    {
        if (queries.Length != values.Length || candidates.Length != values.Length || (biases is not null && biases.Length != Count))
            throw new ArgumentException($"{queries.Length} and {candidates.Length} values are not {Count} x {dimension}.", nameof(queries));
        _queries = Padded(queries, similarity);
        _candidates = ReferenceEquals(queries, candidates) ? _queries : Padded(candidates, similarity);
        (_biases, _pooling, _lastItems) = (biases, pooling, lastItems ?? int.MaxValue);
        Vectors = new ItemPanels(_candidates, pooling == HistoryPooling.Mean ? Count : 0, Padding.Stride(dimension));
    }

    public int ItemCount => Count;

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
    {
        if (_pooling == HistoryPooling.Mean)
        {
            VectorScoring.Score(this, history, scores);
            return;
        }

        scores = scores[..Count];
        ScoreMax(Last(history), Padding.Stride(Dimension), scores);
        Finish(history, scores);
    }

    /// <inheritdoc/>
    public void Score(IReadOnlyList<int[]> histories, IReadOnlyList<int> queries, Span<float> scores)
    {
        if (_pooling == HistoryPooling.Mean)
        {
            VectorScoring.Score(this, histories, scores);
            return;
        }

        for (int i = 0; i < histories.Count; i++)
            Score(histories[i], queries[i], scores.Slice(i * Count, Count));
    }

    /// <summary>The mean of the last items' vectors; zero if there are none.</summary>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector)
    {
        ReadOnlySpan<int> items = Last(history);
        vector.Clear();
        foreach (int item in items)
            TensorPrimitives.Add(vector, _queries.AsSpan(item * vector.Length, vector.Length), vector);
        if (!items.IsEmpty)
            TensorPrimitives.Divide(vector, items.Length, vector);
    }

    /// <inheritdoc/>
    public void Finish(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (_biases is not null)
            TensorPrimitives.Add(scores, _biases, scores);
    }

    private ReadOnlySpan<int> Last(ReadOnlySpan<int> history) => history[Math.Max(0, history.Length - _lastItems)..];

    private void ScoreMax(ReadOnlySpan<int> items, int stride, Span<float> scores)
    {
        if (items.IsEmpty)
        {
            scores.Clear();
            return;
        }

        for (int candidate = 0; candidate < scores.Length; candidate++)
        {
            ReadOnlySpan<float> vector = _candidates.AsSpan(candidate * stride, stride);
            float most = float.NegativeInfinity;
            foreach (int item in items)
                most = Math.Max(most, Dot.Of(_queries.AsSpan(item * stride, stride), vector));
            scores[candidate] = most;
        }
    }

    private float[] Padded(float[] vectors, Similarity similarity)
    {
        float[] padded = Padding.Pad(vectors, Count, Dimension);
        int stride = Padding.Stride(Dimension);
        for (int item = 0; similarity == Similarity.Cosine && item < Count; item++)
        {
            Span<float> vector = padded.AsSpan(item * stride, stride);
            float norm = MathF.Sqrt(Dot.Of(vector, vector));
            if (norm > 0)
                TensorPrimitives.Divide(vector, norm, vector);
        }

        return padded;
    }
}
