using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>A leaderboard's file type.</summary>
public enum ReportFormat
{
    Md,
    Csv,
    Json,
    Html,
    Tex,
}

/// <summary>What is written to reports/&lt;name&gt;.</summary>
public sealed record ReportOptions
{
    [Option("file types of the leaderboard"), Key(MinCount = 1)]
    public IReadOnlyList<ReportFormat> Formats { get; init; } = [ReportFormat.Md, ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html];

    [Option("with md, write charts/*.svg and show them in it; html has its charts within it")]
    public bool Charts { get; init; } = true;

    [Option("also write units/<row>.csv.gz, the value of every unit")]
    public bool Units { get; init; }

    [Option("also write mlruns/, which `mlflow ui --backend-store-uri` shows")]
    public bool Mlflow { get; init; }

    [Option("also write TREC run and qrels files, for trec_eval and ir_measures")]
    public bool Trec { get; init; }

    [Option("how far down rank-biased overlap looks (p): with 0.9 the first ten places have 86 % of the weight", Min = 0.01, Max = 0.999)]
    public double RboP { get; init; } = 0.9;

    [Option("how many conversations rerank.md shows with their lists before and after: for your own eyes, as datasets' licences rarely allow more", Min = 0, Max = 1000)]
    public int Examples { get; init; }
}
