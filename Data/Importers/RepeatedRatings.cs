using System.Runtime.CompilerServices;
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
    /// <param name="threads">at most so many</param>
    /// <exception cref="UserErrorException">There is one, and bad rows are not skipped; the message names both lines.</exception>
    public static RatingTable Remove(RatingTable table, int userCount, int itemCount, Func<int, long> lineOf, string file, BadRows bad, int threads)
    {
        List<(int Later, int First)> repeats = Find(table, userCount, itemCount, threads);
        if (repeats.Count == 0)
            return table;
        repeats.Sort();
        foreach ((int later, int first) in repeats)
            bad.Add($"this user has rated this item before, on line {lineOf(first)}: keep one of the two rows", file, lineOf(later));

        HashSet<int> dropped = [.. repeats.Select(repeat => repeat.Later)];
        int[] kept = [.. Enumerable.Range(0, table.Count).Where(row => !dropped.Contains(row))];
        (int[] users, int[] items, float[] values, long[] times) = table.Columns;
        return new RatingTable(
            Array.ConvertAll(kept, row => users[row]), Array.ConvertAll(kept, row => items[row]), Array.ConvertAll(kept, row => values[row]), Array.ConvertAll(kept, row => times[row]));
    }

    private static List<(int Later, int First)> Find(RatingTable table, int userCount, int itemCount, int threads)
    {
        const int UsersAtATime = 1024;
        (bool grouped, bool ordered) = Survey(table, threads);
        if (ordered)
            return [];
        (int[] users, int[] items, _, _) = table.Columns;
        var groups = new GroupedRows(table.Count, userCount, threads, (begin, end, counts) =>
        {
            for (int row = begin; row < end; row++)
                counts[users[row]]++;
        });
        int[]? byUser = grouped ? null : GC.AllocateUninitializedArray<int>(table.Count);
        if (byUser is not null)
        {
            groups.Place((begin, end, next) =>
            {
                for (int row = begin; row < end; row++)
                    byUser[next[users[row]]++] = row;
            });
        }

        var repeats = new List<(int, int)>[(userCount + UsersAtATime - 1) / UsersAtATime];
        Parallel.For(
            0,
            repeats.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new Seen(itemCount),
            (block, _, seen) =>
            {
                repeats[block] = [];
                for (int user = block * UsersAtATime; user < Math.Min(userCount, (block + 1) * UsersAtATime); user++)
                    seen.Find(items, byUser, (int)groups.Offsets[user], (int)groups.Offsets[user + 1], repeats[block]);
                return seen;
            },
            _ => { });
        return [.. repeats.SelectMany(block => block)];
    }

    /// <summary>Users are numbered by first occurrence, so their column ascends if and only if the file is grouped by user.</summary>
    /// <returns>whether it is, and whether each user's items ascend too, as in published files: then none is there twice</returns>
    private static (bool Grouped, bool Ordered) Survey(RatingTable table, int threads)
    {
        (bool grouped, bool ordered) = (true, true);
        RowParts.Run(table.Count, threads, (_, begin, end) =>
        {
            (bool groupedHere, bool orderedHere) = Survey(table.Users[Math.Max(0, begin - 1)..end], table.Items[Math.Max(0, begin - 1)..end]);
            if (!groupedHere)
                Volatile.Write(ref grouped, false);
            if (!orderedHere)
                Volatile.Write(ref ordered, false);
        });
        return (grouped, ordered);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool Grouped, bool Ordered) Survey(ReadOnlySpan<int> users, ReadOnlySpan<int> items)
    {
        bool ordered = true;
        for (int row = 1; row < users.Length && row < items.Length; row++)
        {
            if (users[row] < users[row - 1])
                return (false, false);
            ordered &= users[row] > users[row - 1] || items[row] > items[row - 1];
        }

        return (true, ordered);
    }

    /// <summary>Where each item stood last and first; one thread's.</summary>
    private sealed class Seen
    {
        private readonly int[] lastPosition;
        private readonly int[] firstRow;

        public Seen(int itemCount)
        {
            (lastPosition, firstRow) = (new int[itemCount], new int[itemCount]);
            lastPosition.AsSpan().Fill(-1);
        }

        /// <param name="items">N</param>
        /// <param name="byUser">the row of each position; null if they are the same</param>
        /// <param name="begin">the user's first position</param>
        /// <param name="end">after the last</param>
        /// <param name="repeats">takes what is found</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Find(int[] items, int[]? byUser, int begin, int end, List<(int Later, int First)> repeats)
        {
            for (int position = begin; position < end; position++)
            {
                int row = byUser is null ? position : byUser[position];
                int item = items[row];
                if (lastPosition[item] >= begin && lastPosition[item] < position)
                    repeats.Add((row, firstRow[item]));
                else
                    firstRow[item] = row;
                lastPosition[item] = position;
            }
        }
    }
}
