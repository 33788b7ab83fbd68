using Trainers;

namespace Data.Splitting;

/// <summary>Parts of interactions, with users and items renumbered. Each user's order stays.</summary>
/// <remarks>Legend: U, I users and items before; U', I' after.</remarks>
internal static class InteractionSelection
{
    /// <param name="source">U x I</param>
    /// <param name="userNumbers">U numbers in 0 .. U' - 1, ascending, or -1 to leave the user out; null to keep all</param>
    /// <param name="userCount">U'</param>
    /// <param name="itemNumbers">I numbers in 0 .. I' - 1, or -1 to leave the item out; null to keep all</param>
    /// <param name="itemCount">I'</param>
    /// <param name="keep">whether a user's position of the source stays; null to keep all</param>
    /// <returns>U' x I'</returns>
    public static Interactions Select(
        Interactions source, int[]? userNumbers, int userCount, int[]? itemNumbers, int itemCount, Func<int, long, bool>? keep = null)
    {
        var offsets = new long[userCount + 1];
        for (int user = 0; user < source.UserCount; user++)
        {
            int number = userNumbers?[user] ?? user;
            if (number < 0)
                continue;
            long count = 0;
            for (long row = source.Offsets[user]; row < source.Offsets[user + 1]; row++)
            {
                if (Stays(user, row))
                    count++;
            }

            offsets[number + 1] = count;
        }

        for (int user = 0; user < userCount; user++)
            offsets[user + 1] += offsets[user];
        var selected = new Interactions(userCount, itemCount, offsets, new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);
        long to = 0;
        for (int user = 0; user < source.UserCount; user++)
        {
            if ((userNumbers?[user] ?? user) < 0)
                continue;
            for (long row = source.Offsets[user]; row < source.Offsets[user + 1]; row++)
            {
                if (!Stays(user, row))
                    continue;
                selected.Items[to] = itemNumbers?[source.Items[row]] ?? source.Items[row];
                selected.Ratings[to] = source.Ratings[row];
                selected.Times[to] = source.Times[row];
                to++;
            }
        }

        return selected;

        bool Stays(int user, long row) =>
            (itemNumbers is null || itemNumbers[source.Items[row]] >= 0) && (keep is null || keep(user, row));
    }

    /// <summary>Numbers what is kept in order, and gives the way back.</summary>
    /// <param name="kept">what stays</param>
    /// <returns>numbers after, -1 for what is left out; and numbers before</returns>
    public static (int[] Numbers, int[] Back) Number(ReadOnlySpan<bool> kept)
    {
        var numbers = new int[kept.Length];
        var back = new List<int>();
        for (int before = 0; before < kept.Length; before++)
        {
            numbers[before] = kept[before] ? back.Count : -1;
            if (kept[before])
                back.Add(before);
        }

        return (numbers, [.. back]);
    }
}
