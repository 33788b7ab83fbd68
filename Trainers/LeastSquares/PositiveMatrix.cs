namespace Trainers.LeastSquares;

/// <summary>Which user has which item: a binary matrix in compressed rows, each row ascending and without repetition.</summary>
/// <remarks>Legend: R rows, C columns, P positives. Row r owns <c>Columns[Offsets[r] .. Offsets[r + 1]]</c>.</remarks>
public sealed class PositiveMatrix
{
    private PositiveMatrix(int rowCount, int columnCount, int[] offsets, int[] columns)
    {
        (RowCount, ColumnCount) = (rowCount, columnCount);
        (Offsets, Columns) = (offsets, columns);
        for (int row = 0; row < rowCount; row++)
            SeenRows += offsets[row] < offsets[row + 1] ? 1 : 0;
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    /// <summary>R + 1 positions.</summary>
    public int[] Offsets { get; }

    /// <summary>P columns.</summary>
    public int[] Columns { get; }

    /// <summary>How many rows have a positive at all.</summary>
    public int SeenRows { get; }

    public ReadOnlySpan<int> this[int row] => Columns.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>Users x items. An item that a user has several times counts once; one with a rating below the least does not count.</summary>
    /// <remarks>By items first, whose users come in order, and then by users, whose items do, so that no history is sorted; for a moment both are there, 8 bytes a positive.</remarks>
    /// <param name="interactions">U users, I items</param>
    /// <param name="minRating">null: every interaction counts; an interaction without a rating always does</param>
    public static PositiveMatrix Of(Interactions interactions, double? minRating)
    {
        var offsets = new int[interactions.ItemCount + 1];
        ForDistinct(interactions, minRating, (_, item) => offsets[item + 1]++);
        int[] next = PositionsOf(offsets);
        var users = new int[offsets[^1]];
        ForDistinct(interactions, minRating, (user, item) => users[next[item]++] = user);
        return new PositiveMatrix(interactions.ItemCount, interactions.UserCount, offsets, users).Transpose();
    }

    /// <summary>C x R.</summary>
    public PositiveMatrix Transpose()
    {
        var offsets = new int[ColumnCount + 1];
        foreach (int column in Columns)
            offsets[column + 1]++;
        int[] next = PositionsOf(offsets);
        var rows = new int[Columns.Length];
        for (int row = 0; row < RowCount; row++)
        {
            foreach (int column in this[row])
                rows[next[column]++] = row;
        }

        return new PositiveMatrix(ColumnCount, RowCount, offsets, rows);
    }

    // Each user's items in their order, one that came before left out.
    private static void ForDistinct(Interactions interactions, double? minRating, Action<int, int> each)
    {
        var lastUser = new int[interactions.ItemCount];
        Array.Fill(lastUser, -1);
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<int> items = interactions.ItemsOf(user);
            ReadOnlySpan<float> ratings = interactions.RatingsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                if (ratings[i] < minRating || lastUser[items[i]] == user)
                    continue;
                lastUser[items[i]] = user;
                each(user, items[i]);
            }
        }
    }

    // Counts, behind a zero, become offsets; returns where each list's next element goes.
    private static int[] PositionsOf(int[] counts)
    {
        for (int list = 1; list < counts.Length; list++)
            counts[list] += counts[list - 1];
        return counts[..^1];
    }

    /// <summary>Sorts and moves the distinct values to the front.</summary>
    /// <returns>how many those are</returns>
    public static int SortDistinct(Span<int> values)
    {
        values.Sort();
        int count = Math.Min(1, values.Length);
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] != values[i - 1])
                values[count++] = values[i];
        }

        return count;
    }
}
