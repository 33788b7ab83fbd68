using System.Globalization;
using System.Text;

namespace Workbench.Reports.Charts;

/// <summary>Where a text is anchored.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Writes elements of SVG. Coordinates are points, x to the right, y down; they are rounded to hundredths, so that equal figures give equal bytes.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    internal void Line(double x1, double y1, double x2, double y2, string style) =>
        _text.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>\n");

    internal void Box(double x, double y, double width, double height, string style) =>
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Math.Max(0, width))}\" height=\"{Number(Math.Max(0, height))}\"/>\n");

    /// <summary>A line through points; breaks where a point is not finite.</summary>
    internal void Path(IEnumerable<(double X, double Y)> points, string style)
    {
        var data = new StringBuilder();
        bool isDown = false;
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(x) && double.IsFinite(y))
                data.Append(CultureInfo.InvariantCulture, $"{(isDown ? "L" : "M")}{Number(x)} {Number(y)}");
            isDown = double.IsFinite(x) && double.IsFinite(y);
        }

        if (data.Length > 0)
            _text.Append(CultureInfo.InvariantCulture, $"<path class=\"line {style}\" d=\"{data}\"/>\n");
    }

    /// <param name="width">the text is shortened in the middle to it; what was left out is told on hovering</param>
    internal void Text(double x, double y, string text, string style = "", Anchor anchor = Anchor.Start, double width = double.PositiveInfinity)
    {
        string shown = TextWidth.Shorten(text, width);
        string at = anchor switch { Anchor.Start => "", Anchor.Middle => " text-anchor=\"middle\"", _ => " text-anchor=\"end\"" };
        string whole = shown == text ? "" : $"<title>{Escape(text)}</title>";
        _text.Append(CultureInfo.InvariantCulture, $"<text{(style.Length == 0 ? "" : $" class=\"{style}\"")} x=\"{Number(x)}\" y=\"{Number(y)}\"{at}>{whole}{Escape(shown)}</text>\n");
    }

    /// <summary>A point; its shape goes by the number of the series, as not everybody tells its colour.</summary>
    internal void Marker(double x, double y, int series, string tip, string style = "", double radius = 4)
    {
        string classes = $"s{ChartStyle.Colour(series)}{(style.Length == 0 ? "" : $" {style}")}";
        string title = tip.Length == 0 ? "" : $"<title>{Escape(tip)}</title>";
        double r = radius;
        string shape = (series % 4) switch
        {
            0 => $"M{Number(x - r)} {Number(y)}a{Number(r)} {Number(r)} 0 1 0 {Number(2 * r)} 0a{Number(r)} {Number(r)} 0 1 0 {Number(-2 * r)} 0Z",
            1 => $"M{Number(x - r)} {Number(y - r)}h{Number(2 * r)}v{Number(2 * r)}h{Number(-2 * r)}Z",
            2 => $"M{Number(x)} {Number(y - (1.25 * r))}L{Number(x + (1.2 * r))} {Number(y + r)}H{Number(x - (1.2 * r))}Z",
            _ => $"M{Number(x)} {Number(y - (1.35 * r))}L{Number(x + (1.35 * r))} {Number(y)}L{Number(x)} {Number(y + (1.35 * r))}L{Number(x - (1.35 * r))} {Number(y)}Z",
        };
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{classes}\" d=\"{shape}\">{title}</path>\n");
    }

    internal static string Number(double value)
    {
        double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>For text and quoted attributes of XML and HTML; characters that XML does not have become U+FFFD.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            _ = letter.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\r' or '\t' => escaped.Append(' '),
                < 32 or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(letter.ToString()),
            };
        }

        return escaped.ToString();
    }
}
