using System.Globalization;
using System.Text;

namespace Workbench.Reports;

/// <summary>leaderboard.csv: one line per row, protocol and metric; a failed row has one line with its error.</summary>
public static class LeaderboardCsv
{
    private const string Header = "row,kind,status,error,seconds,protocol,metric,mean,se,n,low,high,pessimistic,seed_deviation";

    public static string Write(Leaderboard leaderboard)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (LeaderboardRow row in leaderboard.Rows)
        {
            string head = string.Join(",", Quote(row.Row), row.Kind, row.Status, Quote(row.Error ?? ""), Number(row.Seconds));
            if (row.Metrics.Count == 0)
                text.Append(head).Append(",,,,,,,,,\n");
            foreach ((string protocol, IReadOnlyDictionary<string, RowMetric> metrics) in row.Metrics)
            {
                foreach ((string name, RowMetric metric) in metrics)
                {
                    text.Append(string.Join(",", head, protocol, name, Number(metric.Mean), Number(metric.Se), metric.N.ToString(CultureInfo.InvariantCulture),
                        Number(metric.Low), Number(metric.High), Number(metric.Pessimistic), Number(metric.SeedDeviation ?? double.NaN))).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Shortest text that reads back the same; empty for what is not known.</summary>
    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    internal static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
