using System.Buffers;
using Evaluation.Ranking;
using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>How similarities become the ranking that is fused.</summary>
public enum FusedPooling
{
    Max,
    Mean,
}

/// <summary>Options of <see cref="ReciprocalRankFusion"/>.</summary>
public sealed record ReciprocalRankFusionOptions
{
    [Option("how alike two item embeddings are")]
    [Search(Choices = [Similarity.Cosine, Similarity.Dot])]
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    [Option("the items that candidates are compared with; the mentioned ones where the language model names nothing that is known")]
    [Search(Choices = [PoolQuery.LlmList, PoolQuery.Mentioned, PoolQuery.Both])]
    public PoolQuery Query { get; init; } = PoolQuery.Both;

    [Option("how similarities become a ranking")]
    [Search(Choices = [FusedPooling.Max, FusedPooling.Mean])]
    public FusedPooling Pooling { get; init; } = FusedPooling.Max;

    [Option("how little the first places stand out (k)", Min = 0, Max = 100_000)]
    [Search(Low = 1, High = 200, Log = true)]
    public double K { get; init; } = 60;

    [Option("weight of the language model's order", Min = 0, Max = 1000)]
    public double LlmWeight { get; init; } = 1;

    [Option("weight of the order by similarity", Min = 0, Max = 1000)]
    [Search(Low = 0.05, High = 5, Log = true)]
    public double PoolWeight { get; init; } = 1;

    [Option("weight of the order by popularity", Min = 0, Max = 1000)]
    [Search(Low = 0.02, High = 2, Log = true)]
    public double PopularityWeight { get; init; } = 1;

    [Option("how many places of the order by similarity count", Min = 1)]
    public int Depth { get; init; } = 1000;
}

/// <summary>
/// score(j) = sum over rankings m of w_m / (k + rank_m(j)) (Cormack, Clarke and Buettcher 2009), of three rankings: the language model's
/// list, all items by similarity, all items by popularity. An item that a ranking does not hold gets nothing from it.
/// </summary>
/// <remarks>
/// Equal scores share the rank of the first of them; among equally similar items those of the list are ranked in its order.
/// A query of which only popularity would speak is not scored: the row's fallback is.
/// </remarks>
public sealed class ReciprocalRankFusion : IQueryScorer
{
    private readonly ReciprocalRankFusionOptions _options;
    private readonly Pooling _pooling;
    private readonly float[] _byPopularity; // I

    /// <param name="embeddings">I x D</param>
    /// <param name="popularity">I weights, not negative</param>
    /// <param name="options">k and the weights</param>
    public ReciprocalRankFusion(ItemEmbeddings embeddings, ReadOnlySpan<float> popularity, ReciprocalRankFusionOptions options)
    {
        if (popularity.Length != embeddings.Count)
            throw new ArgumentException($"{popularity.Length} weights are not those of {embeddings.Count} items.", nameof(popularity));
        _options = options;
        _pooling = options.Pooling == FusedPooling.Max
            ? new MaxPooling(embeddings, new MaxPoolingOptions { Similarity = options.Similarity, Query = options.Query, WithoutList = ListSubstitute.Mentioned })
            : LinearPooling.Mean(embeddings, new MeanPoolingOptions { Similarity = options.Similarity, Query = options.Query });
        _byPopularity = new float[popularity.Length];
        Add(popularity, [], _byPopularity.Length, options.PopularityWeight, _byPopularity);
    }

    public int ItemCount => _byPopularity.Length;

    public bool TryScore(Query query, Span<float> scores)
    {
        float[] similar = ArrayPool<float>.Shared.Rent(ItemCount);
        bool compared = _pooling.TryScore(query, similar.AsSpan(0, ItemCount));
        _byPopularity.CopyTo(scores);
        if (compared)
            Add(similar.AsSpan(0, ItemCount), query.LlmItems, Math.Min(_options.Depth, ItemCount), _options.PoolWeight, scores);
        ArrayPool<float>.Shared.Return(similar);
        for (int i = 0; i < query.LlmItems.Length; i++)
            scores[query.LlmItems[i]] += (float)(_options.LlmWeight / (_options.K + i + 1));
        return compared || !query.LlmItems.IsEmpty;
    }

    private void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> list, int depth, double weight, Span<float> scores)
    {
        int[] places = ArrayPool<int>.Shared.Rent(depth + values.Length);
        float[] best = ArrayPool<float>.Shared.Rent(depth);
        Span<int> items = places.AsSpan(0, depth), ties = list.IsEmpty ? [] : places.AsSpan(depth, values.Length);
        ties.Fill(int.MaxValue);
        for (int i = list.Length - 1; i >= 0; i--)
            ties[list[i]] = i;
        int count = TopK.Select(values, [], ties, items, best.AsSpan(0, depth)), rank = 0;
        for (int i = 0; i < count; i++)
        {
            bool tied = i > 0 && best[i] == best[i - 1] && (ties.IsEmpty || ties[items[i]] == ties[items[i - 1]]);
            rank = tied ? rank : i + 1;
            scores[items[i]] += (float)(weight / (_options.K + rank));
        }

        ArrayPool<int>.Shared.Return(places);
        ArrayPool<float>.Shared.Return(best);
    }
}
