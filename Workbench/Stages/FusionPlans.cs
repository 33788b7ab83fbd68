using System.Globalization;
using Data.Views;
using Microsoft.ML;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.MlNet;
using Workbench.Reranking.Fusion;

namespace Workbench.Stages;

/// <summary>Rows of fitted rerankers.</summary>
internal sealed class FusionPlans(
    TaskData task, IReadOnlyDictionary<string, LlmLists> lists, TrainedModels models, Func<TrainingData?, RankingOptions> ranking, RunContext context)
{
    private readonly Lazy<IHistoryScorer?> _collaborative = new(() => Collaborative(task, context));

    internal IEnumerable<RowPlan> Of(IReadOnlyList<FusionRow> rows) => rows.Select(row => new RowPlan(
        $"{row.Llm.Label} + {row.Reranker.Label}, cross-fitted", RowPlan.Rerank,
        RowPlans.OptionsOf(row.Llm, [("reranker", row.Reranker), .. row.Embeddings.Select((trainer, i) => (string.Create(CultureInfo.InvariantCulture, $"embeddings {i + 1}"), trainer))]),
        () => Description((FusionOptions)row.Reranker.Options), seed => Rank(row, seed))
    { Model = row.Llm.Label });

    private RankedQueries Rank(FusionRow row, ulong seed)
    {
        var options = (FusionOptions)row.Reranker.Options;
        foreach (Configuration trainer in row.Embeddings.Where(_ => options.Tier is FusionTier.LlmCf or FusionTier.NoDialogues))
        {
            if (trainer.Options is SourceOptions { TrainOn: not TrainOn.Ratings })
                throw new UserErrorException($"the tier {OptionName.OfMember(options.Tier)} has no statistics of dialogues, and `{trainer.Label}` is trained on some: leave it out by `embeddings`");
        }

        TrainingData ratings = task.Sources.For(new object());
        var sources = new FusionSources(
            task.Items,
            [.. row.Embeddings.Select(trainer => new EmbeddingSet(trainer.Label, models.Get(trainer, seed).Embeddings))],
            _collaborative.Value, ratings.Popularity, task.Sources.Spoken());
        IDataView queries = task.Queries.View([.. lists[row.Llm.Label].Items.Select(items => items.Distinct().ToArray())]);
        var run = new TrainingRun(seed, context.Threads, context.MemoryBytes, null, context.Cancellation);
        RankingTransformer ranker = new FusionEstimator(sources, options, ranking(ratings), run, crossFit: true).Fit(queries);
        return new RankedQueries(ranker.Transform(queries), ranker) { Queries = queries };
    }

    private string Description(FusionOptions options)
    {
        string statistics = options.Tier switch
        {
            FusionTier.LlmCf or FusionTier.NoDialogues => "no statistics of dialogues",
            FusionTier.Validation => "statistics of the train and validation conversations",
            _ => "statistics of the train and validation conversations and of the other folds' dialogues",
        };
        return string.Create(CultureInfo.InvariantCulture, $"cross-fitted: {options.Folds} folds by dialogue of the {task.Queries.Count:N0} turns, each ranked by what the others taught; {statistics}");
    }

    private static IHistoryScorer? Collaborative(TaskData task, RunContext context)
    {
        TrainingData ratings = task.Sources.For(new object());
        return ratings.Popularity.All(count => count == 0) ? null : new RatingsRecommender(new TrainingRun(1, context.Threads, context.MemoryBytes, null, context.Cancellation)).Fit(ratings.View);
    }
}
