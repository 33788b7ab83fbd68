using Trainers;

namespace Data.Splitting;

/// <summary>What a filter left, with numbers made compact again.</summary>
/// <param name="Interactions">U' x I'</param>
/// <param name="Users">U' users of the input</param>
/// <param name="Items">I' items of the input</param>
public sealed record FilteredInteractions(Interactions Interactions, int[] Users, int[] Items);

/// <summary>
/// Leaves out ratings below a minimum, then items, then users with too few; repeated until nothing changes it is the k-core
/// (Seidman 1983). Users without interactions are left out in any case, items only if a minimum is asked for.
/// </summary>
public static class CountFilter
{
    /// <param name="minRating">0 for all; an interaction without a rating always counts</param>
    /// <param name="minItem">interactions that an item needs</param>
    /// <param name="minUser">interactions that a user needs</param>
    /// <param name="iterate">until nothing changes</param>
    public static FilteredInteractions Apply(Interactions interactions, double minRating, int minItem, int minUser, bool iterate)
    {
        var (keepUser, keepItem) = (new bool[interactions.UserCount], new bool[interactions.ItemCount]);
        Array.Fill(keepUser, true);
        Array.Fill(keepItem, true);
        bool changed;
        do
        {
            changed = DropItems(interactions, minRating, minItem, keepUser, keepItem);
            changed |= DropUsers(interactions, minRating, Math.Max(1, minUser), keepUser, keepItem);
        }
        while (iterate && changed);
        return Compact(interactions, minRating, keepUser, keepItem);
    }

    private static bool Counts(ReadOnlySpan<float> ratings, int position, double minRating) => minRating == 0 || !(ratings[position] < minRating);

    private static bool DropItems(Interactions interactions, double minRating, int least, bool[] keepUser, bool[] keepItem)
    {
        ReadOnlySpan<int> items = interactions.Items;
        ReadOnlySpan<float> ratings = interactions.Ratings;
        var counts = new int[keepItem.Length];
        for (int user = 0; user < keepUser.Length; user++)
        {
            for (int p = (int)interactions.Offsets[user]; keepUser[user] && p < interactions.Offsets[user + 1]; p++)
            {
                if (Counts(ratings, p, minRating))
                    counts[items[p]]++;
            }
        }

        return Drop(keepItem, counts, least);
    }

    private static bool DropUsers(Interactions interactions, double minRating, int least, bool[] keepUser, bool[] keepItem)
    {
        ReadOnlySpan<int> items = interactions.Items;
        ReadOnlySpan<float> ratings = interactions.Ratings;
        var counts = new int[keepUser.Length];
        for (int user = 0; user < keepUser.Length; user++)
        {
            for (int p = (int)interactions.Offsets[user]; p < interactions.Offsets[user + 1]; p++)
                counts[user] += keepItem[items[p]] && Counts(ratings, p, minRating) ? 1 : 0;
        }

        return Drop(keepUser, counts, least);
    }

    private static bool Drop(bool[] keep, int[] counts, int least)
    {
        bool changed = false;
        for (int i = 0; i < keep.Length; i++)
        {
            changed |= keep[i] && counts[i] < least;
            keep[i] &= counts[i] >= least;
        }

        return changed;
    }

    private static FilteredInteractions Compact(Interactions interactions, double minRating, bool[] keepUser, bool[] keepItem)
    {
        int[] users = [.. Enumerable.Range(0, keepUser.Length).Where(user => keepUser[user])];
        int[] items = [.. Enumerable.Range(0, keepItem.Length).Where(item => keepItem[item])];
        var rowOf = new int[keepItem.Length];
        for (int row = 0; row < items.Length; row++)
            rowOf[items[row]] = row;

        bool all = minRating == 0 && users.Length == keepUser.Length && items.Length == keepItem.Length;
        return new FilteredInteractions(all ? interactions : Select(interactions, users, items.Length, minRating, keepItem, rowOf), users, items);
    }

    private static Interactions Select(Interactions interactions, int[] users, int itemCount, double minRating, bool[] keepItem, int[] rowOf)
    {
        ReadOnlySpan<int> items = interactions.Items;
        ReadOnlySpan<float> ratings = interactions.Ratings;
        ReadOnlySpan<long> times = interactions.Times;
        var offsets = new long[users.Length + 1];
        for (int row = 0; row < users.Length; row++)
        {
            offsets[row + 1] = offsets[row];
            for (int p = (int)interactions.Offsets[users[row]]; p < interactions.Offsets[users[row] + 1]; p++)
                offsets[row + 1] += keepItem[items[p]] && Counts(ratings, p, minRating) ? 1 : 0;
        }

        var (keptItems, keptRatings, keptTimes) = (new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);
        int next = 0;
        foreach (int user in users)
        {
            for (int p = (int)interactions.Offsets[user]; p < interactions.Offsets[user + 1]; p++)
            {
                if (keepItem[items[p]] && Counts(ratings, p, minRating))
                    (keptItems[next], keptRatings[next], keptTimes[next++]) = (rowOf[items[p]], ratings[p], times[p]);
            }
        }

        return new Interactions(users.Length, itemCount, offsets, keptItems, keptRatings, keptTimes);
    }
}
