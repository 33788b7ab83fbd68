using Trainers;

namespace Workbench.Reranking;

/// <summary>A recommender of histories as a scorer of queries: the history is the mentioned items, in order.</summary>
public sealed class HistoryScoring(IHistoryScorer scorer) : IQueryScorer
{
    public int ItemCount => scorer.ItemCount;

    /// <summary>Without a history, a scorer that cannot tell any two items apart has nothing to say.</summary>
    public bool TryScore(Query query, Span<float> scores)
    {
        scorer.Score(query.Mentioned, query.Number, scores);
        return query.Mentioned.Length > 0 || scores.ContainsAnyExcept(scores[0]);
    }
}
