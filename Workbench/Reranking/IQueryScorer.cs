namespace Workbench.Reranking;

/// <summary>What a ranker knows of one query. Items are 0-based rows.</summary>
/// <param name="mentioned">items mentioned before the turn, or a user's history; oldest first</param>
/// <param name="llmItems">items that the language model named, best first, distinct; may be empty</param>
/// <param name="number">the query's row, for scorers that draw at random</param>
public readonly ref struct Query(ReadOnlySpan<int> mentioned, ReadOnlySpan<int> llmItems, int number)
{
    public ReadOnlySpan<int> Mentioned { get; } = mentioned;

    public ReadOnlySpan<int> LlmItems { get; } = llmItems;

    public int Number { get; } = number;

    /// <summary>What was said before; null where nobody asked for it, or the queries are no turns.</summary>
    public Dialogue? Dialogue { get; init; }
}

/// <summary>What was said before a turn.</summary>
/// <param name="Conversation">id of the dialogue</param>
/// <param name="Context">a line per utterance, as in the Context column</param>
public sealed record Dialogue(string Conversation, string Context);

/// <summary>Scores every item for a query. Safe to call from several threads.</summary>
public interface IQueryScorer
{
    /// <summary>I, the number of items.</summary>
    int ItemCount { get; }

    /// <summary>Whether queries must come with their <see cref="Query.Dialogue"/>.</summary>
    bool ReadsDialogue => false;

    /// <summary>Fills all I scores; greater is better; negative infinity keeps an item out of the ranking.</summary>
    /// <returns>False if the query gives this scorer nothing to work with: the row's fallback is used instead.</returns>
    bool TryScore(Query query, Span<float> scores);

    /// <summary>Scores every item for several queries: the same bits as one by one.</summary>
    /// <param name="queries">Q queries</param>
    /// <param name="scores">Q x I</param>
    /// <param name="scored">Q flags: what <see cref="TryScore(Query, Span{float})"/> returns</param>
    void TryScore(QueryBlock queries, Span<float> scores, Span<bool> scored)
    {
        for (int i = 0; i < queries.Count; i++)
            scored[i] = TryScore(queries[i], scores.Slice(i * ItemCount, ItemCount));
    }
}
