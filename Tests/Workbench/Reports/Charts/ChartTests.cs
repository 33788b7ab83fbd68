using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Workbench.Reports;
using Workbench.Reports.Charts;

namespace Tests.Workbench.Reports.Charts;

/// <summary>Charts are well-formed, stay within their frame whatever the figures, and are the same bytes for the same leaderboard.</summary>
public sealed partial class ChartTests
{
    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Figure();

    public static TheoryData<string> Boards => ["sample", "sixty", "one", "equal", "zero", "unknown", "some unknown", "negative", "tiny", "same time"];

    private static Leaderboard Make(string board) => board switch
    {
        "sample" => SampleLeaderboard.Make(),
        "sixty" => HostileLeaderboard.Of(60, i => 1.0 / (i + 2)),
        "one" => HostileLeaderboard.Of(1, _ => 0.25),
        "equal" => HostileLeaderboard.Of(8, _ => 0.25),
        "zero" => HostileLeaderboard.Of(8, _ => 0),
        "unknown" => HostileLeaderboard.Of(8, _ => double.NaN),
        "some unknown" => HostileLeaderboard.Of(9, i => i % 2 == 0 ? double.NaN : 0.1 * i),
        "negative" => HostileLeaderboard.Of(8, i => (i - 4) * 0.1),
        "tiny" => HostileLeaderboard.Of(8, i => 1e-9 * (i + 1)),
        _ => HostileLeaderboard.Of(8, i => 0.1 * i, _ => 0.5),
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void They_are_well_formed_and_nothing_leaves_the_frame(string board)
    {
        IReadOnlyList<Chart> charts = LeaderboardCharts.Of(Make(board));
        Assert.Contains(charts, chart => chart.Name == "metric.per-item");
        Assert.Equal(charts.Count, charts.Select(chart => chart.Name).Distinct().Count());
        foreach (Chart chart in charts)
        {
            XElement svg = XDocument.Parse(chart.ToFile()).Root!;
            Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name.ToString());
            Assert.DoesNotContain("NaN", chart.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", chart.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", chart.Body, StringComparison.Ordinal);
            foreach (XElement element in svg.Descendants())
            {
                foreach ((string name, double most) in ((string, double)[])[("x", chart.Width), ("x1", chart.Width), ("x2", chart.Width), ("y", chart.Height), ("y1", chart.Height), ("y2", chart.Height)])
                {
                    if (element.Attribute(name) is { } place)
                        Assert.InRange(double.Parse(place.Value, CultureInfo.InvariantCulture), 0, most);
                }

                if (element.Name.LocalName == "path" && element.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal))
                {
                    double[] numbers = [.. Figure().Matches(element.Attribute("d")!.Value).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
                    for (int i = 0; i < numbers.Length; i++)
                        Assert.InRange(numbers[i], 0, i % 2 == 0 ? chart.Width : chart.Height);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Texts_do_not_stand_out_on_the_right_and_titles_tell_what_was_shortened(string board)
    {
        foreach (Chart chart in LeaderboardCharts.Of(Make(board)))
        {
            foreach (XElement text in XElement.Parse(chart.ToInline()).Descendants("text"))
            {
                string shown = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
                string anchor = text.Attribute("text-anchor")?.Value ?? "start";
                double x = double.Parse(text.Attribute("x")!.Value, CultureInfo.InvariantCulture), width = TextWidth.Of(shown) * (shown.Contains("95 %", StringComparison.Ordinal) ? 0.92 : 1);
                Assert.True(x + (anchor == "start" ? width : anchor == "middle" ? width / 2 : 0) <= chart.Width + 14, $"{chart.Name}: {shown}");
                Assert.True(x - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0) >= -14, $"{chart.Name}: {shown}");
            }
        }
    }

    [Fact]
    public void Without_times_the_bytes_do_not_depend_on_them()
    {
        Leaderboard one = SampleLeaderboard.Make(), two = one with
        {
            Rows = [.. one.Rows.Select(row => row with { Seconds = row.Seconds * 2 })],
            Searches = [.. one.Searches.Select(search => search with { Trials = [.. search.Trials.Select(trial => trial with { FinishedAfter = 99 - trial.FinishedAfter })] })],
        };
        string Bytes(Leaderboard leaderboard, bool withTimes) => string.Concat(LeaderboardCharts.Of(leaderboard, withTimes).Select(chart => chart.ToFile()));
        Assert.Equal(Bytes(one, false), Bytes(two, false));
        Assert.NotEqual(Bytes(one, true), Bytes(two, true));
        Assert.Equal(Bytes(one, true), Bytes(SampleLeaderboard.Make(), true));
    }

    [Fact]
    public void Every_chart_of_the_sample_is_as_approved()
    {
        IReadOnlyList<Chart> charts = LeaderboardCharts.Of(SampleLeaderboard.Make());
        Assert.Equal(["metric.per-item", "time", "bands", "convergence", "search.1", "learning"], charts.Select(chart => chart.Name));
        Assert.All(charts, chart => ReportTests.AssertApproved($"{chart.Name}.svg", chart.ToFile()));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.0371, 0.0378)]
    [InlineData(-3.0, 12345.0)]
    [InlineData(5.0, 5.0)]
    [InlineData(0.0, 0.0)]
    public void A_scale_has_its_values_between_its_ends_and_few_round_ticks(double low, double high)
    {
        var scale = Scale.Linear([low, high, double.NaN], 100, 300);
        Assert.InRange(scale.At(low), 100, 300);
        Assert.InRange(scale.At(high), 100, 300);
        Assert.InRange(scale.Ticks.Count, 2, 12);
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(tick => tick.Text).Distinct().Count());
        Assert.Equal(100, scale.At(scale.Ticks[0].Value), 1e-9);
        Assert.Equal(300, scale.At(scale.Ticks[^1].Value), 1e-9);
        Assert.True(double.IsNaN(scale.At(double.NaN)));
    }

    [Theory]
    [InlineData(0.001, 1000.0)]
    [InlineData(0.02, 0.03)]
    [InlineData(7.0, 7.0)]
    public void A_logarithmic_scale_has_equal_ratios_at_equal_distances(double low, double high)
    {
        var scale = Scale.Logarithmic([low, high, 0, -1], 0, 100);
        Assert.InRange(scale.At(low), -1e-9, 100 + 1e-9);
        Assert.InRange(scale.At(high), -1e-9, 100 + 1e-9);
        Assert.Equal(scale.At(low * 1.5) - scale.At(low), scale.At(high * 1.5) - scale.At(high), 1e-9);
        Assert.True(double.IsNaN(scale.At(0)));
        Assert.InRange(scale.Ticks.Count, 1, 8);
    }

    [Theory]
    [InlineData("short", 100)]
    [InlineData("matrix-factorization (dimension=64, unobserved_weight=0.5)", 150)]
    [InlineData("🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬🎬", 61)]
    [InlineData("wide", 1)]
    public void A_shortened_text_fits_and_keeps_both_ends(string text, double width)
    {
        string shown = TextWidth.Shorten(text, width);
        Assert.True(TextWidth.Of(shown) <= Math.Max(width, TextWidth.Of("…")));
        Assert.Equal(shown, string.Concat(shown.EnumerateRunes().Select(rune => rune.ToString())));
        if (shown != text && shown.Length > 2)
            Assert.Equal((text[0], text[^1]), (shown[0], shown[^1]));
        Assert.InRange(TextWidth.Wrap(text, width).Count, 1, 2);
    }
}
