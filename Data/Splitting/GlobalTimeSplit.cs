using Trainers;

namespace Data.Splitting;

/// <summary>A split at one moment for all users. Users and items keep their numbers.</summary>
/// <param name="Cut">Unix time, seconds: what is earlier trains</param>
/// <param name="Train">U x I, all interactions before the cut</param>
/// <param name="Test">U x I, interactions at or after the cut of users who have some before it</param>
/// <param name="UsersWithoutHistory">users whose first interaction is at or after the cut: in neither part</param>
/// <param name="InteractionsWithoutHistory">theirs</param>
public sealed record TimeSplit(long Cut, Interactions Train, Interactions Test, int UsersWithoutHistory, long InteractionsWithoutHistory);

/// <summary>
/// Global time split: nothing that trains is later than anything that is tested, as when a model serves. For a validation
/// part, split the training part once more.
/// </summary>
public static class GlobalTimeSplit
{
    /// <param name="interactions">U x I</param>
    /// <param name="cut">Unix time, seconds</param>
    public static TimeSplit At(Interactions interactions, long cut)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        Interactions train = InteractionSelection.Select(
            interactions, null, interactions.UserCount, null, interactions.ItemCount, (_, row) => interactions.Times[row] < cut);

        var hasHistory = new bool[interactions.UserCount];
        (int users, long rows) = (0, 0);
        for (int user = 0; user < hasHistory.Length; user++)
        {
            hasHistory[user] = train.CountOf(user) > 0;
            if (!hasHistory[user] && interactions.CountOf(user) > 0)
                (users, rows) = (users + 1, rows + interactions.CountOf(user));
        }

        Interactions test = InteractionSelection.Select(
            interactions, null, interactions.UserCount, null, interactions.ItemCount, (user, row) => hasHistory[user] && interactions.Times[row] >= cut);
        return new TimeSplit(cut, train, test, users, rows);
    }

    /// <summary>The cut is the earliest time such that at least this share of all interactions is before it or at it, plus one second.</summary>
    /// <param name="interactions">U x I</param>
    /// <param name="share">of the interactions that train, 0 to 1; ties of time at the cut train too</param>
    /// <exception cref="UserErrorException">The share is out of range, or there are no interactions.</exception>
    public static TimeSplit AtQuantile(Interactions interactions, double share)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        if (!(share is > 0 and < 1))
            throw new UserErrorException(FormattableString.Invariant($"the share of interactions that train must be between 0 and 1, not {share}"));
        if (interactions.Count == 0)
            throw new UserErrorException("there are no interactions to split by time");

        // Bisection needs no sorted copy: some thirty passes over the times.
        long wanted = (long)Math.Ceiling(share * interactions.Count);
        (long low, long high) = (long.MaxValue, long.MinValue);
        foreach (long time in interactions.Times)
            (low, high) = (Math.Min(low, time), Math.Max(high, time));
        while (low < high)
        {
            long middle = (long)(((Int128)low + high) >> 1);
            long before = 0;
            foreach (long time in interactions.Times)
                before += time <= middle ? 1 : 0;
            (low, high) = before >= wanted ? (low, middle) : (middle + 1, high);
        }

        return At(interactions, low == long.MaxValue ? low : low + 1);
    }
}
