using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>The rows by the objective: who is best, how sure that is, and who may be as good.</summary>
internal static class StandingsTable
{
    /// <summary>Stands beside rows that are not distinguishable from the best.</summary>
    internal const string Alike = "†";

    internal static string Legend { get; } = $"{Alike} not distinguishable from the best row (paired randomisation test, p ≥ 0.05 after Holm's correction).";

    internal static void Write(StringBuilder text, Leaderboard leaderboard, bool withTimes)
    {
        LeaderboardRow[] ranked = [.. leaderboard.Ranked()];
        if (ranked.Length == 0)
            return;
        string protocol = leaderboard.Protocols[0], objective = leaderboard.Objective;
        int units = ranked[0].Metrics[protocol][objective].N;
        bool seeds = ranked.Any(row => row.Metrics[protocol][objective].SeedDeviation is not null);
        bool baseline = ranked.Any(row => ComparisonOf(row, RowComparison.BestBaseline) is not null), best = ranked.Any(row => ComparisonOf(row, RowComparison.BestRow) is not null);
        text.Append(CultureInfo.InvariantCulture, $"## Leaderboard\n\nBy {objective} ({protocol}, n = {units}): mean ± standard error over units, 95 % bootstrap interval{(seeds ? ", standard deviation over seeds" : "")}; the best in bold. ");
        text.Append(best ? $"{Legend}\n\n" : "\n\n");
        string[] columns = [.. Columns(objective, seeds, baseline, best, withTimes)];
        text.Append(CultureInfo.InvariantCulture, $"|{string.Concat(columns.Select(column => $" {column} |"))}\n|---:|---|---|{string.Concat(columns.Skip(3).Select(_ => "---:|"))}\n");
        for (int i = 0; i < ranked.Length; i++)
        {
            LeaderboardRow row = ranked[i];
            RowMetric metric = row.Metrics[protocol][objective];
            text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {Cell.Escape(row.Row)} | {row.Kind} | {Cell.Metric(metric, LeaderboardMarkdown.IsBest(leaderboard, protocol, objective, row))}{(row.IsLikeTheBest ? $" {Alike}" : "")} | {Cell.Interval(metric)} |");
            text.Append(seeds ? $" {Cell.Number(metric.SeedDeviation ?? double.NaN)} |" : "");
            if (baseline)
                text.Append(ComparisonOf(row, RowComparison.BestBaseline) is { } gain ? $" {Cell.Percent(gain.Relative)} | {Cell.P(gain.AdjustedP)} |" : " - | - |");
            if (best)
                text.Append(ComparisonOf(row, RowComparison.BestRow) is { } behind ? $" {Cell.P(behind.AdjustedP)} |" : " - |");
            text.Append(withTimes ? $" {Cell.Seconds(row.Seconds)} |\n" : "\n");
        }

        foreach (LeaderboardRow row in leaderboard.Rows.Where(row => row.Status != LeaderboardRow.Ok))
            text.Append(CultureInfo.InvariantCulture, $"| - | {Cell.Escape(row.Row)} | {row.Kind} | failed: {Cell.Escape(row.Error ?? "")} |{string.Concat(Enumerable.Repeat(" |", columns.Length - 4))}\n");
        text.Append('\n');
    }

    internal static RowComparison? ComparisonOf(LeaderboardRow row, string role) => row.Comparisons.FirstOrDefault(comparison => comparison.Role == role);

    private static IEnumerable<string> Columns(string objective, bool seeds, bool baseline, bool best, bool withTimes)
    {
        string[] always = ["#", "row", "kind", objective, "95 % interval"];
        return [.. always, .. seeds ? (string[])["sd of seeds"] : [], .. baseline ? (string[])["against the best baseline", "p"] : [], .. best ? (string[])["p against the best"] : [], .. withTimes ? (string[])["s"] : []];
    }
}
