using System.Text.Json;
using Evaluation;
using Workbench.Reports;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>What came of a row with one seed.</summary>
/// <param name="Lists">null if it failed</param>
/// <param name="Failure">one line; null if it did not fail</param>
/// <param name="Mistake">the program's own, if that is why; it is kept nowhere</param>
/// <param name="Seconds">of fitting and ranking</param>
/// <param name="Facts">what else the report wants of it</param>
internal sealed record RowTrial(Rankings? Lists, string? Failure, Exception? Mistake, double Seconds, RowFacts Facts)
{
    internal static RowTrial Failed(string failure, double seconds, Exception? mistake = null) => new(null, failure, mistake, seconds, new RowFacts(0, null, []));
}

/// <summary>What a report wants of a row with one seed beside its lists.</summary>
/// <param name="Fallbacks">queries that its fallback ranked</param>
/// <param name="LearnedFrom">in words; null if from nothing</param>
/// <param name="Learning">curve of its training</param>
internal sealed record RowFacts(int Fallbacks, string? LearnedFrom, IReadOnlyList<LearningPoint> Learning)
{
    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static RowFacts Of(TrialRecord trial) => JsonSerializer.Deserialize<RowFacts>(trial.Facts) ?? new RowFacts(0, null, []);
}
