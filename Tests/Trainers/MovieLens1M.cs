using System.Globalization;
using Trainers;

namespace Tests.Trainers;

/// <summary>MovieLens-1M for leave-last-out as SASRec prepares it: every rating a positive, items with fewer than 5 ratings removed, stable order by time.</summary>
internal sealed class MovieLens1M
{
    private static readonly Lazy<MovieLens1M> Whole = new(Read);

    private readonly int[][] _histories;

    private MovieLens1M(int[][] histories, int itemCount) => (_histories, ItemCount) = (histories, itemCount);

    public int UserCount => _histories.Length;

    public int ItemCount { get; }

    public int RatingCount => _histories.Sum(history => history.Length);

    /// <summary>Skips the test where the data is not.</summary>
    public static MovieLens1M Load()
    {
        Assert.SkipUnless(Root is not null, "WORKBENCH_TEST_DATA is not set: no MovieLens-1M");
        return Whole.Value;
    }

    private static string? Root => Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");

    private static MovieLens1M Read()
    {
        var rows = new List<(int User, int Item, long Time)>();
        foreach (string line in File.ReadLines(Path.Combine(Root!, "ml-1m", "ratings.dat")))
        {
            long[] fields = [.. line.Split("::").Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
            rows.Add(((int)fields[0], (int)fields[1], fields[3]));
        }

        Dictionary<int, int> items = rows.GroupBy(row => row.Item).Where(group => group.Count() >= 5).Select(group => group.Key)
            .Order().Select((id, item) => (id, item)).ToDictionary(pair => pair.id, pair => pair.item);
        int[][] histories = [.. rows.Where(row => items.ContainsKey(row.Item)).GroupBy(row => row.User).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(row => row.Time).Select(row => items[row.Item]).ToArray())];
        return new MovieLens1M(histories, items.Count);
    }

    /// <summary>All but the last two of each user.</summary>
    public Interactions Training() => Planted.Of(ItemCount, [.. _histories.Select(history => history[..^2])]);

    /// <summary>Ranks each user's last item among all items but those of the history before it; ties count against the model.</summary>
    public (double Hit, double Ndcg) TestAt10(IHistoryScorer scorer)
    {
        var ranks = new int[UserCount];
        Parallel.For(0, UserCount, new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => new float[ItemCount], (user, _, scores) =>
        {
            int[] history = _histories[user][..^1];
            int target = _histories[user][^1];
            scorer.Score(history, user, scores);
            float score = scores[target];
            foreach (int seen in history)
                scores[seen] = float.NegativeInfinity;
            ranks[user] = scores.Count(other => other >= score) - (history.Contains(target) ? 0 : 1);
            return scores;
        }, _ => { });
        return (ranks.Average(rank => rank < 10 ? 1.0 : 0), ranks.Average(rank => rank < 10 ? 1 / Math.Log2(rank + 2) : 0));
    }
}
