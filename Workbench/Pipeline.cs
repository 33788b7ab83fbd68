using Data;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Stages;

namespace Workbench;

/// <summary>
/// The whole flow, one way: load, link, split, (train, embed, language model's lists, rerank, evaluate) per row, compare, report.
/// Each stage takes records made above it and returns a new one; none changes what it was given.
/// </summary>
public static class Pipeline
{
    /// <summary>What the language models of a run would cost: a line per model that is asked. Makes no call and needs no key.</summary>
    /// <exception cref="Trainers.UserErrorException">The data cannot be used as the experiment wants it.</exception>
    public static IReadOnlyList<string> Estimate(Experiment experiment, RunContext? context = null)
    {
        context ??= RunContext.Of(experiment);
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);
        return LlmReplies.Estimate(experiment, loaded.Dataset, TaskPreparation.Prepare(loaded, experiment, context));
    }

    /// <exception cref="Trainers.UserErrorException">The data cannot be used as the experiment wants it.</exception>
    /// <exception cref="Studies.StudyException">What was done could not be kept.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static RunProduct Run(Experiment experiment, RunContext? context = null)
    {
        context ??= RunContext.Of(experiment);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        context = context with { Cancellation = stop.Token, Stop = stop.Cancel };
        var clock = System.Diagnostics.Stopwatch.StartNew();

        (experiment, LoadedDataset loaded, SearchedExperiment searched, TaskData task, var lists, TrialIdentities identities, IReadOnlyList<RowPlan> plans) = Prepare(experiment, context);
        IReadOnlyList<RowOutcome> outcomes = RowQueue.Run(plans, experiment, task, context, identities, Late(experiment, searched, clock)); // rank, evaluate
        IReadOnlyList<LeaderboardRow> rows = Comparisons.Add(outcomes, task.Holdout, experiment);      // paired tests
        Leaderboard leaderboard = LeaderboardAssembly.Of(experiment, loaded, task, lists, rows, searched, clock.Elapsed);

        RerankReport? reranking = new RerankReview(experiment, loaded, task, lists, outcomes).Write(rows); // what reranking changed

        return new RunProduct(leaderboard, task.Holdout, task.Items, outcomes) { Reranking = reranking };
    }

    /// <summary>
    /// A worker's part of a run: does trials of a study, searched ones first, together with whichever other programs, until none is left. It makes no report.
    /// </summary>
    /// <exception cref="Trainers.UserErrorException">The data cannot be used as the experiment wants it.</exception>
    /// <exception cref="Studies.StudyException">What was done could not be kept.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; trials at work are given back.</exception>
    public static void Work(Experiment experiment, Studies.Study study, RunContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        context = context with { Cancellation = stop.Token, Stop = stop.Cancel, Study = study, KeepsMistakes = true };
        Prepared prepared = Prepare(experiment, context);
        RowWork.Run(prepared.Plans, prepared.Experiment, context, study, prepared.Identities);
    }

    /// <summary>
    /// Before the workers of a run: asks live language models, whose replies the study keeps for workers, and finds out what trainings need. Trains nothing, and
    /// looks at no result.
    /// </summary>
    /// <param name="experiment">read and checked</param>
    /// <param name="secondsOf">what a training has taken before; null if that is not known</param>
    /// <param name="context">without a study nobody is asked</param>
    /// <exception cref="Trainers.UserErrorException">The data cannot be used as the experiment wants it.</exception>
    internal static Cluster.ExperimentSurvey Survey(Experiment experiment, Func<Configuration, double?> secondsOf, RunContext context)
    {
        experiment = BudgetShares.OfCost(experiment);
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);
        TaskData task = TaskPreparation.Prepare(loaded, experiment, context);
        if (context.Study is not null)
            LlmStage.Lists(experiment, loaded, task, context);
        return Cluster.ExperimentSurvey.Of(experiment, task, secondsOf, context with { Study = null });
    }

    private static Prepared Prepare(Experiment experiment, RunContext context)
    {
        experiment = BudgetShares.OfCost(experiment);                                                  // of live language models
        LoadedDataset loaded = DatasetLoading.Load(experiment.Dataset, context);                       // load, link
        SearchedExperiment searched = new SearchStage(experiment, loaded, context).Run();              // choose options, on validation
        experiment = searched.Experiment;
        TaskData task = TaskPreparation.Prepare(loaded, experiment, context);                          // catalogue, split
        var lists = LlmStage.Lists(experiment, loaded, task, context);                                 // reply -> titles -> items
        var identities = new TrialIdentities(experiment, loaded.Dataset.Provenance.Fingerprint, lists); // what a study knows trials by
        IReadOnlyList<RowPlan> plans = new RowPlans(experiment, task, lists, context, identities).All(); // train, embed, rerank: when asked
        return new Prepared(experiment, loaded, searched, task, lists, identities, plans);
    }

    private sealed record Prepared(
        Experiment Experiment, LoadedDataset Loaded, SearchedExperiment Searched, TaskData Task, IReadOnlyDictionary<string, LlmLists> Lists, TrialIdentities Identities, IReadOnlyList<RowPlan> Plans);

    /// <summary>A budget of time is for a search, whose choice is always run in the end; without a search it is for the rows.</summary>
    private static Func<bool>? Late(Experiment experiment, SearchedExperiment searched, System.Diagnostics.Stopwatch clock) =>
        searched.Histories.Count == 0 && experiment.Budget.Time is { } most ? () => clock.Elapsed >= most.Time : null;
}

/// <summary>What a run leaves: the leaderboard, and what exports are made from.</summary>
public sealed record RunProduct(
    Leaderboard Leaderboard, Evaluation.Holdout Holdout, IReadOnlyList<Item> Items, IReadOnlyList<RowOutcome> Outcomes)
{
    /// <summary>What reranking did to the language models' lists; null if nothing was reranked.</summary>
    public RerankReport? Reranking { get; init; }
}
