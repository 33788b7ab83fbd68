using System.Runtime.CompilerServices;
using Trainers;

namespace Data.Storage;

/// <summary>What a dataset must be to be written so that it reads back the same: the reader's rules, before any file.</summary>
internal static class DatasetChecks
{
    /// <exception cref="UserErrorException">The content breaks a rule.</exception>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public static void Require(LinkedDataset dataset, int threads)
    {
        Interactions ratings = dataset.Ratings;
        if (ratings.UserCount != dataset.Users.Count || ratings.ItemCount != dataset.Items.Count)
        {
            throw new ArgumentException(
                $"Ratings of {ratings.UserCount} users and {ratings.ItemCount} items, but {dataset.Users.Count} users and {dataset.Items.Count} items.",
                nameof(dataset));
        }

        var users = new HashSet<string>(dataset.Users.Count, StringComparer.Ordinal);
        foreach (string user in dataset.Users)
            ItemsCsv.RequireId("user", user, users);
        RequireRatings(dataset, threads);

        var splits = new Dictionary<string, Split>(StringComparer.Ordinal);
        foreach (Turn turn in dataset.Turns)
        {
            if (splits.TryGetValue(turn.Conversation, out Split split) && split != turn.Split)
                throw new UserErrorException($"conversation `{turn.Conversation}` is in two splits, {split} and {turn.Split}");
            splits.TryAdd(turn.Conversation, turn.Split);
            RequireItems(turn, dataset.Items.Count, turn.Mentioned);
            RequireItems(turn, dataset.Items.Count, turn.Targets);
            RequireItems(turn, dataset.Items.Count, turn.Repeated);
            foreach (Utterance utterance in turn.Context)
                RequireItems(turn, dataset.Items.Count, utterance.Items);
        }
    }

    private static void RequireRatings(LinkedDataset dataset, int threads)
    {
        Interactions ratings = dataset.Ratings;
        if (ratings.Items.ContainsAnyExceptInRange(0, ratings.ItemCount - 1))
            throw new ArgumentException($"A rating of an item that is none of {ratings.ItemCount}.", nameof(dataset));
        if (DuplicateRatings.Find(ratings, threads) is var (user, item))
            throw new UserErrorException($"user `{dataset.Users[user]}` rates item `{dataset.Items[item].Id}` twice: keep one");
        user = FirstUser(ratings, threads, one => !IsAscending(ratings.TimesOf(one)) || HasInfinity(ratings.RatingsOf(one)));
        if (user < 0)
            return;
        throw IsAscending(ratings.TimesOf(user))
            ? new UserErrorException($"user `{dataset.Users[user]}` has an infinite rating")
            : new ArgumentException($"The ratings of user `{dataset.Users[user]}` are not in order of time.", nameof(dataset));
    }

    /// <summary>The first user of whom something is true, or -1.</summary>
    private static int FirstUser(Interactions ratings, int threads, Func<int, bool> isSo)
    {
        var found = new int[Math.Max(1, threads)];
        RowParts.Run(ratings.UserCount, found.Length, (part, begin, end) =>
        {
            int user = begin;
            while (user < end && !isSo(user))
                user++;
            found[part] = user < end ? user : -1;
        });
        return found.FirstOrDefault(user => user >= 0, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsAscending(ReadOnlySpan<long> times)
    {
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
                return false;
        }

        return true;
    }

    private static bool HasInfinity(ReadOnlySpan<float> ratings) => ratings.ContainsAny(float.PositiveInfinity, float.NegativeInfinity);

    private static void RequireItems(Turn turn, int items, int[] numbers)
    {
        if (numbers.AsSpan().ContainsAnyExceptInRange(0, items - 1))
            throw new ArgumentException($"Turn `{turn.Id}` names an item that is none of {items}.", nameof(turn));
    }
}
