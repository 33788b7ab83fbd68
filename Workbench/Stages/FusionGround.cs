using System.Collections.Concurrent;
using Data;
using Trainers;
using Workbench.Experiments;
using Workbench.Llm.Embeddings;
using Workbench.MlNet;
using Workbench.Reranking.Fusion;

namespace Workbench.Stages;

/// <summary>Data that a fitted reranker is fitted on or applied to: candidates, lists, embeddings and a recommender of its ratings.</summary>
internal sealed class FusionGround(TaskData task, IReadOnlyDictionary<string, LlmLists> lists, TrainedModels models, RunContext context)
{
    private readonly Lazy<IHistoryScorer?> _collaborative = new(() => FitCollaborative(task, context));

    internal TaskData Task => task;

    internal TrainingData Ratings => task.Sources.For(new object());

    /// <summary>The turns with a model's lists, each item once.</summary>
    internal Microsoft.ML.IDataView Turns(Configuration llm) => task.Queries.View([.. lists[llm.Label].Items.Select(items => items.Distinct().ToArray())]);

    internal FusionSources Sources(IReadOnlyList<Configuration> embeddings, ulong seed) => new(
        task.Items,
        [.. embeddings.Select(trainer => new EmbeddingSet(trainer.Label, Embeddings(trainer, seed)))],
        _collaborative.Value, Ratings.Popularity, task.Sources.Spoken());

    /// <summary>Null without ratings.</summary>
    internal IHistoryScorer? Collaborative => _collaborative.Value;

    internal ItemEmbeddings Embeddings(Configuration trainer, ulong seed) => models.Embeddings(trainer, seed);

    private static IHistoryScorer? FitCollaborative(TaskData task, RunContext context)
    {
        TrainingData ratings = task.Sources.For(new object());
        return ratings.Popularity.All(count => count == 0) ? null : context.Training(1, null, run => new RatingsRecommender(run).Fit(ratings.View));
    }
}

/// <summary>Other linked folders that rerankers are fitted on, each read once.</summary>
internal sealed class FusionGrounds(Experiment experiment, RunContext context)
{
    private readonly ConcurrentDictionary<(string Folder, string Model), Lazy<FusionGround>> _grounds = new();

    /// <exception cref="UserErrorException">The folder is no linked dataset with replies of the model.</exception>
    internal FusionGround Of(string folder, Configuration llm) =>
        _grounds.GetOrAdd((folder, llm.Label), _ => new Lazy<FusionGround>(() => Open(folder, llm))).Value;

    private FusionGround Open(string folder, Configuration llm)
    {
        Experiment there = experiment with
        {
            Dataset = new DatasetOptions { Path = folder }, Llms = [llm],
            Split = experiment.Split with { By = SplitBy.Dataset }, Evaluation = experiment.Evaluation with { Split = EvaluationSplit.Test },
        };
        LoadedDataset loaded = DatasetLoading.Load(there.Dataset, context);
        loaded = loaded with { Dataset = WithReplied(loaded.Dataset, llm.Name, folder) };
        TaskData task = TaskPreparation.Prepare(loaded, there, context);
        return new FusionGround(task, LlmStage.Lists(there, loaded, task, context), new TrainedModels(EmbeddingCatalog.All, task.Sources, context), context);
    }

    /// <summary>Dialogues with a reply are fitted on, whatever their split; all others are for statistics.</summary>
    private static LinkedDataset WithReplied(LinkedDataset dataset, string model, string folder)
    {
        if (!dataset.Replies.TryGetValue(model, out IReadOnlyList<LlmReply>? replies))
            throw new UserErrorException($"`fit_on` needs recorded replies of `{model}` (llm/{model}.jsonl), and {folder} has none", folder);
        var replied = replies.Select(reply => reply.Turn).ToHashSet();
        var dialogues = dataset.Turns.Where(turn => replied.Contains(turn.Id)).Select(turn => turn.Conversation).ToHashSet();
        return dataset with
        {
            Turns = [.. dataset.Turns.Select(turn => turn with
            {
                Split = dialogues.Contains(turn.Conversation) ? Split.Test : turn.Split == Split.Test ? Split.Validation : turn.Split,
            })],
        };
    }
}
