using Trainers;

namespace Data;

/// <summary>
/// Groups rating rows by user, each user's in order of (time, row in the file): the order that leave-last-out and
/// every sequence model rely on. Many users have several ratings of one second, so the row is part of the order.
/// </summary>
/// <remarks>
/// Legend: R rows given, N interactions made, U users, I items.
/// A stable counting sort by user, then a stable sort by time of each user whose times do not ascend yet; users are
/// divided among threads, and no user's order depends on another's, so the result does not depend on the threads.
/// Memory beside the R rows given and the N made: U counters, and one user's rows per thread.
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
    /// <exception cref="ArgumentException">The columns differ in length, or a user or item is out of range.</exception>
    public static Interactions Build(
        int userCount,
        int itemCount,
        ReadOnlySpan<int> users,
        ReadOnlySpan<int> items,
        ReadOnlySpan<float> ratings,
        ReadOnlySpan<long> times,
        int threads)
    {
        if (items.Length != users.Length || ratings.Length != users.Length || times.Length != users.Length)
        {
            throw new ArgumentException(
                $"{users.Length} users, {items.Length} items, {ratings.Length} ratings and {times.Length} times are not of one length.", nameof(users));
        }

        long[] offsets = CountUsers(userCount, itemCount, users, items);
        var (ofItems, ofRatings, ofTimes) = (new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);

        // next[u]: where user u's next row goes.
        var next = offsets.AsSpan(0, userCount).ToArray();
        for (int row = 0; row < users.Length; row++)
        {
            if (users[row] < 0 || items[row] < 0)
                continue;
            long at = next[users[row]]++;
            ofItems[at] = items[row];
            ofRatings[at] = ratings[row];
            ofTimes[at] = times[row];
        }

        SortEachByTime(offsets, ofItems, ofRatings, ofTimes, threads);
        return new Interactions(userCount, itemCount, offsets, ofItems, ofRatings, ofTimes);
    }

    /// <summary>U + 1 positions.</summary>
    private static long[] CountUsers(int userCount, int itemCount, ReadOnlySpan<int> users, ReadOnlySpan<int> items)
    {
        var offsets = new long[userCount + 1];
        for (int row = 0; row < users.Length; row++)
        {
            (int user, int item) = (users[row], items[row]);
            if (user < Unlinked || user >= userCount)
                throw new ArgumentException($"Row {row}: user {user} of {userCount}.", nameof(users));
            if (item < Unlinked || item >= itemCount)
                throw new ArgumentException($"Row {row}: item {item} of {itemCount}.", nameof(items));
            if (user >= 0 && item >= 0)
                offsets[user + 1]++;
        }

        for (int user = 0; user < userCount; user++)
            offsets[user + 1] += offsets[user];
        return offsets;
    }

    private static void SortEachByTime(long[] offsets, int[] items, float[] ratings, long[] times, int threads)
    {
        const int UsersAtATime = 256;
        int users = offsets.Length - 1, blocks = (users + UsersAtATime - 1) / UsersAtATime;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new TimeSort(),
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

    /// <summary>Sorts three columns by time, stably; keeps its buffers from one user to the next.</summary>
    private sealed class TimeSort
    {
        private Row[] _rows = [];

        public void Sort(Span<int> items, Span<float> ratings, Span<long> times)
        {
            if (Ascends(times))
                return;
            if (_rows.Length < items.Length)
                _rows = new Row[Math.Max(items.Length, 2 * _rows.Length)];

            Span<Row> rows = _rows.AsSpan(0, items.Length);
            for (int i = 0; i < rows.Length; i++)
                rows[i] = new Row(times[i], i, items[i], ratings[i]);
            rows.Sort();
            for (int i = 0; i < rows.Length; i++)
                (times[i], items[i], ratings[i]) = (rows[i].Time, rows[i].Item, rows[i].Rating);
        }

        private static bool Ascends(ReadOnlySpan<long> times)
        {
            for (int i = 1; i < times.Length; i++)
            {
                if (times[i] < times[i - 1])
                    return false;
            }

            return true;
        }
    }

    // Position breaks ties of time, which makes the sort stable.
    private readonly record struct Row(long Time, int Position, int Item, float Rating) : IComparable<Row>
    {
        public int CompareTo(Row other)
        {
            int byTime = Time.CompareTo(other.Time);
            return byTime != 0 ? byTime : Position.CompareTo(other.Position);
        }

        public static bool operator <(Row a, Row b) => a.CompareTo(b) < 0;

        public static bool operator >(Row a, Row b) => a.CompareTo(b) > 0;

        public static bool operator <=(Row a, Row b) => a.CompareTo(b) <= 0;

        public static bool operator >=(Row a, Row b) => a.CompareTo(b) >= 0;
    }
}
