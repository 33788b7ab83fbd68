using Trainers;

namespace Workbench.Reranking;

/// <summary>A recommender of histories as a scorer of queries: the history is the mentioned items, in order.</summary>
public sealed class HistoryScoring(IHistoryScorer scorer) : IQueryScorer
{
    public int ItemCount => scorer.ItemCount;

    /// <summary>A scorer that cannot tell any two items apart has nothing to say: the history is empty, or holds nothing that it knows.</summary>
    public bool TryScore(Query query, Span<float> scores)
    {
        scorer.Score(query.Mentioned, query.Number, scores);
        return Says(scores);
    }

    /// <inheritdoc/>
    public void TryScore(QueryBlock queries, Span<float> scores, Span<bool> scored)
    {
        scorer.Score(queries.Mentioned, queries.Numbers, scores);
        for (int i = 0; i < queries.Count; i++)
            scored[i] = Says(scores.Slice(i * ItemCount, ItemCount));
    }

    private static bool Says(ReadOnlySpan<float> scores) => !scores.IsEmpty && scores.ContainsAnyExcept(scores[0]);
}
