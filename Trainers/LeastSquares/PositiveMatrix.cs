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
    /// <param name="interactions">U users, I items</param>
    /// <param name="minRating">null: every interaction counts; an interaction without a rating always does</param>
    public static PositiveMatrix Of(Interactions interactions, double? minRating)
    {
        var offsets = new int[interactions.UserCount + 1];
        var columns = new int[interactions.Count];
        int count = 0;
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<int> items = interactions.ItemsOf(user);
            ReadOnlySpan<float> ratings = interactions.RatingsOf(user);
            int first = count;
            for (int i = 0; i < items.Length; i++)
            {
                if (!(ratings[i] < minRating))
                    columns[count++] = items[i];
            }

            count = first + SortDistinct(columns.AsSpan(first, count - first));
            offsets[user + 1] = count;
        }

        Array.Resize(ref columns, count);
        return new PositiveMatrix(interactions.UserCount, interactions.ItemCount, offsets, columns);
    }

    /// <summary>C x R.</summary>
    public PositiveMatrix Transpose()
    {
        var offsets = new int[ColumnCount + 1];
        foreach (int column in Columns)
            offsets[column + 1]++;
        for (int column = 0; column < ColumnCount; column++)
            offsets[column + 1] += offsets[column];
        int[] next = offsets[..^1];
        var rows = new int[Columns.Length];
        for (int row = 0; row < RowCount; row++)
        {
            foreach (int column in this[row])
                rows[next[column]++] = row;
        }

        return new PositiveMatrix(ColumnCount, RowCount, offsets, rows);
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
