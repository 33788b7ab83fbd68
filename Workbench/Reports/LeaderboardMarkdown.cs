using System.Globalization;
using System.Text;
using Workbench.Reports.Charts;
using Workbench.Reports.References;

namespace Workbench.Reports;

/// <summary>leaderboard.md: what people read.</summary>
public static class LeaderboardMarkdown
{
    /// <summary>Deterministic in the leaderboard but for the columns of times, which <paramref name="withTimes"/> leaves out.</summary>
    /// <param name="leaderboard">what was found</param>
    /// <param name="withTimes">whether times and machine are told</param>
    /// <param name="charts">that lie beside it, in the folder <c>charts</c></param>
    public static string Write(Leaderboard leaderboard, bool withTimes = true, IReadOnlyList<Chart>? charts = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {leaderboard.Name}\n\n");
        if (leaderboard.Dataset.Synthetic)
            text.Append("> **Synthetic data.** These figures show that the program works; they say nothing about real people.\n\n");
        text.Append(Summary(leaderboard));
        StandingsTable.Write(text, leaderboard, withTimes);
        ChartLinks.Write(text, charts ?? []);
        foreach (string protocol in leaderboard.Protocols)
            Protocol(text, leaderboard, protocol, withTimes);
        Rest(text, leaderboard, withTimes);
        return text.ToString();
    }

    /// <summary>What follows the tables of metrics.</summary>
    internal static void Rest(StringBuilder text, Leaderboard leaderboard, bool withTimes)
    {
        ReferenceTables.Write(text, leaderboard);
        ComparisonTable.Write(text, leaderboard);
        SearchTables.Write(text, leaderboard, withTimes);
        ListTables.Write(text, leaderboard);
        ProvenanceTables.Write(text, leaderboard, withTimes);
    }

    internal static string Summary(Leaderboard leaderboard)
    {
        LeaderboardRow? best = leaderboard.Best(leaderboard.Protocols[0], leaderboard.Objective);
        int failed = leaderboard.Rows.Count(row => row.Status == LeaderboardRow.Failed);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Task {leaderboard.Task}, {leaderboard.Rows.Count} rows");
        text.Append(failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed} of them failed. ") : ". ");
        if (best is not null)
        {
            RowMetric metric = best.Metrics[leaderboard.Protocols[0]][leaderboard.Objective];
            int alike = leaderboard.Rows.Count(row => row.IsLikeTheBest);
            text.Append(CultureInfo.InvariantCulture, $"Best {leaderboard.Objective} ({leaderboard.Protocols[0]}): **{Cell.Escape(best.Row)}**, {Cell.Number(metric.Mean)}");
            text.Append(double.IsNaN(metric.Low) ? "." : $" (95 % interval {Cell.Interval(metric)}).");
            text.Append(alike == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {alike} further {(alike == 1 ? "row is" : "rows are")} not distinguishable from it."));
        }

        return text.Append("\n\n").ToString();
    }

    internal static void Protocol(StringBuilder text, Leaderboard leaderboard, string protocol, bool withTimes)
    {
        int units = leaderboard.Rows.Select(row => row.Metrics.GetValueOrDefault(protocol)?.Values.FirstOrDefault()?.N ?? 0).DefaultIfEmpty().Max();
        text.Append(CultureInfo.InvariantCulture, $"## {protocol} (n = {units})\n\n");
        bool seeds = leaderboard.Rows.Any(row => row.Metrics.GetValueOrDefault(protocol)?.Values.Any(metric => metric.SeedDeviation is not null) == true);
        text.Append(CultureInfo.InvariantCulture, $"Mean ± standard error over units{(seeds ? " (standard deviation over seeds)" : "")}; best in bold.\n\n");
        string time = withTimes ? " s |" : "";
        text.Append(CultureInfo.InvariantCulture, $"| row | kind |{string.Concat(leaderboard.Metrics.Select(metric => $" {metric} |"))}{time}\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(leaderboard.Metrics.Select(_ => "---:|"))}{(withTimes ? "---:|" : "")}\n");
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {row.Kind} |");
            if (row.Status == LeaderboardRow.Failed)
            {
                text.Append(CultureInfo.InvariantCulture, $" failed: {Cell.Escape(row.Error ?? "")} |{string.Concat(Enumerable.Repeat(" |", leaderboard.Metrics.Count - 1))}");
            }
            else
            {
                foreach (string metric in leaderboard.Metrics)
                    text.Append(CultureInfo.InvariantCulture, $" {Cell.Metric(row.Metrics[protocol][metric], IsBest(leaderboard, protocol, metric, row), seeds)} |");
            }

            text.Append(withTimes ? $" {Cell.Seconds(row.Seconds)} |\n" : "\n");
        }

        text.Append('\n');
    }

    internal static bool IsBest(Leaderboard leaderboard, string protocol, string metric, LeaderboardRow row) =>
        leaderboard.Best(protocol, metric) is { } best && row.Metrics[protocol][metric].Mean == best.Metrics[protocol][metric].Mean;
}
