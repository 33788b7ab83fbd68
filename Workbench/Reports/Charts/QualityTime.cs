using System.Globalization;

namespace Workbench.Reports.Charts;

/// <summary>The objective against the time of fitting and ranking, with the Pareto front: the rows than which none is both better and faster. They are numbered and named below.</summary>
internal static class QualityTime
{
    private const double Width = 680, Margin = 14;

    /// <returns>null with fewer than two rows</returns>
    internal static Chart? Of(Leaderboard leaderboard)
    {
        string protocol = leaderboard.Protocols[0], objective = leaderboard.Objective;
        (LeaderboardRow Row, double Value)[] rows =
        [
            .. leaderboard.Ranked().Select(row => (row, row.Metrics[protocol][objective].Mean)).Where(pair => double.IsFinite(pair.Mean) && pair.row.Seconds > 0),
        ];
        if (rows.Length < 2)
            return null;
        (LeaderboardRow Row, double Value)[] front = Front(rows);
        string[] kinds = [.. leaderboard.Rows.Select(row => row.Kind).Distinct()];
        var svg = new Svg();
        svg.Text(Margin, 20, $"{objective} ({protocol}) against time", "title");
        svg.Text(Width - Margin, 20, "what rows share counts where it was made", "quiet small", Anchor.End);
        double top = 44 + Legend.Draw(svg, kinds, Margin, 30, Width - (2 * Margin));
        var panel = new Panel(60, top, Width - 60 - 30, 280);
        Scale y = panel.Y(rows.Select(row => row.Value)), x = panel.X(rows.Select(row => row.Row.Seconds), isLog: true);
        panel.DrawY(svg, y);
        panel.DrawX(svg, x, "seconds of fitting and ranking");
        svg.Path(Steps(front, x, y), "front dash1");
        foreach ((LeaderboardRow row, double value) in rows)
            svg.Marker(x.At(row.Seconds), y.At(value), Array.IndexOf(kinds, row.Kind), $"{row.Row}: {Cell.Number(value)}, {Cell.Seconds(row.Seconds)} s", front.Any(other => other.Row == row) ? "chosen thin" : "faint", 4.5);
        double below = panel.Bottom + 54;
        double last = double.NegativeInfinity;
        for (int i = 0; i < front.Length; i++)
        {
            // Numbers of points that lie together would cover each other: the list below has them all.
            double at = x.At(front[i].Row.Seconds);
            if (at - last > 14)
            {
                svg.Text(at, y.At(front[i].Value) - 9, (i + 1).ToString(CultureInfo.InvariantCulture), "strong", Anchor.Middle);
                last = at;
            }

            string figures = $"{Cell.Number(front[i].Value)}, {Cell.Seconds(front[i].Row.Seconds)} s";
            svg.Text(Margin, below + (i * 18), string.Create(CultureInfo.InvariantCulture, $"{i + 1}  {front[i].Row.Row}"), width: Width - (2 * Margin) - TextWidth.Of(figures) - 12);
            svg.Text(Width - Margin, below + (i * 18), figures, "quiet", Anchor.End);
        }

        return new Chart(
            "time", $"{objective} against time",
            string.Create(CultureInfo.InvariantCulture, $"{rows.Length} rows; none is both better and faster than {string.Join(", ", front.Select(pair => pair.Row.Row))}."),
            Width, below + (front.Length * 18), svg.ToString());
    }

    /// <summary>Fastest first; of equals in both the first of the ranking.</summary>
    private static (LeaderboardRow Row, double Value)[] Front((LeaderboardRow Row, double Value)[] rows)
    {
        var front = new List<(LeaderboardRow Row, double Value)>();
        foreach ((LeaderboardRow Row, double Value) row in rows.OrderBy(row => row.Row.Seconds).ThenByDescending(row => row.Value))
        {
            if (front.Count == 0 || row.Value > front[^1].Value)
                front.Add(row);
        }

        return [.. front];
    }

    private static IEnumerable<(double X, double Y)> Steps((LeaderboardRow Row, double Value)[] front, Scale x, Scale y)
    {
        for (int i = 0; i < front.Length; i++)
        {
            if (i > 0)
                yield return (x.At(front[i].Row.Seconds), y.At(front[i - 1].Value));
            yield return (x.At(front[i].Row.Seconds), y.At(front[i].Value));
        }
    }
}
