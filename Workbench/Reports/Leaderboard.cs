using Evaluation;

namespace Workbench.Reports;

/// <summary>What a run found: the product of the program.</summary>
/// <param name="Name">of the experiment</param>
/// <param name="Task"><c>conversation</c> or <c>next-item</c></param>
/// <param name="Objective">what rows are compared by, e.g. <c>ndcg@10</c></param>
/// <param name="Protocols">evaluated, the first is the one rows are compared under</param>
/// <param name="Metrics">e.g. <c>hit@5</c>, in the order of columns</param>
/// <param name="Dataset">what rows were judged on</param>
/// <param name="Provenance">how they came about</param>
/// <param name="Rows">in the order of the experiment file</param>
/// <param name="Notes">counts of whatever took no part, one sentence each: nothing is dropped silently</param>
public sealed record Leaderboard(
    string Name,
    string Task,
    string Objective,
    IReadOnlyList<string> Protocols,
    IReadOnlyList<string> Metrics,
    LeaderboardDataset Dataset,
    LeaderboardProvenance Provenance,
    IReadOnlyList<LeaderboardRow> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>The row with the greatest mean, the first of several; null if all failed.</summary>
    public LeaderboardRow? Best(string protocol, string metric) => Rows
        .Where(row => row.Status == LeaderboardRow.Ok)
        .MaxBy(row => row.Metrics[protocol][metric].Mean);

    /// <summary>The rows that work, greatest mean of the objective first; equals in the order of the file.</summary>
    public IReadOnlyList<LeaderboardRow> Ranked() =>
        [.. Rows.Where(row => row.Status == LeaderboardRow.Ok).OrderByDescending(row => row.Metrics[Protocols[0]][Objective].Mean)];

    /// <summary>What was tried for the rows whose options were searched.</summary>
    public IReadOnlyList<SearchHistory> Searches { get; init; } = [];
}

/// <summary>The data of a leaderboard.</summary>
/// <param name="Counts">users, items, interactions, turns and the like, by name</param>
public sealed record LeaderboardDataset(
    string Name,
    string Fingerprint,
    bool Synthetic,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Licences,
    string? Linking,
    IReadOnlyDictionary<string, long> Counts,
    double Density);

/// <summary>How a leaderboard came about.</summary>
/// <param name="Settings">protocol and settings that all rows share, by name</param>
/// <param name="Versions">of the program, the runtime, ML.NET and which implementation of it</param>
/// <param name="Machine">processor and instruction sets, cores, memory</param>
/// <param name="Seconds">wall-clock time of the whole run</param>
/// <param name="PeakMemoryBytes">of the process</param>
public sealed record LeaderboardProvenance(
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Versions,
    string Machine,
    double Seconds,
    long PeakMemoryBytes);

/// <summary>One configuration and what it is worth.</summary>
/// <param name="Row">its label, unique in the leaderboard</param>
/// <param name="Kind"><c>baseline</c>, <c>trainer</c>, <c>llm</c> or <c>rerank</c></param>
/// <param name="Options">by name, as in YAML</param>
/// <param name="Seconds">of fitting and ranking, mean over seeds</param>
/// <param name="Status"><c>ok</c> or <c>failed</c></param>
/// <param name="Error">one line, if failed</param>
/// <param name="Metrics">by protocol, then by metric</param>
public sealed record LeaderboardRow(
    string Row,
    string Kind,
    IReadOnlyDictionary<string, object?> Options,
    double Seconds,
    string Status,
    string? Error,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, RowMetric>> Metrics)
{
    public const string Ok = "ok";
    public const string Failed = "failed";

    /// <summary>What it learned from, in words; null if from nothing.</summary>
    public string? LearnedFrom { get; init; }

    /// <summary>Queries that gave it nothing to work with, so that its fallback ranked.</summary>
    public int Fallbacks { get; init; }

    /// <summary>Queries with a target whose list is empty: they count as misses.</summary>
    public int EmptyLists { get; init; }

    /// <summary>Coverage, Gini, novelty and popularity of the lists, one per cut-off; of the first seed.</summary>
    public IReadOnlyList<ListMeasures> Lists { get; init; } = [];

    /// <summary>By popularity of the target; of the first seed.</summary>
    public IReadOnlyList<BandResult> Bands { get; init; } = [];

    /// <summary>Of the training of the first seed; empty if it has no epochs.</summary>
    public IReadOnlyList<LearningPoint> Learning { get; init; } = [];

    /// <summary>Paired tests against other rows.</summary>
    public IReadOnlyList<RowComparison> Comparisons { get; init; } = [];

    /// <summary>Compared with the best row by the objective and not significantly worse: p after Holm is at least <see cref="RowComparison.Level"/>.</summary>
    public bool IsLikeTheBest => Comparisons.FirstOrDefault(comparison => comparison.Role == RowComparison.BestRow) is { AdjustedP: >= RowComparison.Level };
}

/// <summary>A metric of a row: the mean over units of the mean over seeds.</summary>
/// <param name="Se">sd (n - 1) / sqrt(n) over units</param>
/// <param name="N">units</param>
/// <param name="Low">lower bound of the 95 % bootstrap interval; NaN without</param>
/// <param name="High">upper bound; NaN without</param>
/// <param name="Pessimistic">the mean with ties counted against the model</param>
/// <param name="SeedDeviation">standard deviation over seeds (n - 1); null with one seed</param>
public sealed record RowMetric(double Mean, double Se, int N, double Low, double High, double Pessimistic, double? SeedDeviation);

/// <summary>A row beside another one, unit by unit.</summary>
/// <param name="Against">label of the other row</param>
/// <param name="Role">why it is compared: <c>best baseline</c>, <c>best row</c>, <c>runner-up</c>, <c>llm list</c>, <c>fill-popular</c>, <c>fill-random</c></param>
/// <param name="Difference">mean of this row less mean of the other</param>
/// <param name="P">two-sided, paired randomisation test, whole conversations flipped</param>
/// <param name="AdjustedP">after Holm, over all comparisons of the same role, protocol and metric</param>
public sealed record RowComparison(string Against, string Role, string Protocol, string Metric, double Difference, double Relative, double P, double AdjustedP)
{
    public const string BestBaseline = "best baseline";

    /// <summary>Of every other row: is it distinguishable from the best by the objective?</summary>
    public const string BestRow = "best row";

    /// <summary>Of the best row: the second by the objective.</summary>
    public const string RunnerUp = "runner-up";

    /// <summary>From here on rows are not distinguished.</summary>
    public const double Level = 0.05;

    /// <summary>Two-sided, Wilcoxon's signed-rank test over whole conversations, or units where there are none; NaN if it was not made.</summary>
    public double WilcoxonP { get; init; } = double.NaN;

    /// <summary>After Holm, as <see cref="AdjustedP"/>.</summary>
    public double AdjustedWilcoxonP { get; init; } = double.NaN;
}
