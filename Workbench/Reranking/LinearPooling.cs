using System.Buffers;
using System.Numerics.Tensors;
using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>Options of <c>mean-pool</c>.</summary>
public sealed record MeanPoolingOptions : PoolingOptions;

/// <summary>Options of <c>sum-pool</c>.</summary>
public sealed record SumPoolingOptions : PoolingOptions;

/// <summary>Options of <c>rank-pool</c>.</summary>
public sealed record RankPoolingOptions : PoolingOptions
{
    [Option("how fast weights fall with the place r, r^-decay: 0 all alike, as in mean-pool", Min = 0, Max = 10)]
    [Search(Low = 0, High = 2)]
    public double Decay { get; init; } = 0.5;
}

/// <summary>
/// score(j) = sum over the query's items i of w_i sim(e_i, e_j), which is one product with the weighted sum of the items' vectors.
/// </summary>
/// <remarks>
/// Legend: I items, S padded row, Q queries. Weights by place r, 1 for the language model's first and for the last item mentioned:
/// sum 1; mean 1 / n of n items with a vector; rank r^-decay, divided by the sum of the weights of the items with a vector.
/// Mean and rank are taken of the list and of the mentioned items apart, and then averaged: a list of twenty does not drown out
/// the two films that somebody mentioned. In a sum every item counts the same. Of one of the two alone, sum and mean rank alike.
/// </remarks>
public sealed class LinearPooling : Pooling
{
    private readonly Func<int, double> _weight;
    private readonly bool _normalised;

    private LinearPooling(ItemEmbeddings embeddings, PoolingOptions options, Func<int, double> weight, bool normalised)
        : base(embeddings, options) => (_weight, _normalised) = (weight, normalised);

    public static LinearPooling Mean(ItemEmbeddings embeddings, MeanPoolingOptions options) => new(embeddings, options, _ => 1, normalised: true);

    public static LinearPooling Sum(ItemEmbeddings embeddings, SumPoolingOptions options) => new(embeddings, options, _ => 1, normalised: false);

    public static LinearPooling Rank(ItemEmbeddings embeddings, RankPoolingOptions options) =>
        new(embeddings, options, place => Math.Pow(place, -options.Decay), normalised: true);

    /// <inheritdoc/>
    public override void TryScore(QueryBlock queries, Span<float> scores, Span<bool> scored)
    {
        int stride = Items.Stride;
        float[] vectors = ArrayPool<float>.Shared.Rent(queries.Count * stride);
        vectors.AsSpan(0, queries.Count * stride).Clear();
        for (int i = 0; i < queries.Count; i++)
        {
            scored[i] = Divide(queries[i], out ReadOnlySpan<int> listed, out ReadOnlySpan<int> mentioned);
            if (scored[i])
                Embed(listed, mentioned, vectors.AsSpan(i * stride, stride));
        }

        Items.Panels.Score(vectors, queries.Count, scores);
        for (int i = 0; i < queries.Count; i++)
        {
            Span<float> own = scores.Slice(i * ItemCount, ItemCount);
            if (!scored[i])
                continue;
            Divide(queries[i], out ReadOnlySpan<int> listed, out ReadOnlySpan<int> mentioned);
            AddUnknown(listed, mentioned, own);
            Lift(queries[i], own);
        }

        ArrayPool<float>.Shared.Return(vectors);
    }

    private protected override void Pool(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        float[] vector = ArrayPool<float>.Shared.Rent(Items.Stride);
        vector.AsSpan(0, Items.Stride).Clear();
        Embed(listed, mentioned, vector.AsSpan(0, Items.Stride));
        Items.Panels.Score(vector, 1, scores);
        ArrayPool<float>.Shared.Return(vector);
        AddUnknown(listed, mentioned, scores);
    }

    private void Embed(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> vector)
    {
        (double ofListed, double ofMentioned) = Shares(listed, mentioned);
        for (int i = 0; i < listed.Length; i++)
            TensorPrimitives.MultiplyAdd(Items[listed[i]], (float)(ofListed * _weight(i + 1)), vector, vector);
        for (int i = 0; i < mentioned.Length; i++)
            TensorPrimitives.MultiplyAdd(Items[mentioned[i]], (float)(ofMentioned * _weight(mentioned.Length - i)), vector, vector);
    }

    /// <summary>An item without a vector is 1 to itself under cosine.</summary>
    private void AddUnknown(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        if (!Items.Cosine)
            return;
        (double ofListed, double ofMentioned) = Shares(listed, mentioned);
        for (int i = 0; i < listed.Length; i++)
            scores[listed[i]] += Items.Knows(listed[i]) ? 0 : (float)(ofListed * _weight(i + 1));
        for (int i = 0; i < mentioned.Length; i++)
            scores[mentioned[i]] += Items.Knows(mentioned[i]) ? 0 : (float)(ofMentioned * _weight(mentioned.Length - i));
    }

    /// <summary>What weights are multiplied by.</summary>
    private (double OfListed, double OfMentioned) Shares(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned)
    {
        if (!_normalised)
            return (1, 1);
        (double ofListed, double ofMentioned) = (0, 0);
        for (int i = 0; i < listed.Length; i++)
            ofListed += Items.Knows(listed[i]) ? _weight(i + 1) : 0;
        for (int i = 0; i < mentioned.Length; i++)
            ofMentioned += Items.Knows(mentioned[i]) ? _weight(mentioned.Length - i) : 0;
        int sources = (ofListed > 0 ? 1 : 0) + (ofMentioned > 0 ? 1 : 0);
        return (ofListed > 0 ? 1 / ofListed / sources : 0, ofMentioned > 0 ? 1 / ofMentioned / sources : 0);
    }
}
