namespace Workbench.Reports.Charts;

/// <summary>All charts that a leaderboard has something for.</summary>
public static class LeaderboardCharts
{
    /// <param name="leaderboard">may have failed rows, few or many</param>
    /// <param name="withTimes">without them equal files and seeds give equal bytes</param>
    public static IReadOnlyList<Chart> Of(Leaderboard leaderboard, bool withTimes = true)
    {
        if (leaderboard.Rows.All(row => row.Status != LeaderboardRow.Ok))
            return [];
        Chart?[] charts =
        [
            .. leaderboard.Protocols.Select(protocol => MetricBars.Of(leaderboard, protocol)),
            withTimes ? QualityTime.Of(leaderboard) : null,
            PopularityBands.Of(leaderboard),
            SearchConvergence.Of(leaderboard, withTimes),
            .. leaderboard.Searches.Select((search, i) => SearchSlices.Of(search, i + 1)),
            LearningCurves.Of(leaderboard),
        ];
        return [.. charts.OfType<Chart>()];
    }
}
