using System.Collections.Concurrent;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm.Embeddings;
using Workbench.MlNet;

namespace Workbench.Stages;

/// <summary>Trains each configuration once per seed, whoever asks first: the trainer's own row and every reranker over its embeddings.</summary>
internal sealed class TrainedModels(Catalog<IEmbeddingSource> catalog, TrainingSources sources, RunContext context)
{
    private readonly ConcurrentDictionary<(string Label, ulong Seed), Lazy<ItemEmbeddingTransformer>> _models = new();

    /// <exception cref="UserErrorException">It cannot be trained; everybody who asks is told the same.</exception>
    internal ItemEmbeddingTransformer Get(Configuration trainer, ulong seed) =>
        _models.GetOrAdd((trainer.Label, seed), _ => new Lazy<ItemEmbeddingTransformer>(() => Train(trainer, seed))).Value;

    private ItemEmbeddingTransformer Train(Configuration trainer, ulong seed)
    {
        var run = new TrainingRun(seed, context.Threads, context.MemoryBytes, new Report(trainer.Label, context.Observer), context.Cancellation);
        TrainingData data = sources.For(trainer.Options);
        return new ItemEmbeddingEstimator(catalog[trainer.Name].Create(trainer.Options).Over(sources.Items), run).Fit(data.View, data.Validation);
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and on the same thread.</summary>
    private sealed class Report(string row, IRunObserver observer) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => observer.RowTrains(row, value);
    }
}
