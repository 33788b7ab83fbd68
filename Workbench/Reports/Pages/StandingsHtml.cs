using System.Globalization;
using System.Text;
using Workbench.Reports.Charts;

namespace Workbench.Reports.Pages;

/// <summary>The first table of the page: every metric of the first protocol, best row first.</summary>
internal static class StandingsHtml
{
    internal static void Write(StringBuilder text, Leaderboard leaderboard, bool withTimes)
    {
        string protocol = leaderboard.Protocols[0];
        IReadOnlyList<LeaderboardRow> ranked = leaderboard.Ranked();
        int units = ranked.Count == 0 ? 0 : ranked[0].Metrics[protocol][leaderboard.Objective].N;
        bool seeds = ranked.Any(row => row.Metrics[protocol].Values.Any(metric => metric.SeedDeviation is not null));
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet small\" id=\"legend\">{Svg.Escape(protocol)}, n = {units}: mean ± standard error over units{(seeds ? " (standard deviation over seeds)" : "")}, 95 % bootstrap interval; the best of a column in bold. {StandingsTable.Legend}</p>\n");
        text.Append("<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table aria-describedby=\"legend\">\n<thead><tr><th scope=\"col\" class=\"number\">#</th><th scope=\"col\">row</th>");
        text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" class=\"number\" aria-sort=\"descending\">{Svg.Escape(leaderboard.Objective)}</th><th scope=\"col\" class=\"number\">interval</th><th scope=\"col\" class=\"number\">p against the best</th>");
        foreach (string metric in Others(leaderboard))
            text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" class=\"number\">{Svg.Escape(metric)}</th>");
        text.Append(withTimes ? "<th scope=\"col\">kind</th><th scope=\"col\" class=\"number\">seconds</th></tr></thead>\n<tbody>\n" : "<th scope=\"col\">kind</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < ranked.Count; i++)
            Row(text, leaderboard, ranked[i], i, withTimes);
        foreach (LeaderboardRow row in leaderboard.Rows.Where(row => row.Status != LeaderboardRow.Ok))
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr class=\"failed\"><td class=\"number place\">-</td><th scope=\"row\" class=\"row\">{Svg.Escape(row.Row)}</th>");
            text.Append(CultureInfo.InvariantCulture, $"<td class=\"error\" colspan=\"{leaderboard.Metrics.Count + 2}\">failed: {Svg.Escape(row.Error ?? "")}</td><td>{Svg.Escape(row.Kind)}</td>{(withTimes ? "<td class=\"number\">-</td>" : "")}</tr>\n");
        }

        text.Append("</tbody></table></div>\n");
    }

    private static IEnumerable<string> Others(Leaderboard leaderboard) => leaderboard.Metrics.Where(metric => metric != leaderboard.Objective);

    private static void Row(StringBuilder text, Leaderboard leaderboard, LeaderboardRow row, int place, bool withTimes)
    {
        IReadOnlyDictionary<string, RowMetric> metrics = row.Metrics[leaderboard.Protocols[0]];
        string style = place == 0 ? " class=\"best\"" : row.IsLikeTheBest ? " class=\"alike\"" : "";
        RowComparison? behind = StandingsTable.ComparisonOf(row, RowComparison.BestRow);
        text.Append(CultureInfo.InvariantCulture, $"<tr{style}><td class=\"number place\">{place + 1}</td><th scope=\"row\" class=\"row\">{Svg.Escape(row.Row)}</th>");
        text.Append(CultureInfo.InvariantCulture, $"{Figure(leaderboard, row, leaderboard.Objective, row.IsLikeTheBest ? $" {StandingsTable.Alike}" : "")}<td class=\"number\">{Cell.Interval(metrics[leaderboard.Objective])}</td>");
        text.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{(behind is null ? "-" : Svg.Escape(Cell.P(behind.AdjustedP)))}</td>{string.Concat(Others(leaderboard).Select(name => Figure(leaderboard, row, name, "")))}<td>{Svg.Escape(row.Kind)}</td>");
        text.Append(withTimes ? $"<td class=\"number\">{Cell.Seconds(row.Seconds)}</td></tr>\n" : "</tr>\n");
    }

    private static string Figure(Leaderboard leaderboard, LeaderboardRow row, string name, string mark)
    {
        RowMetric metric = row.Metrics[leaderboard.Protocols[0]][name];
        string mean = LeaderboardMarkdown.IsBest(leaderboard, leaderboard.Protocols[0], name, row) ? $"<strong>{Cell.Number(metric.Mean)}</strong>" : Cell.Number(metric.Mean);
        string seeds = metric.SeedDeviation is { } deviation ? $" ({Cell.Number(deviation)})" : "";
        return $"<td class=\"number\">{mean}{mark}<span class=\"se\"> ± {Cell.Number(metric.Se)}{seeds}</span></td>";
    }
}
