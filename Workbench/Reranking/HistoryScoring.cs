using Trainers;

namespace Workbench.Reranking;

/// <summary>A recommender of histories as a scorer of queries: the history is the mentioned items, in order.</summary>
/// <remarks>Items that a trainer saw nothing of, whose embeddings are zero, come after all others: the score that their zeros make says nothing of them.</remarks>
public sealed class HistoryScoring(IHistoryScorer scorer) : IQueryScorer
{
    private readonly int[] _unseen = scorer is ItemEmbeddings embeddings ? [.. Enumerable.Range(0, embeddings.Count).Where(item => !embeddings[item].ContainsAnyExcept(0f))] : [];

    public int ItemCount => scorer.ItemCount;

    /// <summary>A scorer that cannot tell any two items apart has nothing to say: the history is empty, or holds nothing that it knows.</summary>
    public bool TryScore(Query query, Span<float> scores)
    {
        scorer.Score(query.Mentioned, query.Number, scores);
        return Says(scores) && SinkUnseen(scores);
    }

    /// <inheritdoc/>
    public void TryScore(QueryBlock queries, Span<float> scores, Span<bool> scored)
    {
        scorer.Score(queries.Mentioned, queries.Numbers, scores);
        for (int i = 0; i < queries.Count; i++)
        {
            Span<float> mine = scores.Slice(i * ItemCount, ItemCount);
            scored[i] = Says(mine) && SinkUnseen(mine);
        }
    }

    private bool SinkUnseen(Span<float> scores)
    {
        foreach (int item in _unseen)
            scores[item] = float.MinValue;
        return true;
    }

    private static bool Says(ReadOnlySpan<float> scores) => !scores.IsEmpty && scores.ContainsAnyExcept(scores[0]);
}
