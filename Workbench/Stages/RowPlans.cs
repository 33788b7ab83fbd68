using System.Globalization;
using Baselines;
using Data.Views;
using Evaluation;
using Microsoft.ML;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm.Embeddings;
using Workbench.MlNet;
using Workbench.Reranking;
using Workbench.Reranking.Adapting;
using Workbench.Search.Running;

namespace Workbench.Stages;

/// <summary>Turns the configurations of an experiment into rows, in the order of the file.</summary>
internal sealed class RowPlans(Experiment experiment, TaskData task, IReadOnlyDictionary<string, LlmLists> lists, RunContext context, TrialIdentities? identities = null)
{
    private readonly TrainedModels _models = new(EmbeddingCatalog.All, task.Sources, context, identities);
    private FusionGround? _ground;
    private FusionGrounds? _elsewhere;

    private FusionGround Ground => _ground ??= new FusionGround(task, lists, _models, context);

    private FusionGrounds Elsewhere => _elsewhere ??= new FusionGrounds(experiment, context);

    internal IReadOnlyList<RowPlan> All() => Distinct(
    [
        .. experiment.Baselines.Select(Baseline),
        .. experiment.Trainers.Select(Trainer),
        .. experiment.Llms.Select(Llm),
        .. from llm in experiment.Llms from control in experiment.Controls select Control(llm, control),
        .. experiment.Combinations.Select(Rerank),
    ]);

    private RowPlan Rerank(RerankCombination combination) => combination.Reranker.Space is null
        ? Reranked(combination)
        : new CrossFittedChoice(experiment, task, Reranked, context).Of(combination);

    /// <summary>A row of reranked lists, with values for all options.</summary>
    internal RowPlan Reranked(RerankCombination combination) => combination.IsFusion
        ? new FusionPlans(Ground, Elsewhere, Ranking, context).Of(combination)
        : Pooled(combination);

    /// <summary>A model may be named like a baseline: the later row says its kind too.</summary>
    private static IReadOnlyList<RowPlan> Distinct(IReadOnlyList<RowPlan> plans)
    {
        var labels = new HashSet<string>();
        string Free(RowPlan plan)
        {
            string label = labels.Contains(plan.Label) ? $"{plan.Label} ({plan.Kind})" : plan.Label;
            for (int number = 2; !labels.Add(label); number++)
                label = string.Create(CultureInfo.InvariantCulture, $"{plan.Label} ({plan.Kind} {number})");
            return label;
        }

        return [.. plans.Select(plan => plan with { Label = Free(plan), Rank = seed => RankWithOptions(plan, seed) })];
    }

    /// <exception cref="UserErrorException">The options of a part were searched, in vain.</exception>
    private static RankedQueries RankWithOptions(RowPlan plan, ulong seed)
    {
        foreach (Configuration part in plan.Parts)
            part.RequireOptions();
        return plan.Rank(seed);
    }

    private RowPlan Baseline(Configuration baseline) => new(
        baseline.Label, RowPlan.Baseline, OptionsOf(baseline), () => Source(baseline), seed =>
        {
            TrainingData data = task.Sources.For(baseline.Options);
            return Ranked(
                context.Training(seed, null, run => new BaselineEstimator(BaselineCatalog.All[baseline.Name].Create(baseline.Options), run, Ranking(data)).Fit(data.View)),
                task.Queries.View(null));
        })
    { Parts = [baseline] };

    private RowPlan Trainer(Configuration trainer) => new(
        trainer.Label, RowPlan.Trainer, OptionsOf(trainer), () => Source(trainer), seed =>
        {
            return Ranked(RankerOf(trainer, _models.Get(trainer, seed)), task.Queries.View(null));
        })
    { Parts = [trainer], Learning = seed => _models.Learning(trainer, seed) };

    private RankingTransformer RankerOf(Configuration trainer, ItemEmbeddingTransformer model)
    {
        RankingOptions ranking = Ranking(task.Sources.For(trainer.Options));
        return model.Embeddings is TextItemEmbeddings texts && task.Queries.Turns is { } turns && texts.Over([.. turns.Select(turn => (turn.Id, ItemTexts.Of(turn)))]) is { } dense
            ? new RankingTransformer(dense, ranking)
            : model.Ranker(ranking)
                ?? throw new UserErrorException($"{trainer.Name} gives item embeddings only, it cannot score a history: name it under `rerankers`");
    }

    /// <summary>A trial of a search: a baseline's or trainer's lists. Nothing is kept, but for the training's state in the request's own place.</summary>
    internal Rankings Rank(FitRequest request) => request.Context.Training(request.Seed, null, run =>
    {
        Configuration configuration = request.Configuration;
        TrainingData data = task.Sources.For(configuration.Options);
        RankingTransformer ranker = configuration.Kind == ExperimentCatalogs.Baseline
            ? new BaselineEstimator(BaselineCatalog.All[configuration.Name].Create(configuration.Options), run, Ranking(data)).Fit(data.View)
            : RankerOf(configuration, _models.Fitted(configuration, run with { StopAfter = request.StopAfter, Checkpoint = request.Place }));
        return Ranked(ranker, task.Queries.View(null)).Collect(experiment.Evaluation.Depth, run.Threads, run.Cancellation);
    });

    private RowPlan Llm(Configuration llm) => new(
        llm.Label, RowPlan.Llm, OptionsOf(llm), () => null, _ =>
        {
            IDataView queries = task.Queries.View(lists[llm.Label].Items);
            return new RankedQueries(new ListTransformer(task.Items.Count, Ranking(null)).Transform(queries), null);
        })
    { Model = llm.Label, Parts = [llm] };

    private RowPlan Control(Configuration llm, Configuration control) => new(
        $"{llm.Label} + {control.Label}", RowPlan.Rerank, OptionsOf(llm, ("control", control)), () => Source(control), seed =>
        {
            TrainingData data = task.Sources.For(control.Options);
            IQueryScorer scorer = ControlCatalog.All[control.Name].Create(control.Options).Over(data.Popularity, seed);
            return Reranked(scorer, data, llm);
        })
    { Model = llm.Label, Control = control.Name, Parts = [llm, control] };

    private RowPlan Pooled(RerankCombination row) => row.Reranker.Options is AdaptOptions ? new AdaptPlans(Ground, Elsewhere, Ranking, context).Of(row) : new(
        row.Label, RowPlan.Rerank,
        OptionsOf(row.Llm, ("reranker", row.Reranker), ("embeddings", row.Trainer)), () => Source(row.Trainer), seed =>
        {
            ItemEmbeddings embeddings = _models.Embeddings(row.Trainer, seed);
            TrainingData data = task.Sources.For(row.Trainer.Options);
            IQueryScorer scorer = RerankerCatalog.All[row.Reranker.Name].Create(row.Reranker.Options).Over(embeddings, data.Popularity);
            return Reranked(scorer, data, row.Llm);
        })
    { Model = row.Llm.Label, Parts = [row.Llm, row.Reranker, row.Trainer] };

    private RankedQueries Reranked(IQueryScorer scorer, TrainingData data, Configuration llm)
    {
        IDataView queries = task.Queries.View([.. lists[llm.Label].Items.Select(items => items.Distinct().ToArray())]);
        return Ranked(new RerankEstimator(scorer, Ranking(data)).Fit(queries), queries);
    }

    private static RankedQueries Ranked(RankingTransformer ranker, IDataView queries) => new(ranker.Transform(queries), ranker) { Queries = queries };

    private RankingOptions Ranking(TrainingData? data) => new(
        experiment.Evaluation.Depth + 1, experiment.Evaluation.ExcludeSeen, task.Candidates, data is null ? null : Fallback(data));

    /// <summary>The declared baseline without a history, or else the popularity of what the row itself learned from.</summary>
    private float[] Fallback(TrainingData data)
    {
        if (experiment.Fallback is not { } fallback)
            return data.Popularity;
        var all = new RankingOptions(task.Items.Count, ExcludeMentioned: false);
        RankingTransformer ranker = context.Training((ulong)experiment.Seeds[0], null, run =>
            new BaselineEstimator(BaselineCatalog.All[fallback.Name].Create(fallback.Options), run, all).Fit(task.Sources.For(fallback.Options).View));
        IDataView nobody = DatasetViews.OfHistories(["nobody"], task.Items, [[]], [[]]);
        Rankings order = RankingCollector.Collect(ranker.Transform(nobody), task.Items.Count, threads: 1, context.Cancellation);

        // A baseline that says nothing without a history ranks nothing: then all items are equal.
        int ranked = order.LengthOf(0);
        var scores = new float[task.Items.Count];
        Array.Fill(scores, ranked == 0 ? 0 : float.NegativeInfinity);
        for (int i = 0; i < ranked; i++)
            scores[order.ItemsOf(0)[i]] = order.ScoresOf(0)[i];
        return scores;
    }

    /// <summary>Trainers learn from the ratings unless their options say otherwise; other methods without such options learn from nothing.</summary>
    private string? Source(Configuration configuration) => EmbeddingCatalog.DescribeTexts(configuration.Options)
        ?? (EmbeddingCatalog.DescribeVectors(configuration.Options) is { } vectors ? $"{task.Sources.For(configuration.Options).Description}; {vectors}" : null)
        ?? Interactions(configuration);

    private string? Interactions(Configuration configuration) =>
        configuration.Options is FitSplitOptions || configuration.Kind == ExperimentCatalogs.Trainer ? task.Sources.For(configuration.Options).Description : null;

    private static Dictionary<string, object?> OptionsOf(Configuration configuration) =>
        OptionSpecs.Of(configuration.Options.GetType()).Where(Configuration.IsEssential).ToDictionary(spec => spec.Name, spec => Plain(Configuration.Shown(spec, configuration.Options)));

    /// <summary>Options of the parts under their names: <c>llm</c>, <c>reranker</c>, <c>embeddings</c>.</summary>
    internal static Dictionary<string, object?> OptionsOf(Configuration llm, params (string Part, Configuration Configuration)[] parts)
    {
        var options = new Dictionary<string, object?> { ["llm"] = llm.Name };
        foreach ((string name, object? value) in OptionsOf(llm))
            options[$"llm.{name}"] = value;
        foreach ((string part, Configuration configuration) in parts)
        {
            options[part] = configuration.Name;
            foreach ((string name, object? value) in OptionsOf(configuration))
                options[$"{part}.{name}"] = value;
        }

        return options;
    }

    internal static object? Plain(object? value) => value is Enum named ? OptionName.OfMember(named.ToString()) : value;
}
