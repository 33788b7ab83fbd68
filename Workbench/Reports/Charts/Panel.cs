namespace Workbench.Reports.Charts;

/// <summary>The place of a plot with its two axes, grid and names.</summary>
/// <param name="Left">of the plot, not of its labels; so with the others</param>
internal sealed record Panel(double Left, double Top, double Width, double Height)
{
    internal double Right => Left + Width;

    internal double Bottom => Top + Height;

    internal Scale X(IEnumerable<double> values, bool isLog = false, bool fromZero = false) =>
        isLog ? Scale.Logarithmic(values, Left, Right) : Scale.Linear(values, Left, Right, fromZero, Width < 300 ? 4 : 6);

    internal Scale Y(IEnumerable<double> values, bool fromZero = false) => Scale.Linear(values, Bottom, Top, fromZero, Height < 140 ? 3 : 5);

    internal void Title(Svg svg, string title) => svg.Text(Left - 34, Top - 10, title, "strong", width: Width + 40);

    /// <summary>The value axis: grid and ticks on the left.</summary>
    internal void DrawY(Svg svg, Scale y)
    {
        foreach ((double value, string text) in y.Ticks)
        {
            svg.Line(Left, y.At(value), Right, y.At(value), "grid");
            svg.Text(Left - 6, y.At(value) + 4, text, "quiet small", Anchor.End);
        }
    }

    internal void DrawX(Svg svg, Scale x, string name)
    {
        svg.Line(Left, Bottom, Right, Bottom, "axis");
        foreach ((double value, string text) in x.Ticks)
        {
            svg.Line(x.At(value), Bottom, x.At(value), Bottom + 4, "axis");
            svg.Text(x.At(value), Bottom + 16, text, "quiet small", Anchor.Middle);
        }

        Name(svg, x.IsLog ? $"{name} (log)" : name);
    }

    /// <summary>An axis of names, each in the middle of its place.</summary>
    internal Func<int, double> DrawNames(Svg svg, IReadOnlyList<string> names, string name)
    {
        double step = Width / Math.Max(1, names.Count);
        svg.Line(Left, Bottom, Right, Bottom, "axis");
        for (int i = 0; i < names.Count; i++)
            svg.Text(Left + (step * (i + 0.5)), Bottom + 16, names[i], "quiet small", Anchor.Middle, step - 2);
        Name(svg, name);
        return i => Left + (step * (i + 0.5));
    }

    private void Name(Svg svg, string name) => svg.Text(Left + (Width / 2), Bottom + 32, name, "small", Anchor.Middle, Width + 40);
}
