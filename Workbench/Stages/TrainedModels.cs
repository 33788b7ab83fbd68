using System.Collections.Concurrent;
using System.Diagnostics;
using Trainers;
using Trainers.Checkpoints;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm.Embeddings;
using Workbench.MlNet;
using Workbench.Reports;
using Workbench.Studies;

namespace Workbench.Stages;

/// <summary>
/// Trains each configuration once per seed, whoever asks first: the trainer's own row and every reranker over its embeddings.
/// With a study, embeddings that are kept are not trained again, and a training that was interrupted goes on.
/// </summary>
internal sealed class TrainedModels(Catalog<IEmbeddingSource> catalog, TrainingSources sources, RunContext context, TrialIdentities? identities = null)
{
    private readonly ConcurrentDictionary<(string Label, ulong Seed), Lazy<ItemEmbeddingTransformer>> _models = new();
    private readonly ConcurrentDictionary<(string Label, ulong Seed), Lazy<ItemEmbeddings>> _embeddings = new();
    private readonly ConcurrentDictionary<(string Label, ulong Seed), LearningCurve> _curves = new();

    /// <summary>The model, which can score histories where its method can.</summary>
    /// <exception cref="UserErrorException">It cannot be trained; everybody who asks is told the same.</exception>
    internal ItemEmbeddingTransformer Get(Configuration trainer, ulong seed) =>
        _models.GetOrAdd((trainer.Label, seed), _ => new Lazy<ItemEmbeddingTransformer>(() => Model(trainer, seed))).Value;

    /// <summary>The embeddings alone.</summary>
    /// <exception cref="UserErrorException">They cannot be trained; everybody who asks is told the same.</exception>
    internal ItemEmbeddings Embeddings(Configuration trainer, ulong seed) => context.Study is null || identities is null || _models.ContainsKey((trainer.Label, seed))
        ? Get(trainer, seed).Embeddings
        : _embeddings.GetOrAdd((trainer.Label, seed), _ => new Lazy<ItemEmbeddings>(() => Shared(trainer, seed, context.Study, identities.Training(trainer, seed)))).Value;

    /// <summary>The learning curve of a training that is over; empty if it has no epochs.</summary>
    internal IReadOnlyList<LearningPoint> Learning(Configuration trainer, ulong seed) =>
        _curves.TryGetValue((trainer.Label, seed), out LearningCurve? curve) ? curve.Points : [];

    private ItemEmbeddingTransformer Model(Configuration trainer, ulong seed)
    {
        if (context.Study is not { } study || identities?.Training(trainer, seed) is not { } identity)
            return Train(trainer, seed, null);
        TrialTaking taking = study.Take(identity, TrialRecord.Embeddings, trainer.Label);

        // Embeddings that are there already cannot score histories: then the model is trained for itself.
        return taking.Mine ? Keep(study, identity, trainer, seed)
            : taking.Done?.Failure is { } failure ? throw new UserErrorException(failure)
            : Train(trainer, seed, null);
    }

    private ItemEmbeddings Shared(Configuration trainer, ulong seed, Study study, TrialIdentity identity)
    {
        for (var waiting = new Waiting(context); ; waiting.Wait())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            TrialTaking taking = study.Take(identity, TrialRecord.Embeddings, trainer.Label);
            if (taking.Mine)
                return Keep(study, identity, trainer, seed).Embeddings;
            if (taking.Done is { } done)
            {
                if (done.Failure is { } failure)
                    throw new UserErrorException(failure);
                if (study.Artifacts.Read(done.Artifact!) is { } bytes)
                    return EmbeddingsFile.Read(bytes);
                study.Discard(done);
                continue;
            }

            // Somebody else trains it: a thread of this program, or another program.
            if (_models.ContainsKey((trainer.Label, seed)))
                return Get(trainer, seed).Embeddings;
        }
    }

    private ItemEmbeddingTransformer Keep(Study study, TrialIdentity identity, Configuration trainer, ulong seed)
    {
        bool finished = false;
        var clock = Stopwatch.StartNew();
        var trial = new TrialRecord(identity.Key, TrialRecord.Embeddings, trainer.Label, null, null, 0, null, "{}");
        try
        {
            TrainingCheckpoint place = study.Checkpoint(identity.Key);
            ItemEmbeddingTransformer model = Train(trainer, seed, place);
            study.Finish(trial with { Seconds = clock.Elapsed.TotalSeconds }, stream => EmbeddingsFile.Write(stream, model.Embeddings));
            finished = true;
            Study.Remove(place);
            return model;
        }
        catch (UserErrorException error) when (study.Broken(error) is { } broken)
        {
            throw broken;
        }
        catch (UserErrorException error)
        {
            study.Finish(trial with { Failure = error.Message, Seconds = clock.Elapsed.TotalSeconds });
            finished = true;
            throw;
        }
        finally
        {
            if (!finished)
                study.GiveBack(identity);
        }
    }

    private ItemEmbeddingTransformer Train(Configuration trainer, ulong seed, TrainingCheckpoint? place) => context.Training(seed, null, run =>
    {
        LearningCurve curve = _curves[(trainer.Label, seed)] = new LearningCurve(progress => context.Observer.RowTrains(trainer.Label, progress), place);
        return Fitted(trainer, run with { Progress = curve, Checkpoint = curve.Place });
    });

    /// <summary>Trains, and keeps nothing. What does not train in epochs has no state to be kept between them.</summary>
    internal ItemEmbeddingTransformer Fitted(Configuration trainer, TrainingRun run)
    {
        TrainingData data = sources.For(trainer.Options);
        if (TrainingLength.Of(trainer.Options) is null)
            run = run with { Checkpoint = null };
        return new ItemEmbeddingEstimator(catalog[trainer.Name].Create(trainer.Options).Over(sources.Items), run).Fit(data.View, data.Validation);
    }
}
