using Trainers;

namespace Tests.Baselines;

/// <summary>Seeded interactions of a skewed kind: some users have nothing, some items nobody, some pairs occur twice.</summary>
internal static class Samples
{
    public const long Day = 86_400;

    /// <param name="users">every seventh has nothing</param>
    /// <param name="items">the last is never seen, if there are more than one</param>
    /// <param name="seed">of the draws</param>
    /// <param name="longest">the longest history</param>
    public static Interactions Draw(int users, int items, int seed, int longest = 12)
    {
        var random = new Random(seed);
        int seen = Math.Max(1, items - 1);
        var rows = new List<(int Item, float Rating, long Time)>[users];
        for (int user = 0; user < users; user++)
        {
            long time = 1_000_000_000;
            rows[user] = [];
            for (int k = user % 7 == 3 ? 0 : 1 + random.Next(longest); k > 0; k--)
            {
                // Groups of users have groups of items; squares make low rows popular.
                int group = random.Next(4) == 0 ? random.Next(3) : user % 3;
                int item = (int)(Math.Pow(random.NextDouble(), 2) * seen);
                item = Math.Min(seen - 1, (item / 3 * 3) + group);
                rows[user].Add((item, random.Next(1, 11) / 2f, time += random.NextInt64(30 * Day)));
            }
        }

        return Of(items, rows);
    }

    /// <summary>One list per user, in order of time.</summary>
    public static Interactions Of(int items, params IReadOnlyList<(int Item, float Rating, long Time)>[] users)
    {
        var offsets = new long[users.Length + 1];
        for (int user = 0; user < users.Length; user++)
            offsets[user + 1] = offsets[user] + users[user].Count;
        return new Interactions(users.Length, items, offsets, [.. users.SelectMany(u => u.Select(r => r.Item))],
            [.. users.SelectMany(u => u.Select(r => r.Rating))], [.. users.SelectMany(u => u.Select(r => r.Time))]);
    }

    /// <summary>The binary matrix, users x items.</summary>
    public static double[,] Dense(Interactions interactions)
    {
        var x = new double[interactions.UserCount, interactions.ItemCount];
        for (int user = 0; user < interactions.UserCount; user++)
        {
            foreach (int item in interactions.ItemsOf(user))
                x[user, item] = 1;
        }

        return x;
    }

    /// <summary>XᵀX, items x items.</summary>
    public static double[,] Gram(double[,] x)
    {
        int items = x.GetLength(1);
        var gram = new double[items, items];
        for (int u = 0; u < x.GetLength(0); u++)
        {
            for (int i = 0; i < items; i++)
            {
                for (int j = 0; j < items; j++)
                    gram[i, j] += x[u, i] * x[u, j];
            }
        }

        return gram;
    }

    public static float[] Scores(IHistoryScorer scorer, int query, params int[] history)
    {
        var scores = new float[scorer.ItemCount];
        scorer.Score(history, query, scores);
        return scores;
    }
}
