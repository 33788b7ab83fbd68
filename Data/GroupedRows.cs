namespace Data;

/// <summary>A stable counting sort of rows by user, by several threads.</summary>
/// <remarks>
/// Legend: R rows, U users, P parts of consecutive rows, one per thread.
/// Each part counts its rows of each user; from the P x U counts follows where each part's first row of each user goes, and
/// then the parts place their rows at once. So the outcome does not depend on P.
/// </remarks>
internal sealed class GroupedRows
{
    private readonly int[][] _next;
    private readonly int _rows;

    /// <param name="rows">R</param>
    /// <param name="userCount">U</param>
    /// <param name="threads">at most so many; fewer where there are fewer rows than counters would be</param>
    /// <param name="count">told a part's first row and the row after its last: adds to each user's counter the rows it has there</param>
    public GroupedRows(int rows, int userCount, int threads, Action<int, int, int[]> count)
    {
        _rows = rows;
        _next = new int[Math.Clamp(threads, 1, Math.Max(1, rows / Math.Max(1, userCount)))][];
        RowParts.Run(rows, _next.Length, (part, begin, end) => count(begin, end, _next[part] = new int[userCount]));

        Offsets = new long[userCount + 1];
        int at = 0;
        for (int user = 0; user < userCount; user++)
        {
            foreach (int[] next in _next)
                (next[user], at) = (at, at + next[user]);
            Offsets[user + 1] = at;
        }
    }

    /// <summary>U + 1 positions: user u's rows are those at <c>Offsets[u] .. Offsets[u + 1]</c>.</summary>
    public long[] Offsets { get; }

    /// <summary>To be called once.</summary>
    /// <param name="place">told a part's first row, the row after its last, and where each user's next row goes, which it moves on</param>
    public void Place(Action<int, int, int[]> place) => RowParts.Run(_rows, _next.Length, (part, begin, end) => place(begin, end, _next[part]));
}
