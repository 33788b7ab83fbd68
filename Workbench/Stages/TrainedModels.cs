using System.Collections.Concurrent;
using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm.Embeddings;
using Workbench.MlNet;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>Trains each configuration once per seed, whoever asks first: the trainer's own row and every reranker over its embeddings.</summary>
internal sealed class TrainedModels(Catalog<IEmbeddingSource> catalog, TrainingSources sources, RunContext context)
{
    private readonly ConcurrentDictionary<(string Label, ulong Seed), Lazy<ItemEmbeddingTransformer>> _models = new();
    private readonly ConcurrentDictionary<(string Label, ulong Seed), Report> _reports = new();

    /// <exception cref="UserErrorException">It cannot be trained; everybody who asks is told the same.</exception>
    internal ItemEmbeddingTransformer Get(Configuration trainer, ulong seed) =>
        _models.GetOrAdd((trainer.Label, seed), _ => new Lazy<ItemEmbeddingTransformer>(() => Train(trainer, seed))).Value;

    /// <summary>The learning curve of a training that is over; empty if it has no epochs.</summary>
    internal IReadOnlyList<LearningPoint> Learning(Configuration trainer, ulong seed) =>
        _reports.TryGetValue((trainer.Label, seed), out Report? report) ? report.Points : [];

    private ItemEmbeddingTransformer Train(Configuration trainer, ulong seed)
    {
        Report report = _reports[(trainer.Label, seed)] = new Report(trainer.Label, context.Observer);
        var run = new TrainingRun(seed, context.Threads, context.MemoryBytes, report, context.Cancellation);
        TrainingData data = sources.For(trainer.Options);
        return new ItemEmbeddingEstimator(catalog[trainer.Name].Create(trainer.Options).Over(sources.Items), run).Fit(data.View, data.Validation);
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and on the same thread; remembers the learning curve.</summary>
    private sealed class Report(string row, IRunObserver observer) : IProgress<TrainingProgress>
    {
        private readonly List<LearningPoint> _points = [];

        internal IReadOnlyList<LearningPoint> Points => _points;

        void IProgress<TrainingProgress>.Report(TrainingProgress value)
        {
            _points.Add(new LearningPoint(value.Epoch, value.Loss, value.Validation?.Value));
            observer.RowTrains(row, value);
        }
    }
}
