namespace Trainers;

/// <summary>Scores every item for somebody of whom only a history is known. Safe to call from several threads.</summary>
public interface IHistoryScorer
{
    /// <summary>I, the number of items.</summary>
    int ItemCount { get; }

    /// <summary>Scores all items, those of the history too; greater is better.</summary>
    /// <param name="history">item rows, oldest first; may be empty</param>
    /// <param name="query">the query's number, which only a random scorer looks at</param>
    /// <param name="scores">I scores</param>
    void Score(ReadOnlySpan<int> history, int query, Span<float> scores);

    /// <summary>Scores all items for several histories: the same bits as one by one, and faster where scores are products of vectors.</summary>
    /// <param name="histories">Q histories</param>
    /// <param name="queries">Q numbers</param>
    /// <param name="scores">Q x I scores</param>
    void Score(IReadOnlyList<int[]> histories, IReadOnlyList<int> queries, Span<float> scores)
    {
        for (int i = 0; i < histories.Count; i++)
            Score(histories[i], queries[i], scores.Slice(i * ItemCount, ItemCount));
    }
}
