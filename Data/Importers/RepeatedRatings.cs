using Trainers;

namespace Data.Importers;

/// <summary>Finds a user's second rating of one item, which no published rating file has.</summary>
internal static class RepeatedRatings
{
    /// <summary>Refuses repeated ratings, or drops all but the first of each.</summary>
    /// <param name="table">as read</param>
    /// <param name="userCount">U</param>
    /// <param name="itemCount">I</param>
    /// <param name="lineOf">the line of a row</param>
    /// <param name="file">for the message</param>
    /// <param name="bad">decides</param>
    /// <exception cref="UserErrorException">There is one, and bad rows are not skipped; the message names both lines.</exception>
    public static RatingTable Remove(RatingTable table, int userCount, int itemCount, Func<int, long> lineOf, string file, BadRows bad)
    {
        List<(int Later, int First)> repeats = Find(table, userCount, itemCount);
        if (repeats.Count == 0)
            return table;
        repeats.Sort();
        foreach ((int later, int first) in repeats)
            bad.Add($"this user has rated this item before, on line {lineOf(first)}: keep one of the two rows", file, lineOf(later));

        HashSet<int> dropped = [.. repeats.Select(repeat => repeat.Later)];
        int[] kept = [.. Enumerable.Range(0, table.Count).Where(row => !dropped.Contains(row))];
        return new RatingTable(
            Array.ConvertAll(kept, row => table.Users[row]),
            Array.ConvertAll(kept, row => table.Items[row]),
            Array.ConvertAll(kept, row => table.Values[row]),
            Array.ConvertAll(kept, row => table.Times[row]));
    }

    private static List<(int Later, int First)> Find(RatingTable table, int userCount, int itemCount)
    {
        // Users are numbered by first occurrence: their column ascends if and only if the file is grouped by user.
        int[]? byUser = IsAscending(table.Users) ? null : OrderByUser(table.Users, userCount);
        var repeats = new List<(int, int)>();
        int[] lastPosition = new int[itemCount];
        int[] firstRow = new int[itemCount];
        lastPosition.AsSpan().Fill(-1);
        int begin = 0, user = -1;
        for (int position = 0; position < table.Count; position++)
        {
            int row = byUser is null ? position : byUser[position];
            if (table.Users[row] != user)
                (user, begin) = (table.Users[row], position);
            int item = table.Items[row];
            if (lastPosition[item] >= begin)
                repeats.Add((row, firstRow[item]));
            else
                firstRow[item] = row;
            lastPosition[item] = position;
        }

        return repeats;
    }

    private static bool IsAscending(int[] users)
    {
        for (int i = 1; i < users.Length; i++)
        {
            if (users[i] < users[i - 1])
                return false;
        }

        return true;
    }

    /// <summary>A stable counting sort: N rows.</summary>
    private static int[] OrderByUser(int[] users, int userCount)
    {
        int[] next = new int[userCount + 1];
        foreach (int user in users)
            next[user + 1]++;
        for (int u = 0; u < userCount; u++)
            next[u + 1] += next[u];
        int[] rows = new int[users.Length];
        for (int row = 0; row < users.Length; row++)
            rows[next[users[row]]++] = row;
        return rows;
    }
}
