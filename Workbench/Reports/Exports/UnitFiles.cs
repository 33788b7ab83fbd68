using System.Globalization;
using System.IO.Compression;
using System.Text;
using Evaluation;
using Trainers.Storage;
using Workbench.Stages;

namespace Workbench.Reports.Exports;

/// <summary>units/&lt;row&gt;.csv.gz: the value of every unit, so that others can make tests of their own. Equal results give equal bytes.</summary>
public static class UnitFiles
{
    /// <summary>
    /// Columns: protocol, query, unit (1, 2, ... within the query: where a unit is a target, there are as many as targets) and one per metric;
    /// values are means over seeds and read back the same. Failed rows have no file.
    /// </summary>
    /// <exception cref="Trainers.UserErrorException">The folder cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<RowOutcome> outcomes, Holdout holdout)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Units.Count > 0)
                AtomicFile.Write(Path.Combine(folder, $"{RowFileName.Of(i, outcomes[i].Row.Row)}.csv.gz"), stream => Write(stream, outcomes[i], holdout));
        }
    }

    private static void Write(Stream stream, RowOutcome outcome, Holdout holdout)
    {
        using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        using var writer = new StreamWriter(packed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        string[] protocols = [.. outcome.Units.Keys.Select(key => key.Protocol).Distinct()];
        string[] metrics = [.. outcome.Units.Keys.Select(key => key.Metric).Distinct()];
        writer.Write($"protocol,query,unit,{string.Join(',', metrics)}\n");
        foreach (string protocol in protocols)
        {
            int[] queries = outcome.UnitQueries[protocol];
            double[]?[] values = [.. metrics.Select(metric => outcome.Units.GetValueOrDefault((protocol, metric)))];
            int unit = 0;
            for (int n = 0; n < queries.Length; n++)
            {
                unit = n > 0 && queries[n] == queries[n - 1] ? unit + 1 : 1;
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{protocol},{LeaderboardCsv.Quote(holdout.QueryIds[queries[n]])},{unit}"));
                foreach (double[]? column in values)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $",{column?[n]:R}"));
                writer.Write('\n');
            }
        }
    }
}
