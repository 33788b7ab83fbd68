using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Workbench.Reports.Charts;
using Workbench.Reports.Pages;

namespace Workbench.Reports;

/// <summary>leaderboard.html: one file that needs nothing beside it, with charts drawn in and tables that sort.</summary>
public static partial class LeaderboardHtml
{
    private static readonly Lazy<string> Style = new(() => Resource("page.css")), Script = new(() => Resource("page.js"));

    [GeneratedRegex("<h2 id=\"([^\"]*)\">(.*?)</h2>")]
    private static partial Regex Heading();

    /// <summary>Well-formed XML. Deterministic in the leaderboard but for times, which <paramref name="withTimes"/> leaves out.</summary>
    public static string Write(Leaderboard leaderboard, bool withTimes = true)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        string body = Body(leaderboard, withTimes);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Svg.Escape(leaderboard.Name)}: leaderboard</title>\n<style>\n{Style.Value}{ChartStyle.Css}\n</style>\n</head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<h1>{Svg.Escape(leaderboard.Name)}</h1>\n");
        if (leaderboard.Dataset.Synthetic)
            page.Append("<p class=\"warn\"><strong>Synthetic data.</strong> These figures show that the program works; they say nothing about real people.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"{MarkdownFragment.ToHtml(LeaderboardMarkdown.Summary(leaderboard))}<nav aria-label=\"Sections\"><ul>");
        foreach (Match heading in Heading().Matches(body))
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{heading.Groups[1].Value}\">{heading.Groups[2].Value}</a></li>");
        page.Append(CultureInfo.InvariantCulture, $"</ul></nav>\n</header>\n<main>\n{body}</main>\n<footer><p>{Svg.Escape(leaderboard.Dataset.Name)}, fingerprint {Svg.Escape(leaderboard.Dataset.Fingerprint)}</p></footer>\n");
        page.Append(CultureInfo.InvariantCulture, $"<script>\n{Script.Value}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Body(Leaderboard leaderboard, bool withTimes)
    {
        var text = new StringBuilder("<h2 id=\"leaderboard\">Leaderboard</h2>\n");
        StandingsHtml.Write(text, leaderboard, withTimes);
        IReadOnlyList<Chart> charts = LeaderboardCharts.Of(leaderboard, withTimes);
        if (charts.Count > 0)
        {
            text.Append("<h2 id=\"charts\">Charts</h2>\n<div class=\"charts\">\n");
            foreach (Chart chart in charts)
                text.Append(CultureInfo.InvariantCulture, $"<figure tabindex=\"0\">\n{chart.ToInline()}</figure>\n");
            text.Append("</div>\n");
        }

        var sections = new StringBuilder();
        foreach (string protocol in leaderboard.Protocols.Skip(1))
            LeaderboardMarkdown.Protocol(sections, leaderboard, protocol, withTimes);
        LeaderboardMarkdown.Rest(sections, leaderboard, withTimes);
        return text.Append(MarkdownFragment.ToHtml(sections.ToString())).ToString();
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(LeaderboardHtml).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
