using System.Runtime.CompilerServices;
using Trainers;

namespace Data.Storage;

/// <summary>Ratings are a set: a user rates an item once.</summary>
internal static class DuplicateRatings
{
    private const int UsersAtATime = 1024;

    /// <summary>The first user in order, with the first item that they rate twice; null if there is none.</summary>
    public static (int User, int Item)? Find(Interactions ratings, int threads)
    {
        int blocks = (ratings.UserCount + UsersAtATime - 1) / UsersAtATime;
        var found = new int[blocks];
        Array.Fill(found, -1);
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new int[ratings.ItemCount], // who rated the item last, user + 1
            (block, _, last) =>
            {
                int end = Math.Min(ratings.UserCount, (block + 1) * UsersAtATime);
                for (int user = block * UsersAtATime; user < end && found[block] < 0; user++)
                {
                    if (FirstTwice(ratings.ItemsOf(user), user, last) >= 0)
                        found[block] = user;
                }

                return last;
            },
            _ => { });

        int first = Array.FindIndex(found, user => user >= 0);
        return first < 0 ? null : (found[first], FirstTwice(ratings.ItemsOf(found[first]), found[first], new int[ratings.ItemCount]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FirstTwice(ReadOnlySpan<int> items, int user, int[] last)
    {
        foreach (int item in items)
        {
            if (last[item] == user + 1)
                return item;
            last[item] = user + 1;
        }

        return -1;
    }

    /// <summary>Keeps each user's first rating of an item in the order of time, and counts the others.</summary>
    public static Interactions Remove(Interactions ratings, SkippedRows skipped)
    {
        var last = new int[ratings.ItemCount];
        var offsets = new long[ratings.UserCount + 1];
        var (items, stars, times) = (ratings.Items.ToArray(), ratings.Ratings.ToArray(), ratings.Times.ToArray());
        int kept = 0;
        for (int user = 0; user < ratings.UserCount; user++)
        {
            for (long row = ratings.Offsets[user]; row < ratings.Offsets[user + 1]; row++)
            {
                int item = items[row];
                if (last[item] == user + 1)
                    continue;
                last[item] = user + 1;
                (items[kept], stars[kept], times[kept]) = (item, stars[row], times[row]);
                kept++;
            }

            offsets[user + 1] = kept;
        }

        skipped.AddUnlisted(ratings.Count - kept, "repeated ratings of an item by a user, the earliest of which was kept");
        return new Interactions(
            ratings.UserCount, ratings.ItemCount, offsets, items.AsMemory(0, kept), stars.AsMemory(0, kept), times.AsMemory(0, kept));
    }
}
