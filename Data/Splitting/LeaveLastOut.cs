using Trainers;

namespace Data.Splitting;

/// <summary>A split for the next-item task. Legend: U users.</summary>
/// <param name="Train">U x I, without the held-out interactions</param>
/// <param name="ValidationItem">U items, the last but one of each user; -1 where nothing is held out</param>
/// <param name="TestItem">U items, the last of each user; -1 where nothing is held out</param>
/// <param name="UsersTooShort">users with fewer than three interactions, all of which stay in <paramref name="Train"/></param>
public sealed record NextItemSplit(Interactions Train, int[] ValidationItem, int[] TestItem, int UsersTooShort);

/// <summary>
/// Leave-last-out by (time, row in the file): test is a user's last interaction, validation the one before, the rest trains.
/// </summary>
public static class LeaveLastOut
{
    /// <summary>One to train on, one to validate, one to test.</summary>
    public const int Fewest = 3;

    public static NextItemSplit Split(Interactions interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var validation = new int[interactions.UserCount];
        var test = new int[interactions.UserCount];
        var ends = new long[interactions.UserCount];
        int tooShort = 0;
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<int> items = interactions.ItemsOf(user);
            bool held = items.Length >= Fewest;
            (validation[user], test[user]) = held ? (items[^2], items[^1]) : (-1, -1);
            ends[user] = interactions.Offsets[user + 1] - (held ? 2 : 0);
            tooShort += held ? 0 : 1;
        }

        return new NextItemSplit(Prefixes(interactions, ends), validation, test, tooShort);
    }

    /// <summary>Each user's interactions up to a position.</summary>
    private static Interactions Prefixes(Interactions source, long[] ends)
    {
        var offsets = new long[source.UserCount + 1];
        for (int user = 0; user < source.UserCount; user++)
            offsets[user + 1] = offsets[user] + ends[user] - source.Offsets[user];
        var cut = new Interactions(
            source.UserCount, source.ItemCount, offsets, new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);
        for (int user = 0; user < source.UserCount; user++)
        {
            (int from, int to, int count) = ((int)source.Offsets[user], (int)offsets[user], cut.CountOf(user));
            source.Items.AsSpan(from, count).CopyTo(cut.Items.AsSpan(to));
            source.Ratings.AsSpan(from, count).CopyTo(cut.Ratings.AsSpan(to));
            source.Times.AsSpan(from, count).CopyTo(cut.Times.AsSpan(to));
        }

        return cut;
    }
}
