using System.Globalization;

namespace Workbench.Reports;

/// <summary>How values stand in tables, in the invariant culture.</summary>
internal static class Cell
{
    internal static string Number(double value, string format = "0.0000") =>
        double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    internal static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    internal static string Percent(double value) =>
        double.IsFinite(value) ? value.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "-";

    /// <summary>The bootstrap interval; a hyphen if there is none.</summary>
    internal static string Interval(RowMetric metric) => double.IsNaN(metric.Low) ? "-" : $"{Number(metric.Low)} to {Number(metric.High)}";

    internal static string P(double value) => double.IsNaN(value) ? "-" : value < 0.001 ? "< 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);

    internal static string Seconds(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);

    /// <param name="seeds">whether the deviation over seeds follows in parentheses, if there is one</param>
    internal static string Metric(RowMetric metric, bool best, bool seeds = false)
    {
        string value = best ? $"**{Number(metric.Mean)}**" : Number(metric.Mean);
        return $"{value} ± {Number(metric.Se)}{(seeds && metric.SeedDeviation is { } deviation ? $" ({Number(deviation)})" : "")}";
    }

    /// <summary>A bar would end the cell; what looks like markup stays text.</summary>
    internal static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace("~", "\\~", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
