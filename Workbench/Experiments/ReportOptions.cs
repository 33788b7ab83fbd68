using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>A leaderboard's file type.</summary>
public enum ReportFormat
{
    Md,
    Csv,
    Json,
}

/// <summary>What is written to reports/&lt;name&gt;.</summary>
public sealed record ReportOptions
{
    [Option("file types of the leaderboard"), Key(MinCount = 1)]
    public IReadOnlyList<ReportFormat> Formats { get; init; } = [ReportFormat.Md, ReportFormat.Csv, ReportFormat.Json];

    [Option("also write TREC run and qrels files, for trec_eval and ir_measures")]
    public bool Trec { get; init; }
}
