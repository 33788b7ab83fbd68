using System.Globalization;

namespace Workbench.Reports.Charts;

/// <summary>The best value so far of every search, against the number of trials and against the seconds of work. Trials that were stopped early are not in the running.</summary>
internal static class SearchConvergence
{
    private const double Width = 680, Margin = 14;

    /// <param name="withTimes">whether the panel of seconds is drawn</param>
    /// <returns>null if no search came to a value</returns>
    internal static Chart? Of(Leaderboard leaderboard, bool withTimes)
    {
        SearchHistory[] searches = [.. leaderboard.Searches.Where(search => search.Trials.Any(IsValued))];
        if (searches.Length == 0)
            return null;
        var svg = new Svg();
        svg.Text(Margin, 20, $"Best {string.Join(", ", searches.Select(search => search.Objective).Distinct())} so far, validation", "title");
        double top = 46 + Legend.Draw(svg, [.. searches.Select(search => $"{search.Row} ({search.Sampler})")], Margin, 30, Width - (2 * Margin), lines: true);
        double width = withTimes ? 260 : Width - 66 - 30;
        Draw(svg, new Panel(66, top, width, 220), searches, "trials", trial => trial.Number + 1);
        if (withTimes)
            Draw(svg, new Panel(66 + 260 + 76, top, width, 220), searches, "seconds of work", trial => trial.FinishedAfter);
        return new Chart(
            "convergence", "Convergence of the search",
            string.Create(CultureInfo.InvariantCulture, $"The best value so far of {searches.Length} searches: {string.Join(", ", searches.Select(search => search.Row))}."),
            Width, top + 220 + 42, svg.ToString());
    }

    private static bool IsValued(SearchedTrial trial) => trial is { Status: SearchedTrial.Ok, Value: { } value } && double.IsFinite(value);

    private static void Draw(Svg svg, Panel panel, SearchHistory[] searches, string name, Func<SearchedTrial, double> placeOf)
    {
        (double X, double Y)[][] curves = [.. searches.Select(search => Best(search, placeOf))];
        Scale x = panel.X(curves.SelectMany(curve => curve.Select(point => point.X)), fromZero: true), y = panel.Y(curves.SelectMany(curve => curve.Select(point => point.Y)));
        panel.DrawY(svg, y);
        panel.DrawX(svg, x, name);
        for (int i = 0; i < curves.Length; i++)
        {
            svg.Path(Steps(curves[i]).Select(point => (x.At(point.X), y.At(point.Y))), ChartStyle.LineOf(i));
            svg.Marker(x.At(curves[i][0].X), y.At(curves[i][0].Y), i, "", radius: 3);
        }
    }

    /// <summary>In the order of the axis, from the first trial with a value to the end of the search.</summary>
    private static (double X, double Y)[] Best(SearchHistory search, Func<SearchedTrial, double> placeOf)
    {
        var points = new List<(double, double)>();
        double best = double.NegativeInfinity;
        foreach (SearchedTrial trial in search.Trials.OrderBy(placeOf).ThenBy(trial => trial.Number))
        {
            if (IsValued(trial))
                best = Math.Max(best, trial.Value!.Value);
            if (double.IsFinite(best))
                points.Add((placeOf(trial), best));
        }

        return [.. points];
    }

    private static IEnumerable<(double X, double Y)> Steps((double X, double Y)[] points)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (i > 0)
                yield return (points[i].X, points[i - 1].Y);
            yield return points[i];
        }
    }
}
