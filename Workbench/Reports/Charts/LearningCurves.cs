using System.Globalization;

namespace Workbench.Reports.Charts;

/// <summary>The learning curves of rows, best row first: a panel for the loss, which is each method's own, and one for the validation where the method looks.</summary>
internal static class LearningCurves
{
    private const double Width = 680, Margin = 14, PanelWidth = 260, PanelHeight = 110, RowHeight = 210, First = 66, Second = First + PanelWidth + 76;

    /// <summary>Further rows would make a drawing that nobody reads to its end.</summary>
    internal const int MostRows = 12;

    /// <returns>null if nothing was learned in epochs</returns>
    internal static Chart? Of(Leaderboard leaderboard)
    {
        LeaderboardRow[] rows = [.. leaderboard.Ranked().Where(row => Finite(row, point => point.Loss ?? point.Validation).Length > 1)];
        if (rows.Length == 0)
            return null;
        LeaderboardRow[] shown = [.. rows.Take(MostRows)];
        var svg = new Svg();
        svg.Text(Margin, 20, rows.Length > shown.Length
            ? string.Create(CultureInfo.InvariantCulture, $"Learning curves of the best {shown.Length} of {rows.Length} rows")
            : "Learning curves", "title");

        // A row with one curve takes half a line, one with two a whole line.
        (double top, bool isHalf) = (40, false);
        foreach (LeaderboardRow row in shown)
        {
            (int Epoch, double Value)[] loss = Finite(row, point => point.Loss), validation = Finite(row, point => point.Validation);
            bool both = loss.Length > 0 && validation.Length > 0;
            if (both && isHalf)
                (top, isHalf) = (top + RowHeight, false);
            double left = isHalf ? Second : First;
            IReadOnlyList<string> title = TextWidth.Wrap(row.Row, both ? Width - (3 * Margin) : PanelWidth + 36);
            for (int i = 0; i < title.Count; i++)
                svg.Text(left - 52, top + 8 + (15 * i), title[i], "strong small");
            if (loss.Length > 0)
                Draw(svg, loss, "loss", 0, left, top);
            if (validation.Length > 0)
                Draw(svg, validation, "validation", 1, both ? Second : left, top);
            (top, isHalf) = both || isHalf ? (top + RowHeight, false) : (top, true);
        }

        return new Chart(
            "learning", "Learning curves",
            string.Create(CultureInfo.InvariantCulture, $"Loss or validation by epoch of {shown.Length} rows: {string.Join(", ", shown.Select(row => row.Row))}."),
            Width, top + (isHalf ? RowHeight : 0), svg.ToString());
    }

    private static (int Epoch, double Value)[] Finite(LeaderboardRow row, Func<LearningPoint, double?> of) =>
        [.. row.Learning.Where(point => of(point) is { } value && double.IsFinite(value)).Select(point => (point.Epoch, of(point)!.Value))];

    private static void Draw(Svg svg, (int Epoch, double Value)[] points, string name, int series, double left, double top)
    {
        var panel = new Panel(left, top + 40, PanelWidth, PanelHeight);
        Scale x = Scale.Whole(points.Select(point => point.Epoch), panel.Left, panel.Right), y = panel.Y(points.Select(point => point.Value));
        panel.DrawY(svg, y);
        panel.DrawX(svg, x, $"{name} by epoch");
        svg.Path(points.Select(point => (x.At(point.Epoch), y.At(point.Value))), ChartStyle.LineOf(series));
        if (points.Length == 1)
            svg.Marker(x.At(points[0].Epoch), y.At(points[0].Value), series, "");
    }
}
