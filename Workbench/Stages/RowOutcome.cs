using Evaluation;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>A row as it goes into the leaderboard, with every unit's value for paired tests and the lists for export.</summary>
/// <param name="Plan">what it was to be</param>
/// <param name="Row">what it became</param>
/// <param name="Units">by (protocol, metric): a value per unit, the mean over seeds; empty if it failed</param>
/// <param name="UnitQueries">by protocol: the query of each unit</param>
/// <param name="Lists">of the first seed; null if it failed</param>
public sealed record RowOutcome(
    RowPlan Plan,
    LeaderboardRow Row,
    IReadOnlyDictionary<(string Protocol, string Metric), double[]> Units,
    IReadOnlyDictionary<string, int[]> UnitQueries,
    Rankings? Lists)
{
    /// <summary>The program's own mistake, if that is why it failed.</summary>
    public Exception? Mistake { get; init; }
}
