using Evaluation;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>The seeds of one row, as they come in. Not for several threads at once.</summary>
/// <param name="plan">the row</param>
/// <param name="evaluation">how its lists are judged</param>
/// <param name="seeds">how many</param>
internal sealed class RowProgress(RowPlan plan, EvaluationPlan evaluation, int seeds)
{
    private readonly (RowTrial Trial, EvaluationResult? Result, EvaluationResult? Repeated)?[] _seeds = new (RowTrial, EvaluationResult?, EvaluationResult?)?[seeds];
    private bool _begun;

    /// <summary>Null until the last seed is in.</summary>
    internal RowOutcome? Outcome { get; private set; }

    /// <summary>True the first time.</summary>
    internal bool Begin() => !_begun && (_begun = true);

    /// <summary>Takes what came of a seed.</summary>
    /// <returns>the row, if that was the last</returns>
    internal RowOutcome? Take(int seed, RowTrial trial, EvaluationResult? result, EvaluationResult? repeated)
    {
        // Of lists, only the first seed's are shown.
        _seeds[seed] = (seed == 0 ? trial : trial with { Lists = null }, result, repeated);
        if (_seeds.Any(one => one is null))
            return null;
        double seconds = _seeds.Average(one => one!.Value.Trial.Seconds);
        RowTrial? failed = _seeds.Select(one => one!.Value.Trial).FirstOrDefault(one => one.Failure is not null);
        return Outcome = failed is not null ? Failed(failed.Failure!, seconds, failed.Mistake) : SeedMeans.Of(
            plan, [.. _seeds.Select(one => one!.Value.Result!)], [.. _seeds.Select(one => one!.Value.Repeated).OfType<EvaluationResult>()],
            evaluation, seconds, _seeds[0]!.Value.Trial);
    }

    private RowOutcome Failed(string error, double seconds, Exception? mistake)
    {
        var failed = new LeaderboardRow(
            plan.Label, plan.Kind, plan.Options, seconds, LeaderboardRow.Failed, error,
            new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>());
        return new RowOutcome(plan, failed, new Dictionary<(string, string), double[]>(), new Dictionary<string, int[]>(), null) { Mistake = mistake };
    }
}
