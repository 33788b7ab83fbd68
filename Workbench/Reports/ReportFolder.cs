using System.Globalization;
using Evaluation.Export;
using Trainers;
using Workbench.Experiments;

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

    /// <summary>leaderboard.md, .csv, .json as asked for, rerank.md if something was reranked, and trec/ with a run per row and the qrels.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static void Write(RunProduct product, ReportOptions options, string folder) => Attempt(folder, () =>
    {
        Directory.CreateDirectory(folder);
        foreach (ReportFormat format in options.Formats.Distinct())
        {
            string text = format switch
            {
                ReportFormat.Md => LeaderboardMarkdown.Write(product.Leaderboard),
                ReportFormat.Csv => LeaderboardCsv.Write(product.Leaderboard),
                _ => LeaderboardJson.Write(product.Leaderboard),
            };
            AtomicFile.Write(Path.Combine(folder, $"leaderboard.{format.ToString().ToLowerInvariant()}"), writer => writer.Write(text));
        }

        if (product.Reranking is { } reranking)
            AtomicFile.Write(Path.Combine(folder, "rerank.md"), writer => writer.Write(RerankMarkdown.Write(reranking)));
        if (options.Trec)
            Trec(product, Path.Combine(folder, "trec"));
    });

    private static void Trec(RunProduct product, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] items = [.. product.Items.Select(item => item.Id)];
        TrecQrels.Write(Path.Combine(folder, "qrels.txt"), product.Holdout, items);
        for (int i = 0; i < product.Outcomes.Count; i++)
        {
            if (product.Outcomes[i].Lists is not { } lists)
                continue;
            string label = product.Outcomes[i].Plan.Label;
            string name = string.Concat(label.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '=' ? letter : '_'));
            TrecRun.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i + 1:00}.{name}.run")), lists, product.Holdout.QueryIds, items, label);
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
