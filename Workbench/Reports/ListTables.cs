using System.Globalization;
using System.Text;
using Evaluation;

namespace Workbench.Reports;

/// <summary>What the lists are like, and for which targets they work.</summary>
internal static class ListTables
{
    internal static void Write(StringBuilder text, Leaderboard leaderboard)
    {
        LeaderboardRow[] rows = [.. leaderboard.Rows.Where(row => row.Status == LeaderboardRow.Ok)];
        if (rows.Length == 0)
            return;
        Lists(text, leaderboard, rows);
        Bands(text, leaderboard, rows);
    }

    private static void Lists(StringBuilder text, Leaderboard leaderboard, LeaderboardRow[] rows)
    {
        int k = rows.SelectMany(row => row.Lists).Select(list => list.K).DefaultIfEmpty().Max();
        if (k == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## Lists (first {k} places)\n\n");
        text.Append("Popularity counts mentions in the fit split. Fallback: queries that gave the row nothing to work with. ");
        text.Append(CultureInfo.InvariantCulture, $"Ties against: {leaderboard.Objective} with every tie counted against the row.\n\n");
        text.Append("| row | coverage | Gini | novelty | popularity | empty | fallback | ties against |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (LeaderboardRow row in rows)
        {
            ListMeasures? list = row.Lists.FirstOrDefault(measures => measures.K == k);
            double pessimistic = row.Metrics[leaderboard.Protocols[0]][leaderboard.Objective].Pessimistic;
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} | {Cell.Number(list?.Coverage ?? double.NaN)} | {Cell.Number(list?.Gini ?? double.NaN)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Number(list?.Novelty ?? double.NaN, "0.00")} | {Cell.Number(list?.AveragePopularity ?? double.NaN, "0.0")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.EmptyLists} | {row.Fallbacks} | {Cell.Number(pessimistic)} |\n");
        }

        text.Append('\n');
    }

    private static void Bands(StringBuilder text, Leaderboard leaderboard, LeaderboardRow[] rows)
    {
        BandResult[] bands = [.. rows.Select(row => row.Bands).FirstOrDefault(b => b.Count > 0) ?? []];
        if (bands.Length == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {leaderboard.Objective} by popularity of the target\n\n");
        text.Append("Bands count mentions in the fit split (for next-item: training interactions); per target.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| row |{string.Concat(bands.Select(band => string.Create(CultureInfo.InvariantCulture, $" {band.Band.Name} (n = {band.Units}) |")))}\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(bands.Select(_ => "---:|"))}\n");
        foreach (LeaderboardRow row in rows)
        {
            string cells = string.Concat(row.Bands.Select(band =>
                $" {Cell.Number(band.Metrics.FirstOrDefault(metric => metric.Name == leaderboard.Objective)?.Mean ?? double.NaN)} |"));
            text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(row.Row)} |{cells}\n");
        }

        text.Append('\n');
    }
}
