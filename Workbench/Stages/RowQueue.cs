using Evaluation;
using Evaluation.Protocols;
using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>
/// Makes all rows, several trials at a time if asked for, together with other programs at the same study. Their order and figures do not depend on how many.
/// </summary>
internal sealed class RowQueue
{
    private readonly IReadOnlyList<RowPlan> _plans;
    private readonly TaskData _task;
    private readonly RunContext _context;
    private readonly EvaluationPlan _evaluation;
    private readonly RowTrials _trials;
    private readonly RowProgress[] _rows;
    private readonly SharedWork<(int Row, int Seed)> _work;
    private readonly Lock _lock = new();
    private readonly ulong[] _seeds;
    private readonly Func<bool> _late;
    private int _done;

    private RowQueue(IReadOnlyList<RowPlan> plans, Experiment experiment, TaskData task, RunContext context, TrialIdentities? identities, Func<bool>? late)
    {
        (_plans, _task, _context, _evaluation) = (plans, task, context, PlanOf(experiment, task, context));
        _trials = new RowTrials(experiment.Evaluation.Depth, context, identities);
        _late = late ?? (() => false);
        _seeds = [.. experiment.Seeds.Select(seed => (ulong)seed)];
        _rows = [.. plans.Select(plan => new RowProgress(plan, _evaluation, _seeds.Length))];
        _work = new(
            from row in Enumerable.Range(0, plans.Count) from seed in Enumerable.Range(0, _seeds.Length) select (row, seed),
            looked => _trials.Awaited(looked, unit => (_plans[unit.Row], _seeds[unit.Seed])), new Waiting(context));
    }

    /// <param name="late">true once no trial may begin that is not known already; null for never</param>
    /// <exception cref="StudyException">The study cannot be kept.</exception>
    internal static IReadOnlyList<RowOutcome> Run(IReadOnlyList<RowPlan> plans, Experiment experiment, TaskData task, RunContext context, TrialIdentities? identities = null, Func<bool>? late = null)
    {
        var queue = new RowQueue(plans, experiment, task, context, identities, late);
        context.Observer.StageBegins($"{plans.Count} rows");
        Workers.Run(experiment.Jobs, context, queue.Step);
        return [.. queue._rows.Select(row => row.Outcome!)];
    }

    /// <summary>Does one trial, or waits a little where all that are left are other programs'; false if none is left.</summary>
    private bool Step()
    {
        if (!_work.TryNext(out (int Row, int Seed)? next))
            return false;
        if (next is not { } unit)
            return true;
        lock (_lock)
        {
            if (_rows[unit.Row].Begin())
                _context.Observer.RowBegins(_plans[unit.Row].Label, unit.Row + 1, _plans.Count);
        }

        if (_late() && !_trials.IsKnown(_plans[unit.Row], _seeds[unit.Seed]))
            Take(unit.Row, unit.Seed, RowTrial.Failed("not run: the budget of time was used up before it", 0));
        else if (_trials.TryRun(_plans[unit.Row], _seeds[unit.Seed]) is { } trial)
            Take(unit.Row, unit.Seed, trial);
        else
            _work.Elsewhere(unit);
        return true;
    }

    private void Take(int row, int seed, RowTrial trial)
    {
        (EvaluationResult? result, EvaluationResult? repeated) = (null, null);
        if (trial.Lists is { } lists)
        {
            try
            {
                result = Evaluator.Evaluate(_task.Holdout, lists, _evaluation, _context.Cancellation);
                repeated = _task.Repeated is { } again
                    ? Evaluator.Evaluate(again, lists, _evaluation with { Protocols = [ProtocolCatalog.PerItem.Name], PopularityCounts = null }, _context.Cancellation)
                    : null;
            }
            catch (EvaluationException error)
            {
                trial = RowTrial.Failed(error.Message, trial.Seconds);
            }
        }

        lock (_lock)
        {
            if (_rows[row].Take(seed, trial, result, repeated) is { } outcome)
                _context.Observer.RowEnds(outcome.Row, ++_done, _plans.Count);
        }

        _work.Done();
    }

    private static EvaluationPlan PlanOf(Experiment experiment, TaskData task, RunContext context) => new()
    {
        Protocols = ReportedMetrics.Protocols(experiment),
        Metrics = experiment.Evaluation.Metrics,
        Cutoffs = experiment.Evaluation.Cutoffs,
        Seed = (ulong)experiment.Seeds[0],
        BootstrapResamples = experiment.Evaluation.Bootstrap,
        PopularityCounts = task.Popularity,
        Threads = context.Threads,
    };
}
