using Trainers;

namespace Tests.Trainers;

/// <summary>Interactions with a structure to find: users and items belong to groups and mostly stay in them.</summary>
internal static class Planted
{
    /// <summary>Every user has 2 to 12 interactions, ratings 1 to 5, items of four groups; the last item is nobody's.</summary>
    public static Interactions Interactions(int users, int items, int seed)
    {
        var random = new Random(seed);
        var histories = new List<List<int>>();
        for (int user = 0; user < users; user++)
        {
            var history = new List<int>();
            for (int n = random.Next(2, 13); n > 0; n--)
            {
                int item = random.Next(items - 1);
                history.Add(random.Next(5) == 0 ? item : Math.Min(items - 2, item / 4 * 4 + user % 4));
            }

            histories.Add(history);
        }

        return Of(items, histories, random);
    }

    public static Interactions Of(int items, IReadOnlyList<IReadOnlyList<int>> histories, Random? random = null)
    {
        var offsets = new long[histories.Count + 1];
        for (int user = 0; user < histories.Count; user++)
            offsets[user + 1] = offsets[user] + histories[user].Count;
        int[] all = [.. histories.SelectMany(history => history)];
        float[] ratings = [.. all.Select(_ => random is null ? float.NaN : random.Next(1, 6))];
        long[] times = [.. histories.SelectMany(history => Enumerable.Range(0, history.Count).Select(i => 1_000L + 10 * i))];
        return new Interactions(histories.Count, items, offsets, all, ratings, times);
    }
}
