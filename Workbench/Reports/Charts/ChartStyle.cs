using System.Globalization;
using System.Text;

namespace Workbench.Reports.Charts;

/// <summary>
/// The look of charts, light and dark. Colours of series follow Okabe and Ito (2008), who chose them to be told apart by everybody, made
/// darker or lighter until they have a contrast of 3 to 1 with the ground; markers and dashes tell series apart too.
/// </summary>
internal static class ChartStyle
{
    /// <summary>How many colours there are; further series have them again with dashes.</summary>
    internal const int Colours = 6;

    private sealed record Theme(string Ground, string Ink, string Quiet, string Grid, string[] Series);

    private static readonly Theme Light = new("#ffffff", "#1f2328", "#59636e", "#dfe3e8", ["#0072b2", "#c24f00", "#007f5c", "#a6448a", "#8a6a00", "#5b5bb5"]);

    private static readonly Theme Dark = new("#0f141a", "#e6edf3", "#9aa6b2", "#2b333d", ["#56b4e9", "#ff9e57", "#2fc79a", "#e58fc4", "#f0c84a", "#b3a8ff"]);

    internal static string Css { get; } =
        ".chart text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}"
        + ".chart text.small{font-size:11px}.chart text.strong{font-weight:600}.chart text.title{font-size:13px;font-weight:600}"
        + ".chart .line{fill:none;stroke-width:1.75;stroke-linejoin:round}.chart .thin{stroke-width:1}.chart .dash1{stroke-dasharray:6 3}.chart .dash2{stroke-dasharray:2 3}"
        + ".chart .grid{stroke-width:1}.chart .axis{stroke-width:1}.chart .whisker{stroke-width:1.5}.chart .halo{stroke-width:5}.chart .faint{opacity:.55}.chart .chosen{stroke-width:2.5}"
        + $"{Rules(Light)}@media (prefers-color-scheme:dark){{{Rules(Dark)}}}";

    internal static int Colour(int series) => series % Colours;

    /// <summary>Classes of a series' line.</summary>
    internal static string LineOf(int series) => string.Create(CultureInfo.InvariantCulture, $"l{Colour(series)}{(series / Colours % 3) switch { 0 => "", 1 => " dash1", _ => " dash2" }}");

    private static string Rules(Theme theme)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $".chart .ground{{fill:{theme.Ground}}}.chart text{{fill:{theme.Ink}}}.chart text.quiet{{fill:{theme.Quiet}}}");
        text.Append(CultureInfo.InvariantCulture, $".chart .grid{{stroke:{theme.Grid}}}.chart .axis{{stroke:{theme.Quiet}}}.chart .whisker,.chart .chosen{{stroke:{theme.Ink}}}.chart .front{{stroke:{theme.Quiet}}}.chart .halo{{stroke:{theme.Ground}}}");
        for (int i = 0; i < Colours; i++)
            text.Append(CultureInfo.InvariantCulture, $".chart .s{i}{{fill:{theme.Series[i]}}}.chart .l{i}{{stroke:{theme.Series[i]}}}");
        return text.ToString();
    }
}
