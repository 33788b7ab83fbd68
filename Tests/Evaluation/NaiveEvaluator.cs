namespace Tests.Evaluation;

/// <summary>The definitions written down a second time, from lists and sets rather than ranks, one query at a time.</summary>
internal static class NaiveEvaluator
{
    public static double Value(string metric, IReadOnlyList<int> list, ISet<int> targets, int k)
    {
        bool[] relevant = [.. list.Take(k).Select(targets.Contains)];
        int found = relevant.Count(hit => hit);
        double ideal = Enumerable.Range(0, Math.Min(k, targets.Count)).Sum(i => Math.Log(2) / Math.Log(i + 2));
        return metric switch
        {
            "hit" => found > 0 ? 1 : 0,
            "recall" => (double)found / targets.Count,
            "precision" => (double)found / k,
            "mrr" => found == 0 ? 0 : 1.0 / (Array.IndexOf(relevant, true) + 1),
            "ndcg" => relevant.Select((hit, i) => hit ? Math.Log(2) / Math.Log(i + 2) : 0).Sum() / ideal,
            "map" => relevant.Select((hit, i) => hit ? relevant.Take(i + 1).Count(h => h) / (i + 1.0) : 0).Sum() / Math.Min(k, targets.Count),
            _ => throw new ArgumentException(metric),
        };
    }

    /// <summary>All items, best first; of equal scores the lower row first.</summary>
    public static int[] Rank(float[] scores, IEnumerable<int> excluded) =>
        [.. Enumerable.Range(0, scores.Length).Except(excluded).OrderByDescending(item => scores[item]).ThenBy(item => item)];

    /// <summary>All items, best first; of equal scores the targets last.</summary>
    public static int[] RankAgainst(float[] scores, IEnumerable<int> excluded, ISet<int> targets) =>
        [.. Rank(scores, excluded).OrderByDescending(item => scores[item]).ThenBy(item => targets.Contains(item) ? 1 : 0)];

    public static double StandardError(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (values.Count - 1)) / Math.Sqrt(values.Count);
    }
}
