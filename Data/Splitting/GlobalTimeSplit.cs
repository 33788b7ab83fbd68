using Trainers;

namespace Data.Splitting;

/// <summary>
/// Two points in time for all users: nothing that is learned is later than anything that is asked. Test begins at a quantile of all
/// interactions' times, validation takes as large a share before it as the test has after it, but at most half of what is left.
/// </summary>
public static class GlobalTimeSplit
{
    /// <param name="quantile">the share of interactions before the test, between 0 and 1</param>
    public static NextItemSplit Split(Interactions interactions, double quantile)
    {
        if (quantile is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is between 0 and 1.");

        long[] times = [.. interactions.Times];
        Array.Sort(times);
        double validationQuantile = Math.Max(quantile / 2, quantile - (1 - quantile));
        long testTime = times.Length == 0 ? 0 : times[(int)(quantile * times.Length)];
        long validationTime = times.Length == 0 ? 0 : times[(int)(validationQuantile * times.Length)];

        var (validation, test) = (new int[interactions.UserCount], new int[interactions.UserCount]);
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<long> own = interactions.TimesOf(user);
            (validation[user], test[user]) = (Before(own, validationTime), Before(own, testTime));
        }

        return new NextItemSplit(interactions, validation, test);
    }

    /// <summary>How many of ascending times are before the given one.</summary>
    private static int Before(ReadOnlySpan<long> times, long limit)
    {
        (int low, int high) = (0, times.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = times[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
