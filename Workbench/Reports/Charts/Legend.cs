namespace Workbench.Reports.Charts;

/// <summary>What series are called: a line for as many as there is room for.</summary>
internal static class Legend
{
    private const double LineHeight = 18;

    /// <param name="lines">whether the series are lines, not points</param>
    /// <returns>the height that it takes</returns>
    internal static double Draw(Svg svg, IReadOnlyList<string> names, double left, double top, double width, bool lines = false)
    {
        (double x, double y) = (left, top);
        for (int i = 0; i < names.Count; i++)
        {
            double room = Math.Min(width, TextWidth.Of(names[i]) + 36);
            if (x > left && x + room > left + width)
                (x, y) = (left, y + LineHeight);
            if (lines)
                svg.Line(x, y + 6, x + 14, y + 6, $"line {ChartStyle.LineOf(i)}");
            else
                svg.Marker(x + 7, y + 6, i, "");
            svg.Text(x + 19, y + 10, names[i], "small", width: width - 22);
            x += room;
        }

        return y - top + LineHeight;
    }
}
