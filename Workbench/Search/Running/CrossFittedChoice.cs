using System.Globalization;
using Evaluation;
using Trainers;
using Workbench.Experiments;
using Workbench.Reranking.Fusion;
using Workbench.Search.Samplers;
using Workbench.Stages;

namespace Workbench.Search.Running;

/// <summary>
/// A searched reranker of lists that there are for the evaluated turns alone: five folds by dialogue, and each fold's options are those that are best in the other four.
/// </summary>
/// <remarks>
/// What is tried must not depend on any result, since every result is some fold's: a sampler that learns is replaced by an even spread.
/// A candidate that is fitted is cross-fitted itself, so its list of a dialogue never saw that dialogue; its lists of the other dialogues, by which it is chosen, did.
/// </remarks>
internal sealed class CrossFittedChoice(Experiment experiment, TaskData task, Func<RerankCombination, RowPlan> plan, RunContext context)
{
    private const int Folds = 5;

    internal RowPlan Of(RerankCombination combination)
    {
        string? chosen = null;
        RowPlan first = plan(combination with { Reranker = combination.Reranker with { Space = null } });
        SearchSpace space = combination.Reranker.Space!;
        int trials = experiment.Search.TrialsOf(space);
        return first with
        {
            Label = $"{(combination with { Reranker = combination.Reranker with { Label = SearchStage.Searched(combination.Reranker) } }).Label}, cross-fitted",
            Searched = string.Create(CultureInfo.InvariantCulture, $"{space}; {Sampler} {trials} {experiment.Search.Seed} {experiment.Search.GridPoints}; {experiment.Objective}; {ReportedMetrics.Protocols(experiment)[0]}; {experiment.Seeds[0]}"),
            LearnedFrom = () => chosen,
            Rank = seed =>
            {
                (Rankings lists, chosen) = Choose(combination, Candidates(space, trials), seed);
                return new RankedQueries(task.Queries.View(null), null) { Lists = lists };
            },
        };
    }

    private SamplerKind Sampler => experiment.Search.Sampler == SamplerKind.Tpe ? SamplerKind.Sobol : experiment.Search.Sampler;

    private List<Assignment> Candidates(SearchSpace space, int trials)
    {
        ISampler sampler = SamplerCatalog.Create(Sampler, space, (ulong)(experiment.Search.Seed ?? experiment.Seeds[0]), experiment.Search.GridPoints);
        var candidates = new List<Assignment>();
        while (candidates.Count < trials && sampler.Propose(candidates.Count, [], candidates) is { } next)
            candidates.Add(next);
        return candidates;
    }

    private (Rankings Lists, string Chosen) Choose(RerankCombination combination, List<Assignment> candidates, ulong seed)
    {
        string protocol = ReportedMetrics.Protocols(experiment)[0], objective = experiment.Objective.ToString();
        var evaluation = new EvaluationPlan
        {
            Protocols = [protocol], Metrics = [experiment.Objective.Metric], Cutoffs = [experiment.Objective.Cutoff], Seed = seed, BootstrapResamples = 0, Threads = context.Threads,
        };
        string[] dialogues = task.Queries.Turns is { } turns ? [.. turns.Select(turn => turn.Conversation)] : [.. task.Queries.Ids];
        var folds = new DialogueFolds(dialogues, Folds, (ulong)experiment.Seeds[0]);
        int[] foldOf = [.. dialogues.Select(folds.Of)];
        var tried = new List<(Assignment Assignment, Rankings Lists, double[] Sums, int[] Counts)>();
        string? failure = null;
        foreach (Assignment candidate in candidates)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            try
            {
                Rankings lists = plan(combination with { Reranker = combination.Reranker.At(candidate) }).Rank(seed).Collect(experiment.Evaluation.Depth, context.Threads, context.Cancellation);
                ProtocolResult result = Evaluator.Evaluate(task.Holdout, lists, evaluation, context.Cancellation)[protocol];
                (double[] sums, int[] counts) = (new double[Folds], new int[Folds]);
                double[] values = result.ValuesOf(objective);
                for (int unit = 0; unit < values.Length; unit++)
                {
                    int fold = foldOf[result.Units.Queries[unit]];
                    (sums[fold], counts[fold]) = (sums[fold] + values[unit], counts[fold] + 1);
                }

                tried.Add((candidate, lists, sums, counts));
            }
            catch (UserErrorException error)
            {
                failure ??= error.Message;
            }
        }

        if (tried.Count == 0)
            throw new UserErrorException($"none of {candidates.Count} trials succeeded; the first: {failure}");
        var best = new int[Folds];
        for (int fold = 0; fold < Folds; fold++)
        {
            double Others(int candidate) => (tried[candidate].Sums.Sum() - tried[candidate].Sums[fold]) / Math.Max(1, tried[candidate].Counts.Sum() - tried[candidate].Counts[fold]);
            best[fold] = Enumerable.Range(0, tried.Count).MaxBy(Others);
        }

        string told = string.Join("; ", best.Select((candidate, fold) => string.Create(CultureInfo.InvariantCulture, $"fold {fold + 1}: {tried[candidate].Assignment.Text}")));
        return (Joined([.. best.Select(candidate => tried[candidate].Lists)], foldOf), string.Create(
            CultureInfo.InvariantCulture, $"options chosen of {tried.Count} inside {Folds} folds by dialogue, each by the other folds: {told}"));
    }

    private static Rankings Joined(Rankings[] byFold, int[] foldOf)
    {
        var joined = new Rankings(byFold[0].QueryCount, byFold[0].Depth, byFold[0].ItemCount, byFold[0].TieRanks is not null);
        for (int q = 0; q < joined.QueryCount; q++)
        {
            Rankings from = byFold[foldOf[q]];
            from.ItemsOf(q).CopyTo(joined.ItemsOf(q));
            from.ScoresOf(q).CopyTo(joined.ScoresOf(q));
            from.TieRanksOf(q).CopyTo(joined.TieRanksOf(q));
            joined.CutsTie[q] = from.CutsTie[q];
        }

        return joined;
    }
}
