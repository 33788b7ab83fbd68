namespace Data.Titles;

/// <summary>Levenshtein's distance, given up as soon as it must exceed a bound.</summary>
internal static class EditDistance
{
    /// <summary>The distance if it is at most <paramref name="bound"/>, else -1.</summary>
    public static int Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int bound)
    {
        if (Math.Abs(a.Length - b.Length) > bound)
            return -1;
        Span<int> row = b.Length < 256 ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            // Only cells within `bound` of the diagonal can hold a distance within the bound.
            int from = Math.Max(1, i - bound), to = Math.Min(b.Length, i + bound);
            int diagonal = row[from - 1];
            row[from - 1] = from == 1 ? i : bound + 1;
            int least = row[from - 1];
            for (int j = from; j <= to; j++)
            {
                int above = j == i + bound ? bound + 1 : row[j];
                int cell = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above, row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = cell;
                least = Math.Min(least, cell);
            }

            if (least > bound)
                return -1;
        }

        return row[b.Length] <= bound ? row[b.Length] : -1;
    }
}
