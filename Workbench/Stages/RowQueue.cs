using Evaluation;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>Makes all rows, several at a time if asked for. Their order and figures do not depend on how many.</summary>
internal static class RowQueue
{
    internal static IReadOnlyList<RowOutcome> Run(IReadOnlyList<RowPlan> plans, Experiment experiment, TaskData task, RunContext context)
    {
        var runner = new RowRunner(task, PlanOf(experiment, task, context), experiment.Evaluation.Depth, experiment.Seeds, context);
        var outcomes = new RowOutcome[plans.Count];
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = experiment.Jobs, CancellationToken = context.Cancellation };
        context.Observer.StageBegins($"{plans.Count} rows");
        Parallel.For(0, plans.Count, options, i =>
        {
            context.Observer.RowBegins(plans[i].Label, i + 1, plans.Count);
            outcomes[i] = runner.Run(plans[i]);
            context.Observer.RowEnds(outcomes[i].Row, Interlocked.Increment(ref done), plans.Count);
        });
        return outcomes;
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
