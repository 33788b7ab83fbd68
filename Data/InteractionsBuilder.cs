using Trainers;

namespace Data;

/// <summary>
/// Groups rating rows by user, each user's in order of (time, row in the file): the order that leave-last-out and
/// every sequence model rely on. Many users have several ratings of one second, so the row is part of the order.
/// </summary>
/// <remarks>
/// Legend: R rows given, N interactions made, U users, I items, P threads.
/// A stable counting sort by user (<see cref="GroupedRows"/>), then a stable sort by time of each user whose times do not
/// ascend yet; users are divided among threads, and no user's order depends on another's, so the result does not depend on the threads.
/// Memory beside the R rows given and the N made: P x U counters, and one user's rows per thread.
/// </remarks>
public static class InteractionsBuilder
{
    /// <summary>The row belongs to no user or no item of the dataset.</summary>
    public const int Unlinked = -1;

    /// <summary>Rows whose user or item is <see cref="Unlinked"/> are left out: how many is R less the result's Count.</summary>
    /// <param name="userCount">U</param>
    /// <param name="itemCount">I</param>
    /// <param name="users">R users in -1 .. U - 1</param>
    /// <param name="items">R items in -1 .. I - 1</param>
    /// <param name="ratings">R ratings; NaN where there is none</param>
    /// <param name="times">R Unix times, seconds</param>
    /// <param name="threads">at most so many</param>
    /// <param name="rows">R, where the columns are longer than that; null where R is their length</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a user or item is out of range.</exception>
    public static Interactions Build(
        int userCount,
        int itemCount,
        int[] users,
        int[] items,
        float[] ratings,
        long[] times,
        int threads,
        int? rows = null)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(times);
        if (items.Length != users.Length || ratings.Length != users.Length || times.Length != users.Length)
        {
            throw new ArgumentException(
                $"{users.Length} users, {items.Length} items, {ratings.Length} ratings and {times.Length} times are not of one length.", nameof(users));
        }

        int count = rows ?? users.Length;
        RequireInRange("user", users.AsSpan(0, count), userCount, nameof(users));
        RequireInRange("item", items.AsSpan(0, count), itemCount, nameof(items));

        var groups = new GroupedRows(count, userCount, threads, (begin, end, counts) =>
        {
            for (int row = begin; row < end; row++)
            {
                if (users[row] >= 0 && items[row] >= 0)
                    counts[users[row]]++;
            }
        });

        int made = (int)groups.Offsets[^1];
        int[] ofItems = GC.AllocateUninitializedArray<int>(made);
        float[] ofRatings = GC.AllocateUninitializedArray<float>(made);
        long[] ofTimes = GC.AllocateUninitializedArray<long>(made);
        groups.Place((begin, end, next) =>
        {
            for (int row = begin; row < end; row++)
            {
                if (users[row] < 0 || items[row] < 0)
                    continue;
                int at = next[users[row]]++;
                ofItems[at] = items[row];
                ofRatings[at] = ratings[row];
                ofTimes[at] = times[row];
            }
        });

        SortEachByTime(groups.Offsets, ofItems, ofRatings, ofTimes, threads);
        return new Interactions(userCount, itemCount, groups.Offsets, ofItems, ofRatings, ofTimes);
    }

    private static void RequireInRange(string what, ReadOnlySpan<int> numbers, int count, string parameter)
    {
        int row = numbers.IndexOfAnyExceptInRange(Unlinked, count - 1);
        if (row >= 0)
            throw new ArgumentException($"Row {row}: {what} {numbers[row]} of {count}.", parameter);
    }

    private static void SortEachByTime(long[] offsets, int[] items, float[] ratings, long[] times, int threads)
    {
        const int UsersAtATime = 256;
        int users = offsets.Length - 1, blocks = (users + UsersAtATime - 1) / UsersAtATime;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new UserTimeSort(),
            (block, _, sort) =>
            {
                int end = Math.Min(users, (block + 1) * UsersAtATime);
                for (int user = block * UsersAtATime; user < end; user++)
                {
                    (int start, int count) = ((int)offsets[user], (int)(offsets[user + 1] - offsets[user]));
                    sort.Sort(items.AsSpan(start, count), ratings.AsSpan(start, count), times.AsSpan(start, count));
                }

                return sort;
            },
            _ => { });
    }
}
