using System.Globalization;
using Evaluation.Export;
using Trainers;
using Workbench.Experiments;
using Workbench.Reports.Charts;
using Workbench.Reports.Exports;

namespace Workbench.Reports;

/// <summary>The files of a report. Each is there whole or not at all.</summary>
public static class ReportFolder
{
    /// <summary>Refuses, before hours of work, a folder that the report could not be written to.</summary>
    /// <exception cref="UserErrorException">It cannot be made or written.</exception>
    public static void RequireWritable(string folder) => Attempt(folder, () =>
    {
        Directory.CreateDirectory(folder);
        string probe = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".writable.{Environment.ProcessId}"));
        File.WriteAllText(probe, "");
        File.Delete(probe);
    });

    /// <summary>
    /// leaderboard.md, .csv, .json, .html, .tex as asked for, rerank.md if something was reranked, and by options charts/ (with md), units/, mlruns/, and
    /// trec/ with a run per row and the qrels.
    /// </summary>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static void Write(RunProduct product, ReportOptions options, string folder) => Attempt(folder, () =>
    {
        Directory.CreateDirectory(folder);
        IReadOnlyList<Chart> charts = options.Charts && options.Formats.Contains(ReportFormat.Md) ? LeaderboardCharts.Of(product.Leaderboard) : [];
        if (charts.Count > 0)
            Directory.CreateDirectory(Path.Combine(folder, ChartLinks.Folder));
        foreach (Chart chart in charts)
            AtomicFile.Write(Path.Combine(folder, ChartLinks.FileOf(chart)), writer => writer.Write(chart.ToFile()));
        foreach (ReportFormat format in options.Formats.Distinct())
        {
            string text = Text(product.Leaderboard, format, charts);
            AtomicFile.Write(Path.Combine(folder, $"leaderboard.{format.ToString().ToLowerInvariant()}"), writer => writer.Write(text));
        }

        if (product.Reranking is { } reranking)
            AtomicFile.Write(Path.Combine(folder, "rerank.md"), writer => writer.Write(RerankMarkdown.Write(reranking)));
        if (options.Units)
            UnitFiles.Write(Path.Combine(folder, "units"), product.Outcomes, product.Holdout);
        if (options.Mlflow)
            MlflowStore.Write(Path.Combine(folder, "mlruns"), product.Leaderboard, TimeProvider.System.GetUtcNow());
        if (options.Trec)
            Trec(product, Path.Combine(folder, "trec"));
    });

    private static string Text(Leaderboard leaderboard, ReportFormat format, IReadOnlyList<Chart> charts) => format switch
    {
        ReportFormat.Md => LeaderboardMarkdown.Write(leaderboard, charts: charts),
        ReportFormat.Csv => LeaderboardCsv.Write(leaderboard),
        ReportFormat.Html => LeaderboardHtml.Write(leaderboard),
        ReportFormat.Tex => LeaderboardTex.Write(leaderboard),
        _ => LeaderboardJson.Write(leaderboard),
    };

    private static void Trec(RunProduct product, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] items = [.. product.Items.Select(item => item.Id)];
        TrecQrels.Write(Path.Combine(folder, "qrels.txt"), product.Holdout, items);
        for (int i = 0; i < product.Outcomes.Count; i++)
        {
            if (product.Outcomes[i].Lists is { } lists)
                TrecRun.Write(Path.Combine(folder, $"{RowFileName.Of(i, product.Outcomes[i].Plan.Label)}.run"), lists, product.Holdout.QueryIds, items, product.Outcomes[i].Plan.Label);
        }
    }

    private static void Attempt(string folder, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot write the report: {error.Message.ReplaceLineEndings(" ")}; choose another folder with --out", folder, inner: error);
        }
    }
}
