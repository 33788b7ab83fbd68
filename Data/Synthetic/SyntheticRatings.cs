using Trainers;
using Trainers.Sampling;

namespace Data.Synthetic;

/// <summary>Draws each user's ratings from a generator of the user's own, so that threads do not matter.</summary>
internal static class SyntheticRatings
{
    private const int Attempts = 60;

    internal static Interactions Make(SyntheticOptions options, TasteModel world, bool[] rated, CancellationToken cancellation)
    {
        long[] offsets = Offsets(options, rated.Count(r => r));
        var items = new int[offsets[^1]];
        var stars = new float[offsets[^1]];
        var times = new long[offsets[^1]];
        const int block = 256;
        Parallel.For(0, (options.Users + block - 1) / block, new ParallelOptions { CancellationToken = cancellation }, b =>
        {
            var taken = new bool[world.Items];
            for (int user = b * block; user < Math.Min(options.Users, (b + 1) * block); user++)
            {
                Range range = (int)offsets[user]..(int)offsets[user + 1];
                User(options, world, rated, user, taken, items.AsSpan(range), stars.AsSpan(range), times.AsSpan(range));
            }
        });
        return new Interactions(options.Users, options.Items, offsets, items, stars, times);
    }

    private static void User(
        SyntheticOptions options, TasteModel world, bool[] rated, int user, bool[] taken, Span<int> items, Span<float> stars, Span<long> times)
    {
        var random = SyntheticStream.Of(options, SyntheticPart.Rater, user);
        const long span = TasteModel.Periods * TasteModel.PeriodSeconds;
        long from = TasteModel.Start + (long)(random.NextDouble() * span * 0.95);
        long to = Math.Min(TasteModel.Start + span - 1, from + (long)(random.NextDouble() * 6 * TasteModel.PeriodSeconds) + 3_600);
        var person = new Person(random, options, from, to);

        for (int i = 0; i < times.Length; i++)
            times[i] = from + (long)(random.NextDouble() * (to - from));
        times.Sort();

        int previous = -1;
        for (int i = 0; i < items.Length; i++)
        {
            int item = Choose(random, world, person, rated, taken, times[i], previous);
            taken[item] = true;
            (items[i], stars[i], previous) = (item, person.Rate(random, world, item, times[i]), item);
        }

        foreach (int item in items)
            taken[item] = false;
    }

    private static int Choose(SplitMix64 random, TasteModel world, Person person, bool[] rated, bool[] taken, long time, int previous)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int item = person.Choose(random, world, time, previous);
            if (rated[item] && !taken[item])
                return item;
        }

        int next = random.NextInt(world.Items);
        while (!rated[next] || taken[next])
            next = (next + 1) % world.Items;
        return next;
    }

    /// <summary>Shares the ratings out: log-normal weights, at least 3 and at most a third of the rated items each.</summary>
    private static long[] Offsets(SyntheticOptions options, int rated)
    {
        int most = Math.Max(3, rated / 3);
        if (options.Ratings < 3L * options.Users || options.Ratings > (long)most * options.Users)
        {
            throw new UserErrorException(
                $"{options.Ratings} ratings cannot be shared among {options.Users} users of {rated} rated items: each gets 3 to {most}; change ratings, users or items");
        }

        var random = SyntheticStream.Of(options, SyntheticPart.Shares);
        var weights = new double[options.Users];
        for (int u = 0; u < weights.Length; u++)
            weights[u] = Math.Exp(random.NextGaussian());
        double scale = (options.Ratings - 3.0 * options.Users) / weights.Sum();

        var counts = new int[options.Users];
        long left = options.Ratings;
        for (int u = 0; u < counts.Length; u++)
            left -= counts[u] = Math.Min(most, 3 + (int)(weights[u] * scale));
        for (int u = 0; left > 0; u = (u + 1) % counts.Length)
        {
            int more = (int)Math.Min(left, Math.Min(most - counts[u], 1 + left / counts.Length));
            counts[u] += more;
            left -= more;
        }

        var offsets = new long[options.Users + 1];
        for (int u = 0; u < counts.Length; u++)
            offsets[u + 1] = offsets[u] + counts[u];
        return offsets;
    }
}
