using System.Globalization;
using Evaluation.Protocols;

namespace Evaluation.Export;

/// <summary>Every unit with its values: <c>query,target,rank,hit@1,...</c>.</summary>
public static class UnitsCsv
{
    /// <summary>
    /// Writes the units of one protocol. The target is empty where a unit is a whole query; the rank is that of the (first) target, empty if it is not in the list.
    /// </summary>
    /// <param name="path">is replaced, whole or not at all</param>
    /// <param name="holdout">what the row was judged on</param>
    /// <param name="result">of one protocol</param>
    /// <param name="itemIds">I ids</param>
    public static void Write(string path, Holdout holdout, ProtocolResult result, IReadOnlyList<string> itemIds)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(result);
        Units units = result.Units;
        double[][] values = [.. result.Metrics.Select(metric => result.ValuesOf(metric.Name))];
        AtomicFile.Write(path, writer =>
        {
            writer.Write("query,target,rank");
            foreach (MetricResult metric in result.Metrics)
                writer.Write($",{metric.Name}");
            writer.Write('\n');
            for (int n = 0; n < units.Count; n++)
            {
                int rank = units.Ranks[units.Offsets[n]];
                writer.Write(Quote(holdout.QueryIds[units.Queries[n]]));
                writer.Write(',');
                writer.Write(units.Targets is { } targets ? Quote(itemIds[targets[n]]) : "");
                writer.Write(',');
                writer.Write(rank == TargetRanks.NotFound ? "" : rank.ToString(CultureInfo.InvariantCulture));
                foreach (double[] column in values)
                {
                    writer.Write(',');
                    writer.Write(column[n].ToString("R", CultureInfo.InvariantCulture));
                }

                writer.Write('\n');
            }
        });
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
