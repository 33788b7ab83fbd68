using System.Globalization;
using System.Text;
using Trainers;

namespace Workbench.Reports;

/// <summary>A few lines for the summary of a job of GitHub Actions: the best rows, and where the report is.</summary>
public static class StepSummary
{
    private const int MostRows = 10;

    /// <summary>Appends to <paramref name="file"/>, as other steps of the job write there too; <c>GITHUB_STEP_SUMMARY</c> names such a file.</summary>
    /// <param name="file">is made if it is not there</param>
    /// <param name="leaderboard">what was found</param>
    /// <param name="link">of the report, relative or absolute; null for none</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Append(string file, Leaderboard leaderboard, string? link = null)
    {
        try
        {
            File.AppendAllText(file, Write(leaderboard, link), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot write the summary: {error.Message.ReplaceLineEndings(" ")}; name another file", file, inner: error);
        }
    }

    /// <summary>A heading, the summary, at most ten rows and the failed ones.</summary>
    public static string Write(Leaderboard leaderboard, string? link = null)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        IReadOnlyList<LeaderboardRow> ranked = leaderboard.Ranked();
        string protocol = leaderboard.Protocols[0], objective = leaderboard.Objective;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {Cell.Escape(leaderboard.Name)}{(leaderboard.Dataset.Synthetic ? " (synthetic data)" : "")}\n\n{LeaderboardMarkdown.Summary(leaderboard)}");
        if (ranked.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"| # | row | {objective} ({protocol}) | 95 % interval |\n|---:|---|---:|---:|\n");
            for (int i = 0; i < Math.Min(MostRows, ranked.Count); i++)
            {
                RowMetric metric = ranked[i].Metrics[protocol][objective];
                text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {Cell.Escape(ranked[i].Row)} | {Cell.Metric(metric, LeaderboardMarkdown.IsBest(leaderboard, protocol, objective, ranked[i]))}{(ranked[i].IsLikeTheBest ? $" {StandingsTable.Alike}" : "")} | {Cell.Interval(metric)} |\n");
            }

            text.Append(ranked.Count > MostRows ? string.Create(CultureInfo.InvariantCulture, $"\n{ranked.Count - MostRows} further rows.\n") : "");
            text.Append(ranked.Any(row => row.IsLikeTheBest) ? $"\n{StandingsTable.Legend}\n" : "");
        }

        foreach (LeaderboardRow row in leaderboard.Rows.Where(row => row.Status != LeaderboardRow.Ok))
            text.Append(CultureInfo.InvariantCulture, $"\n- {Cell.Escape(row.Row)} failed: {Cell.Escape(row.Error ?? "")}");
        text.Append(link is null ? "\n" : $"\n\n[Report]({Uri.EscapeDataString(link).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal)})\n\n");
        return text.ToString();
    }
}
