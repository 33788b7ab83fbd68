using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Workbench.Reports;

namespace Tests.Workbench.Reports;

/// <summary>The page is well-formed, needs nothing from elsewhere, runs nothing that a label says, and can be read by a screen reader.</summary>
public sealed class LeaderboardHtmlTests
{
    private static readonly Leaderboard[] Boards = [SampleLeaderboard.Make(), HostileLeaderboard.Of(60, i => 1.0 / (i + 2)), HostileLeaderboard.Of(1, _ => double.NaN)];

    private static XElement Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    [Fact]
    public void It_is_well_formed_and_labels_stay_text()
    {
        foreach (Leaderboard board in Boards)
        {
            XElement page = Parse(LeaderboardHtml.Write(board));
            XElement script = Assert.Single(page.Descendants("script"));
            Assert.DoesNotContain("alert", script.Value, StringComparison.Ordinal);
            Assert.Empty(page.Descendants("img"));
            Assert.Empty(page.Descendants("b"));
            Assert.All(page.Descendants("a"), link => Assert.StartsWith("#", link.Attribute("href")!.Value, StringComparison.Ordinal));
            string[] rows = [.. page.Descendants("th").Where(cell => cell.Attribute("scope")?.Value == "row").Select(cell => cell.Value)];
            Assert.Equal(board.Rows.Count, rows.Length);
            Assert.Equal(board.Rows.Select(row => Shown(row.Row)).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>What is no character of XML is shown as one that stands for what cannot be shown.</summary>
    private static string Shown(string label) => label.Replace('\t', ' ').Replace('\n', ' ').Replace('\u0001', '\uFFFD');

    [Fact]
    public void It_needs_nothing_from_elsewhere()
    {
        foreach (Leaderboard board in Boards)
        {
            XElement page = Parse(LeaderboardHtml.Write(board));
            Assert.Empty(page.Descendants("link"));
            Assert.All(page.DescendantsAndSelf().Attributes(), attribute => Assert.False(attribute.Name.LocalName is "src" or "srcset" or "onclick" or "onload", attribute.ToString()));
            string styles = string.Concat(page.Descendants("style").Select(style => style.Value));
            Assert.DoesNotContain("url(", styles, StringComparison.Ordinal);
            Assert.DoesNotContain("@import", styles, StringComparison.Ordinal);
            Assert.Contains("prefers-color-scheme:dark", styles, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Headings_have_scopes_names_are_unique_and_links_lead_somewhere()
    {
        foreach (Leaderboard board in Boards)
        {
            XElement page = Parse(LeaderboardHtml.Write(board));
            Assert.All(page.Descendants("th"), cell => Assert.NotNull(cell.Attribute("scope")));
            Assert.All(page.Descendants("thead").Descendants("th"), cell => Assert.NotEqual("", cell.Value.Trim()));
            Assert.Equal("descending", Assert.Single(page.Descendants("th"), cell => cell.Attribute("aria-sort") is not null).Attribute("aria-sort")!.Value);
            string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
            foreach (XElement svg in page.Descendants("svg"))
            {
                Assert.Equal("img", svg.Attribute("role")!.Value);
                Assert.All(svg.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains(id, ids));
            }

            foreach (XElement table in page.Descendants("table").Where(table => table.Element("thead") is not null))
            {
                int columns = table.Element("thead")!.Descendants("th").Count();
                Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Sum(cell => int.Parse(cell.Attribute("colspan")?.Value ?? "1", System.Globalization.CultureInfo.InvariantCulture))));
            }
        }
    }

    /// <summary>WCAG 2: contrast of 4.5 for text, 3 for graphics, in both themes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colours_have_contrast(bool dark)
    {
        string css = string.Concat(Parse(LeaderboardHtml.Write(Boards[0])).Descendants("style").Select(style => style.Value));
        string[] themes = css.Split("@media (prefers-color-scheme:dark)");
        Assert.Equal(3, themes.Length);
        string page = dark ? themes[1] : themes[0], charts = dark ? themes[2] : themes[1][themes[1].IndexOf(".chart .ground", StringComparison.Ordinal)..];
        string Of(string name) => Regex.Match(page, $@"--{name}:(#[0-9a-f]{{3,6}})").Groups[1].Value;
        foreach (string text in (string[])["ink", "quiet", "link", "fail"])
            Assert.True(Contrast(Of(text), Of("ground")) >= 4.5, $"{text}: {Contrast(Of(text), Of("ground")):0.00}");
        foreach (string ground in (string[])["best", "alike", "warn", "band"])
        {
            Assert.True(Contrast(Of("ink"), Of(ground)) >= 4.5, ground);
            Assert.True(ground == "warn" || Contrast(Of("quiet"), Of(ground)) >= 4.5, ground);
        }

        string behind = Regex.Match(charts, @"\.ground\{fill:(#[0-9a-f]+)").Groups[1].Value;
        Match[] series = [.. Regex.Matches(charts, @"\.s\d\{fill:(#[0-9a-f]+)").Cast<Match>()];
        Assert.Equal(6, series.Length);
        Assert.All(series, colour => Assert.True(Contrast(colour.Groups[1].Value, behind) >= 3, colour.Value));
        Assert.True(Contrast(Regex.Match(charts, @"text\{fill:(#[0-9a-f]+)").Groups[1].Value, behind) >= 4.5);
        Assert.True(Contrast(Regex.Match(charts, @"text\.quiet\{fill:(#[0-9a-f]+)").Groups[1].Value, behind) >= 4.5);
    }

    [Fact]
    public void The_measure_of_contrast_is_that_of_the_guidelines()
    {
        Assert.Equal(21, Contrast("#000", "#ffffff"), 1e-9);
        Assert.Equal(4.54, Contrast("#767676", "#fff"), 0.005);
    }

    private static double Contrast(string one, string two)
    {
        (double a, double b) = (Luminance(one), Luminance(two));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        string six = colour.Length == 4 ? string.Concat(colour[1..].Select(digit => $"{digit}{digit}")) : colour[1..];
        double[] parts = [.. Convert.FromHexString(six).Select(part => part / 255.0).Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
