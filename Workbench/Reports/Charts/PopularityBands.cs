using System.Globalization;
using Evaluation;

namespace Workbench.Reports.Charts;

/// <summary>The objective by popularity of the target: a line of points per row, one point per band.</summary>
internal static class PopularityBands
{
    private const double Width = 680, Margin = 14, RowHeight = 36;

    /// <returns>null if no row has bands with targets</returns>
    internal static Chart? Of(Leaderboard leaderboard)
    {
        LeaderboardRow[] rows = [.. leaderboard.Ranked().Where(row => row.Bands.Any(band => band.Units > 0))];
        if (rows.Length == 0)
            return null;
        PopularityBand[] bands = [.. rows[0].Bands.Where(band => band.Units > 0).Select(band => band.Band)];
        var svg = new Svg();
        svg.Text(Margin, 20, $"{leaderboard.Objective} by popularity of the target", "title");
        string[] names = [.. bands.Select(band => string.Create(CultureInfo.InvariantCulture, $"{band.Name} (n = {rows[0].Bands.First(result => result.Band.Name == band.Name).Units:#,0})"))];
        double top = 34 + Legend.Draw(svg, names, Margin, 30, Width - (2 * Margin));
        double bottom = top + (rows.Length * RowHeight);
        var scale = Scale.Linear(rows.SelectMany(row => bands.Select(band => Value(row, band, leaderboard.Objective))), Margin + 6, Width - Margin - 10, fromZero: true, ticks: 6);
        foreach ((double value, string text) in scale.Ticks)
        {
            svg.Line(scale.At(value), top, scale.At(value), bottom, "grid");
            svg.Text(scale.At(value), bottom + 16, text, "quiet small", Anchor.Middle);
        }

        for (int i = 0; i < rows.Length; i++)
            Row(svg, rows[i], bands, leaderboard.Objective, top + (i * RowHeight), scale);
        return new Chart(
            "bands", $"{leaderboard.Objective} by popularity of the target",
            string.Create(CultureInfo.InvariantCulture, $"{rows.Length} rows, for targets that are {string.Join(", ", bands.Select(band => band.Name))}."), Width, bottom + 28, svg.ToString());
    }

    private static void Row(Svg svg, LeaderboardRow row, PopularityBand[] bands, string objective, double y, Scale scale)
    {
        svg.Text(Margin + 1, y + 14, row.Row, width: Width - (2 * Margin) - 10);
        double[] values = [.. bands.Select(band => Value(row, band, objective))];
        double[] places = [.. values.Where(double.IsFinite).Select(scale.At)];
        if (places.Length == 0)
            return;
        svg.Line(places.Min(), y + 25, places.Max(), y + 25, "axis");
        for (int b = bands.Length - 1; b >= 0; b--)
        {
            if (double.IsFinite(values[b]))
                svg.Marker(scale.At(values[b]), y + 25, b, $"{row.Row}, {bands[b].Name}: {Cell.Number(values[b])}", radius: 4.5);
        }
    }

    private static double Value(LeaderboardRow row, PopularityBand band, string objective) =>
        row.Bands.FirstOrDefault(result => result.Band.Name == band.Name)?.Metrics.FirstOrDefault(metric => metric.Name == objective)?.Mean ?? double.NaN;
}
