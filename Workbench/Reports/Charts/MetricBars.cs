using System.Globalization;

namespace Workbench.Reports.Charts;

/// <summary>The objective of every row as a bar with its bootstrap interval, best first. A label stands above its bar, so that it may be long.</summary>
internal static class MetricBars
{
    private const double Width = 680, Margin = 14, RowHeight = 36;

    internal static Chart Of(Leaderboard leaderboard, string protocol)
    {
        string objective = leaderboard.Objective;
        LeaderboardRow[] rows = [.. leaderboard.Ranked().OrderByDescending(row => row.Metrics[protocol][objective].Mean)];
        LeaderboardRow[] failed = [.. leaderboard.Rows.Where(row => row.Status != LeaderboardRow.Ok)];
        string[] kinds = [.. leaderboard.Rows.Select(row => row.Kind).Distinct()];
        var svg = new Svg();
        svg.Text(Margin, 20, $"{objective}, {protocol}", "title");
        svg.Text(Width - Margin, 20, "whiskers: 95 % bootstrap interval", "quiet small", Anchor.End);
        double top = 34 + Legend.Draw(svg, kinds, Margin, 30, Width - (2 * Margin));
        double bottom = top + (rows.Length * RowHeight);
        var scale = Scale.Linear(rows.SelectMany(row => Known(row.Metrics[protocol][objective])), Margin, Width - Margin - 10, fromZero: true, ticks: 6);
        foreach ((double value, string text) in scale.Ticks)
        {
            svg.Line(scale.At(value), top, scale.At(value), bottom, "grid");
            svg.Text(scale.At(value), bottom + 16, text, "quiet small", Anchor.Middle);
        }

        bool first = protocol == leaderboard.Protocols[0];
        for (int i = 0; i < rows.Length; i++)
            Row(svg, rows[i], rows[i].Metrics[protocol][objective], top + (i * RowHeight), scale, Array.IndexOf(kinds, rows[i].Kind), i == 0, first && rows[i].IsLikeTheBest);
        double y = bottom + 34;
        foreach (LeaderboardRow row in failed)
        {
            svg.Text(Margin, y, $"{row.Row}: failed", "quiet small", width: Width - (2 * Margin));
            y += 16;
        }

        string description = rows.Length == 0 ? "All rows failed."
            : string.Create(CultureInfo.InvariantCulture, $"{rows.Length} rows by {objective} under {protocol}, from {rows[0].Row} with {Cell.Number(rows[0].Metrics[protocol][objective].Mean)} to {rows[^1].Row} with {Cell.Number(rows[^1].Metrics[protocol][objective].Mean)}.");
        return new Chart($"metric.{protocol}", $"{objective} by row, {protocol}", description, Width, y - 10, svg.ToString());
    }

    private static IEnumerable<double> Known(RowMetric metric) => [metric.Mean, double.IsFinite(metric.High) ? metric.High : metric.Mean];

    private static void Row(Svg svg, LeaderboardRow row, RowMetric metric, double y, Scale scale, int kind, bool best, bool alike)
    {
        string value = Cell.Number(metric.Mean) + (alike ? " †" : "");
        double room = Width - (2 * Margin) - TextWidth.Of(value) - 22;
        svg.Text(Margin + 1, y + 14, row.Row, best ? "strong" : "", width: best ? room * 0.94 : room);
        svg.Text(Width - Margin, y + 14, value, best ? "strong" : "", Anchor.End);
        if (!double.IsFinite(metric.Mean))
            return;
        double zero = scale.At(0), end = scale.At(metric.Mean);
        svg.Box(Math.Min(zero, end), y + 19, Math.Max(1, Math.Abs(end - zero)), 10, $"s{ChartStyle.Colour(kind)}");
        if (!double.IsFinite(metric.Low) || !double.IsFinite(metric.High))
            return;
        double low = scale.At(metric.Low), high = scale.At(metric.High);
        svg.Line(low, y + 24, high, y + 24, "halo");
        svg.Line(low, y + 24, high, y + 24, "whisker");
        svg.Line(low, y + 21, low, y + 27, "whisker");
        svg.Line(high, y + 21, high, y + 27, "whisker");
    }
}
