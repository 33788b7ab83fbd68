using System.Globalization;
using System.Text;

namespace Workbench.Reports.Charts;

/// <summary>A drawing with what it shows in words. Its marks have the classes of <see cref="ChartStyle"/>, in points of the drawing.</summary>
/// <param name="Name">of its file, without ending: lower-case letters, digits, dots and hyphens</param>
/// <param name="Title">in a few words</param>
/// <param name="Description">what is seen, for those who do not see it</param>
/// <param name="Body">elements of SVG</param>
public sealed record Chart(string Name, string Title, string Description, double Width, double Height, string Body)
{
    /// <summary>A file of its own, with its styles and a ground, as nobody knows the colour of the page that shows it.</summary>
    public string ToFile() => string.Create(CultureInfo.InvariantCulture,
        $"{Head(" xmlns=\"http://www.w3.org/2000/svg\"", $" width=\"{Svg.Number(Width)}\" height=\"{Svg.Number(Height)}\"")}<style>{ChartStyle.Css}</style><rect class=\"ground\" width=\"{Svg.Number(Width)}\" height=\"{Svg.Number(Height)}\"/>\n{Body}</svg>\n");

    /// <summary>Within a page that has the styles.</summary>
    public string ToInline() => $"{Head("", "")}\n{Body}</svg>\n";

    private string Head(string space, string size)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg{space} class=\"chart\" viewBox=\"0 0 {Svg.Number(Width)} {Svg.Number(Height)}\"{size} role=\"img\" aria-labelledby=\"{Name}-title {Name}-desc\">");
        text.Append(CultureInfo.InvariantCulture, $"<title id=\"{Name}-title\">{Svg.Escape(Title)}</title><desc id=\"{Name}-desc\">{Svg.Escape(Description)}</desc>");
        return text.ToString();
    }
}
