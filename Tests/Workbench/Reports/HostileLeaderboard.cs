using Evaluation;
using Workbench.Reports;

namespace Tests.Workbench.Reports;

/// <summary>Leaderboards that break careless writers: labels that look like markup, very long ones, many rows, figures that are not numbers or all the same.</summary>
internal static class HostileLeaderboard
{
    internal static readonly string[] Labels =
    [
        "<script>alert('x')</script>", "a | b _ c * d ` e ~ f", "50 % & more \\ {x} $y$ #1 ^2", "]] > --> \"quoted\" 'single'", "tab\tand\nline\u0001control",
        "Amélie, Łódź, 七人の侍, 🎬", new string('w', 400), "![img](x) [link](javascript:alert(1)) <!-- -->",
    ];

    internal static Leaderboard Of(int rows, Func<int, double> value, Func<int, double>? seconds = null)
    {
        Leaderboard sample = SampleLeaderboard.Make();
        return sample with
        {
            Name = "hostile",
            Rows = [.. Enumerable.Range(0, rows).Select(i => Row(i, value(i), seconds?.Invoke(i) ?? 0.1 * (i + 1)))],
            Searches = [.. sample.Searches.Select(search => search with { Row = Labels[0], Trials = [.. search.Trials.Select(trial => trial with { Reason = trial.Reason is null ? null : Labels[0] })] })],
            Notes = Labels,
        };
    }

    private static LeaderboardRow Row(int i, double value, double seconds)
    {
        string label = $"{Labels[i % Labels.Length]} {i}";
        if (i % 10 == 7)
            return new LeaderboardRow(label, "trainer", new Dictionary<string, object?>(), seconds, "failed", Labels[i % Labels.Length], new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>());
        var metric = new RowMetric(value, 0.01, 40, i % 3 == 0 ? double.NaN : value * 0.9, i % 3 == 0 ? double.NaN : value * 1.1, value, null);
        return new LeaderboardRow(label, i % 2 == 0 ? "trainer" : "<kind>", new Dictionary<string, object?> { [label] = label }, seconds, "ok", null, new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>
        {
            ["per-item"] = new Dictionary<string, RowMetric> { ["hit@5"] = metric, ["ndcg@5"] = metric },
        })
        {
            LearnedFrom = label,
            Bands = [new BandResult(new PopularityBand("cold", 0, 10), 4, [new BandMetric("ndcg@5", value, 0.1)]), new BandResult(new PopularityBand("popular", 10, 20), 0, [])],
            Lists = [new ListMeasures(5, 40, 200, 0.05, 0.9, 3.25, 1234.5)],
            Learning = [.. Enumerable.Range(1, i % 4).Select(epoch => new LearningPoint(epoch, value / epoch, i % 2 == 0 ? value * epoch : null))],
            Comparisons = i == 0 ? [] : [new RowComparison($"{Labels[0]} 0", RowComparison.BestRow, "per-item", "ndcg@5", -0.1, double.NaN, 0.5, i % 2)],
        };
    }
}
