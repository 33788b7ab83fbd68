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
}
