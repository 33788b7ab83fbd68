using System.Globalization;
using System.Text;
using Workbench.Reports.Charts;

namespace Workbench.Reports;

/// <summary>The charts as pictures beside the markdown.</summary>
internal static class ChartLinks
{
    internal const string Folder = "charts";

    internal static void Write(StringBuilder text, IReadOnlyList<Chart> charts)
    {
        if (charts.Count == 0)
            return;
        text.Append("## Charts\n\n");
        foreach (Chart chart in charts)
            text.Append(CultureInfo.InvariantCulture, $"![{Cell.Escape(chart.Title)}]({FileOf(chart)})\n\n");
    }

    /// <summary>Relative to the folder of the report.</summary>
    internal static string FileOf(Chart chart) => $"{Folder}/{chart.Name}.svg";
}
