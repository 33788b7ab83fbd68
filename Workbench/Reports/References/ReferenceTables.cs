using System.Globalization;
using System.Text;

namespace Workbench.Reports.References;

/// <summary>Published figures beside ours, with the difference, or one sentence that says why not.</summary>
internal static class ReferenceTables
{
    internal static void Write(StringBuilder text, Leaderboard leaderboard) => Write(text, leaderboard, ReferenceReader.All);

    internal static void Write(StringBuilder text, Leaderboard leaderboard, IReadOnlyList<ReferenceTable> tables)
    {
        foreach (ReferenceTable table in tables.Where(table => ReferenceMatch.IsRelated(table, leaderboard)))
        {
            IReadOnlyList<string> differences = ReferenceMatch.Differences(table, leaderboard);
            text.Append(CultureInfo.InvariantCulture, $"## Published figures\n\nSource: {Cell.Escape(table.Source)}.\n\n");
            if (differences.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"They are not shown beside ours, as they are not comparable: {Cell.Escape(string.Join("; ", differences))}.\n\n");
            else
                Compare(text, table, leaderboard);
        }
    }

    private static void Compare(StringBuilder text, ReferenceTable table, Leaderboard leaderboard)
    {
        string[] metrics = [.. leaderboard.Metrics.Where(metric => table.Rows.Any(row => row.Figures.ContainsKey(metric)))];
        foreach (string remark in table.Remarks)
            text.Append(CultureInfo.InvariantCulture, $"- {Cell.Escape(remark)}\n");
        text.Append("\nMean ± standard error; a difference, ours less published, only under the same protocol.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| model | protocol |{string.Concat(metrics.Select(metric => $" {metric} |"))}\n|---|---|{string.Concat(metrics.Select(_ => "---:|"))}\n");
        foreach (ReferenceRow row in table.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Model)}, published | {row.Protocol} |{string.Concat(metrics.Select(metric => $" {Figure(row, metric)} |"))}\n");
            bool known = leaderboard.Protocols.Contains(row.Protocol);
            string protocol = known ? row.Protocol : leaderboard.Protocols[0];
            foreach (LeaderboardRow ours in ReferenceMatch.Ours(row, leaderboard))
            {
                text.Append(CultureInfo.InvariantCulture, $"| ours: {Cell.Escape(ours.Row)} | {protocol} |{string.Concat(metrics.Select(metric => $" {Cell.Metric(ours.Metrics[protocol][metric], best: false)} |"))}\n");
                if (known)
                    text.Append(CultureInfo.InvariantCulture, $"| difference | {protocol} |{string.Concat(metrics.Select(metric => $" {Difference(row, ours.Metrics[protocol][metric], metric)} |"))}\n");
            }
        }

        text.Append('\n');
    }

    private static string Figure(ReferenceRow row, string metric) =>
        row.Figures.TryGetValue(metric, out ReferenceFigure figure) ? $"{Cell.Number(figure.Mean)} ± {Cell.Number(figure.Se)}" : "-";

    private static string Difference(ReferenceRow row, RowMetric ours, string metric) => row.Figures.TryGetValue(metric, out ReferenceFigure figure)
        ? $"{Cell.Signed(ours.Mean - figure.Mean)} ({Cell.Percent((ours.Mean - figure.Mean) / figure.Mean)})"
        : "-";
}
