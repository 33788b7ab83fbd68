using System.Globalization;
using Trainers;

namespace Tests.Baselines;

/// <summary>MovieLens-1M, prepared as <see cref="MovieLensTests"/> says, by the shortest code that does it: it shares nothing with what it checks.</summary>
internal sealed record MovieLens(Interactions Train, int[][] Histories, int[] Targets)
{
    public static string? Folder => Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA") is { Length: > 0 } folder ? folder : null;

    public static MovieLens Load()
    {
        (int User, int Item, float Rating, long Time)[] rows = [.. File.ReadLines(Path.Combine(Folder!, "ml-1m", "ratings.dat"))
            .Select(line => line.Split("::"))
            .Select(f => (Int(f[0]), Int(f[1]), float.Parse(f[2], CultureInfo.InvariantCulture), long.Parse(f[3], CultureInfo.InvariantCulture)))];
        int[] ids = [.. rows.GroupBy(row => row.Item).Where(group => group.Count() >= 5).Select(group => group.Key).Order()];
        Dictionary<int, int> itemOf = ids.Select((id, item) => (id, item)).ToDictionary(pair => pair.id, pair => pair.item);
        (int Item, float Rating, long Time)[][] users = [.. rows.Where(row => itemOf.ContainsKey(row.Item)).GroupBy(row => row.User)
            .OrderBy(group => group.Key)
            .Select(group => group.OrderBy(row => row.Time).Select(row => (itemOf[row.Item], row.Rating, row.Time)).ToArray())];
        return new MovieLens(
            Samples.Of(ids.Length, [.. users.Select(user => user[..^2])]),
            [.. users.Select(user => user[..^1].Select(row => row.Item).ToArray())],
            [.. users.Select(user => user[^1].Item)]);
    }

    /// <summary>1-based rank of the user's target among all items but the history's.</summary>
    public int Rank(IHistoryScorer scorer, int user)
    {
        float[] scores = Samples.Scores(scorer, user, Histories[user]);
        int target = Targets[user], rank = 1;
        var seen = new HashSet<int>(Histories[user]);
        for (int item = 0; item < scores.Length; item++)
        {
            bool before = scores[item] > scores[target] || (scores[item] == scores[target] && item < target);
            if (before && !seen.Contains(item))
                rank++;
        }

        return rank;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
