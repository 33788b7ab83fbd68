using System.Globalization;
using System.Text.Json;
using Tests.Architecture;
using Trainers;
using Workbench.Reports;
using Workbench.Reports.Charts;

namespace Tests.Workbench.Reports;

/// <summary>The files of a report are approved text, the same in every culture.</summary>
public sealed class ReportTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string culture in (string[])["", "en-US", "ru-RU"])
            {
                foreach (string file in (string[])["leaderboard.md", "leaderboard.csv", "leaderboard.json", "leaderboard.html", "leaderboard.tex", "summary.md"])
                    data.Add(file, culture);
            }

            return data;
        }
    }

    private static string Write(string file, Leaderboard leaderboard) => Path.GetExtension(file) switch
    {
        ".md" when file == "summary.md" => StepSummary.Write(leaderboard, "reports/sample/leaderboard.md"),
        ".html" => LeaderboardHtml.Write(leaderboard),
        ".tex" => LeaderboardTex.Write(leaderboard),
        ".md" => LeaderboardMarkdown.Write(leaderboard, charts: LeaderboardCharts.Of(leaderboard)),
        ".csv" => LeaderboardCsv.Write(leaderboard),
        _ => LeaderboardJson.Write(leaderboard),
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_files_are_as_approved(string file, string culture)
    {
        (CultureInfo before, CultureInfo beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            if (culture == "ru-RU")
                Assert.Equal("0,5", 0.5.ToString(CultureInfo.CurrentCulture));
            AssertApproved(file, Write(file, SampleLeaderboard.Make()));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    /// <summary>What differs lies beside the tests, to be looked at and copied if it is right.</summary>
    internal static void AssertApproved(string file, string actual)
    {
        string approved = Path.Combine(SourceFile.Root, "Tests", "Workbench", "Reports", "approved", file);
        string expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (actual != expected)
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"received.{file}"), actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_line_of_a_table_has_its_tables_cells()
    {
        Assert.Equal(10, Tables(LeaderboardMarkdown.Write(SampleLeaderboard.Make())));
        Assert.Equal(10, Tables(LeaderboardMarkdown.Write(HostileLeaderboard.Of(60, i => 1.0 / (i + 2)))));
        Assert.Equal(1, Tables(StepSummary.Write(HostileLeaderboard.Of(60, i => 1.0 / (i + 2)))));
    }

    private static int Tables(string markdown)
    {
        string[] lines = markdown.Split('\n');
        int tables = 0, cells = 0;
        foreach (string line in lines)
        {
            if (!line.StartsWith('|'))
            {
                cells = 0;
                continue;
            }

            int bars = line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|');
            tables += cells == 0 ? 1 : 0;
            cells = cells == 0 ? bars : cells;
            Assert.True(cells == bars, $"{bars} bars instead of {cells}: {line}");
        }

        return tables;
    }

    [Fact]
    public void A_summary_is_added_to_what_is_there_and_one_that_cannot_be_written_is_told_in_a_line()
    {
        string folder = Directory.CreateTempSubdirectory("summary").FullName;
        string file = Path.Combine(folder, "summary.md");
        File.WriteAllText(file, "before\n");
        StepSummary.Append(file, SampleLeaderboard.Make(), "reports/a b/leaderboard.md");
        string text = File.ReadAllText(file);
        UserErrorException error = Assert.Throws<UserErrorException>(() => StepSummary.Append(folder, SampleLeaderboard.Make()));
        Directory.Delete(folder, recursive: true);
        Assert.StartsWith("before\n### sample (synthetic data)\n", text, StringComparison.Ordinal);
        Assert.Contains("[Report](reports/a%20b/leaderboard.md)", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(folder, error.File);
    }

    [Fact]
    public void Json_reads_back_the_figures_and_has_null_for_what_is_not_known()
    {
        using var json = JsonDocument.Parse(LeaderboardJson.Write(SampleLeaderboard.Make()));
        JsonElement metric = json.RootElement.GetProperty("rows")[1].GetProperty("metrics").GetProperty("per-item").GetProperty("ndcg@5");
        Assert.Equal(0.25, metric.GetProperty("mean").GetDouble());
        Assert.Equal(JsonValueKind.Null, metric.GetProperty("low").ValueKind);
        Assert.Equal(0.015, metric.GetProperty("seed_deviation").GetDouble());
        Assert.Equal("failed", json.RootElement.GetProperty("rows")[2].GetProperty("status").GetString());
    }

    [Fact]
    public void Without_times_two_runs_are_alike()
    {
        Leaderboard one = SampleLeaderboard.Make();
        Leaderboard two = one with
        {
            Provenance = one.Provenance with { Seconds = 9, PeakMemoryBytes = 5, Machine = "another" },
            Rows = [.. one.Rows.Select(row => row with { Seconds = 7 })],
            Searches = [.. one.Searches.Select(search => search with { Trials = [.. search.Trials.Select(trial => trial with { Seconds = 3, FinishedAfter = 50 - trial.Number })] })],
        };
        Assert.NotEqual(LeaderboardJson.Write(one), LeaderboardJson.Write(two));
        Assert.Equal(LeaderboardJson.WriteWithoutTimes(one), LeaderboardJson.WriteWithoutTimes(two));
        Assert.NotEqual(LeaderboardMarkdown.Write(one), LeaderboardMarkdown.Write(two));
        Assert.Equal(LeaderboardMarkdown.Write(one, withTimes: false), LeaderboardMarkdown.Write(two, withTimes: false));
        Assert.NotEqual(LeaderboardHtml.Write(one), LeaderboardHtml.Write(two));
        Assert.Equal(LeaderboardHtml.Write(one, withTimes: false), LeaderboardHtml.Write(two, withTimes: false));
        Assert.Equal(LeaderboardTex.Write(one), LeaderboardTex.Write(two));
    }

    [Fact]
    public void A_board_on_which_all_failed_is_written_too()
    {
        Leaderboard leaderboard = SampleLeaderboard.Make();
        leaderboard = leaderboard with { Rows = [leaderboard.Rows[2]], Searches = [] };
        Assert.Empty(LeaderboardCharts.Of(leaderboard));
        Assert.Contains("class=\"failed\"", LeaderboardHtml.Write(leaderboard), StringComparison.Ordinal);
        Assert.Contains("{failed}", LeaderboardTex.Write(leaderboard), StringComparison.Ordinal);
        Assert.Contains("ease failed: ", StepSummary.Write(leaderboard), StringComparison.Ordinal);
        Assert.Null(leaderboard.Best("per-item", "ndcg@5"));
        Assert.Contains("1 of them failed", LeaderboardMarkdown.Write(leaderboard), StringComparison.Ordinal);
        Assert.Equal(2, LeaderboardCsv.Write(leaderboard).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"failed\"", LeaderboardJson.Write(leaderboard), StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_is_the_first_of_equals()
    {
        Leaderboard leaderboard = SampleLeaderboard.Make();
        LeaderboardRow row = leaderboard.Rows[1];
        leaderboard = leaderboard with { Rows = [leaderboard.Rows[2], row, row with { Row = "another" }] };
        Assert.Same(row, leaderboard.Best("per-item", "hit@5"));
    }

    [Fact]
    public void Lines_of_csv_have_the_headers_fields()
    {
        string[] lines = LeaderboardCsv.Write(SampleLeaderboard.Make()).Split('\n');
        Assert.Equal(9, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.All(lines[..^1], line => Assert.Equal(13, System.Text.RegularExpressions.Regex.Replace(line, "\"([^\"]|\"\")*\"", "x").Count(letter => letter == ',')));
    }
}
