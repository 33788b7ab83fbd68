using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>
/// A worker's part of the rows: does those that nobody has done, until all are done by somebody. It judges none: that is for whoever makes the report.
/// Rows that leave a file behind are left to the same.
/// </summary>
internal sealed class RowWork
{
    private readonly Study _study;
    private readonly RowTrials _trials;
    private readonly SharedWork<(RowPlan Plan, ulong Seed)> _work;
    private int _left;

    private RowWork(IReadOnlyList<RowPlan> plans, Experiment experiment, RunContext context, Study study, TrialIdentities identities)
    {
        _study = study;
        _trials = new RowTrials(experiment.Evaluation.Depth, context, identities);
        _work = new(
            from plan in plans
            where plan.IsKept
            from seed in experiment.Seeds
            select (plan, (ulong)seed),
            looked => _trials.Awaited(looked, unit => unit), new Waiting(context));
    }

    /// <exception cref="StudyException">The study cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="TrialsLeftException">All others are done.</exception>
    internal static void Run(IReadOnlyList<RowPlan> plans, Experiment experiment, RunContext context, Study study, TrialIdentities identities)
    {
        var work = new RowWork(plans, experiment, context, study, identities);
        context.Observer.StageBegins($"{work._work.Count} rows and seeds");
        Workers.Run(experiment.Jobs, context, work.Step);
        if (work._left > 0)
            throw new TrialsLeftException(work._left);
    }

    /// <summary>Does one trial, or waits a little where all that are left are other programs'; false if none is left.</summary>
    private bool Step()
    {
        if (!_work.TryNext(out (RowPlan Plan, ulong Seed)? next))
            return false;
        if (next is not { } unit)
            return true;
        try
        {
            if (_trials.IsElsewhere(_study, unit.Plan, unit.Seed))
                _work.Elsewhere(unit);
            else
                _work.Done();
        }
        catch (TooLargeException)
        {
            Interlocked.Increment(ref _left);
        }

        return true;
    }
}
