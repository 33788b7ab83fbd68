using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>leaderboard.md: what people read.</summary>
public static class LeaderboardMarkdown
{
    /// <summary>Deterministic in the leaderboard but for the columns of times, which <paramref name="withTimes"/> leaves out.</summary>
    public static string Write(Leaderboard leaderboard, bool withTimes = true)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {leaderboard.Name}\n\n");
        if (leaderboard.Dataset.Synthetic)
            text.Append("> **Synthetic data.** These figures show that the program works; they say nothing about real people.\n\n");
        text.Append(Summary(leaderboard));

        foreach (string protocol in leaderboard.Protocols)
            Protocol(text, leaderboard, protocol, withTimes);
        ComparisonTable.Write(text, leaderboard);
        ListTables.Write(text, leaderboard);
        ProvenanceTables.Write(text, leaderboard, withTimes);
        return text.ToString();
    }

    private static string Summary(Leaderboard leaderboard)
    {
        LeaderboardRow? best = leaderboard.Best(leaderboard.Protocols[0], leaderboard.Objective);
        int failed = leaderboard.Rows.Count(row => row.Status == LeaderboardRow.Failed);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Task {leaderboard.Task}, {leaderboard.Rows.Count} rows");
        text.Append(failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed} of them failed. ") : ". ");
        if (best is not null)
        {
            double value = best.Metrics[leaderboard.Protocols[0]][leaderboard.Objective].Mean;
            text.Append(CultureInfo.InvariantCulture, $"Best {leaderboard.Objective} ({leaderboard.Protocols[0]}): **{Cell.Escape(best.Row)}**, {Cell.Number(value)}.");
        }

        return text.Append("\n\n").ToString();
    }

    private static void Protocol(StringBuilder text, Leaderboard leaderboard, string protocol, bool withTimes)
    {
        int units = leaderboard.Rows.Select(row => row.Metrics.GetValueOrDefault(protocol)?.Values.FirstOrDefault()?.N ?? 0).DefaultIfEmpty().Max();
        text.Append(CultureInfo.InvariantCulture, $"## {protocol} (n = {units})\n\n");
        text.Append("Mean ± standard error over units; best in bold.\n\n");
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
                    text.Append(CultureInfo.InvariantCulture, $" {Cell.Metric(row.Metrics[protocol][metric], IsBest(leaderboard, protocol, metric, row))} |");
            }

            text.Append(withTimes ? $" {Cell.Seconds(row.Seconds)} |\n" : "\n");
        }

        text.Append('\n');
    }

    private static bool IsBest(Leaderboard leaderboard, string protocol, string metric, LeaderboardRow row) =>
        leaderboard.Best(protocol, metric) is { } best && row.Metrics[protocol][metric].Mean == best.Metrics[protocol][metric].Mean;
}
