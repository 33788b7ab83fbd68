using Trainers;

namespace Baselines;

/// <summary>How much each item is counted, the newer the more if so wished; what both popularities share.</summary>
/// <remarks>
/// Equation: score(i) = sum over interactions (i, t) with T - t at most the window of 2^(-(T - t) / half-life), T the newest time.
/// Sums are in double, in the order of the interactions. Times are seconds, the parameters days.
/// </remarks>
internal static class ItemCounts
{
    private const double SecondsPerDay = 86_400;

    /// <param name="method">for messages</param>
    /// <param name="interactions">N</param>
    /// <param name="run">its budget and cancellation</param>
    /// <param name="windowDays">0 for all</param>
    /// <param name="halfLifeDays">0 for no decay</param>
    /// <param name="minRating">0 for all; an interaction without a rating always counts</param>
    public static IHistoryScorer Fit(string method, Interactions interactions, TrainingRun run, double windowDays, double halfLifeDays, double minRating)
    {
        if (interactions.Count == 0)
            throw new UserErrorException($"{method} has nothing to count: there are no interactions");
        run.RequireMemory(method, (interactions.ItemCount * (long)(sizeof(double) + sizeof(float))) + 64);
        ReadOnlySpan<int> items = interactions.Items;
        ReadOnlySpan<float> ratings = interactions.Ratings;
        ReadOnlySpan<long> times = interactions.Times;
        long newest = long.MinValue;
        long kept = 0;
        for (int k = 0; k < items.Length; k++)
        {
            if (Counts(ratings[k], minRating))
                (newest, kept) = (Math.Max(newest, times[k]), kept + 1);
        }

        if (kept == 0)
            throw new UserErrorException($"{method} has nothing to count: no rating reaches min_rating {FormattableString.Invariant($"{minRating}")}");

        var sums = new double[interactions.ItemCount];
        for (int user = 0; user < interactions.UserCount; user++)
        {
            if (user % 4096 == 0)
                run.Cancellation.ThrowIfCancellationRequested();
            for (int k = (int)interactions.Offsets[user]; k < interactions.Offsets[user + 1]; k++)
            {
                double days = ((double)newest - times[k]) / SecondsPerDay;
                if (Counts(ratings[k], minRating) && (windowDays == 0 || days <= windowDays))
                    sums[items[k]] += halfLifeDays == 0 ? 1 : double.Exp2(-days / halfLifeDays);
            }
        }

        return new Scorer(Array.ConvertAll(sums, sum => (float)sum));
    }

    private static bool Counts(float rating, double minRating) => minRating == 0 || float.IsNaN(rating) || rating >= minRating;

    private sealed class Scorer(float[] counts) : IHistoryScorer
    {
        public int ItemCount => counts.Length;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => counts.CopyTo(scores);
    }
}
