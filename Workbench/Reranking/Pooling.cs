using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Reranking;

/// <summary>
/// Scores every item by its similarities to the items of a query: those that the language model named, those mentioned before, or both.
/// How the similarities become one score is the derived class's.
/// </summary>
/// <remarks>A query whose items have no vector is not scored: the row's fallback is.</remarks>
public abstract class Pooling : IQueryScorer
{
    private readonly PoolingOptions _options;

    private protected Pooling(ItemEmbeddings embeddings, PoolingOptions options) =>
        (_options, Items) = (options, new ComparedItems(embeddings, options.Similarity));

    public int ItemCount => Items.Count;

    private protected ComparedItems Items { get; }

    public bool TryScore(Query query, Span<float> scores)
    {
        scores = scores[..ItemCount];
        if (!Divide(query, out ReadOnlySpan<int> listed, out ReadOnlySpan<int> mentioned))
            return false;
        Pool(listed, mentioned, scores);
        Lift(query, scores);
        return true;
    }

    /// <inheritdoc/>
    public virtual void TryScore(QueryBlock queries, Span<float> scores, Span<bool> scored)
    {
        for (int i = 0; i < queries.Count; i++)
            scored[i] = TryScore(queries[i], scores.Slice(i * ItemCount, ItemCount));
    }

    /// <param name="listed">items of the language model, best first</param>
    /// <param name="mentioned">items mentioned, oldest first; an item may be in both</param>
    /// <param name="scores">I, overwritten</param>
    private protected abstract void Pool(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> scores);

    /// <summary>The items that a query is made of; false if none of them has a vector.</summary>
    private protected bool Divide(Query query, out ReadOnlySpan<int> listed, out ReadOnlySpan<int> mentioned)
    {
        listed = _options.Query == PoolQuery.Mentioned ? [] : query.LlmItems;
        mentioned = _options.Query == PoolQuery.LlmList ? [] : query.Mentioned;
        if (Items.KnowsAny(listed) || Items.KnowsAny(mentioned))
            return true;
        if (_options.WithoutList == ListSubstitute.Fallback)
            return false;
        mentioned = query.Mentioned;
        return Items.KnowsAny(mentioned);
    }

    private protected void Lift(Query query, Span<float> scores)
    {
        if (!_options.LlmFirst || query.LlmItems.IsEmpty)
            return;
        float top = TensorPrimitives.Max(scores) + 1;
        foreach (int item in query.LlmItems)
            scores[item] = top;
    }
}
