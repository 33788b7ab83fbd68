using System.Collections.Concurrent;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Sampling;
using Trainers.SelfAttention;

namespace Trainers;

/// <summary>
/// SASRec: the next item by causal self-attention over the user's last items.
/// </summary>
/// <remarks>
/// Kang, McAuley: Self-attentive sequential recommendation, ICDM 2018 (arXiv 1808.09781). x_t = sqrt(d) item + position; each block
///     q = norm(x);  y = q + softmax(q Wq (x Wk)ᵀ / sqrt(d / heads), causal) x Wv;  z = norm(y);  x = z + relu(z W1 + b1) W2 + b2
/// and a last norm; score(i) = output . item i. Dropout after the embedding, on attention, and twice in the network. Every position of a sequence predicts its next item.
/// Losses: bce as there; gbce and softmax as in Petrov and Macdonald 2023 and Klenitskiy and Vasilev 2023 (arXiv 2309.07602), whose sizes are the defaults.
/// Deviations: all parameters start as N(0, init_stddev^2), biases at 0; no weight decay; sequences are computed at their true length, with positions counted from
/// the last item, so that right-aligned padding is neither needed nor missed; Adam leaves item rows alone that a step did not touch; training ends by the
/// NDCG@10 of the run's validation items, or, without them, of held-out last items of the training data itself. Items that nobody has get a zero vector.
/// </remarks>
public sealed class Sasrec(SasrecOptions options) : IItemEmbeddingTrainer
{
    private const ulong ShuffleStream = 1UL << 42;

    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
    {
        if (options.Dimension % options.Heads != 0)
            throw new UserErrorException($"sasrec cannot divide `dimension` {options.Dimension} among {options.Heads} `heads`: choose a divisor");
        int threads = Math.Max(1, run.Threads);
        run.RequireMemory("sasrec", SasrecMemory.Bytes(options, interactions, threads));
        run.Cancellation.ThrowIfCancellationRequested();
        if (interactions.Count == 0)
            throw new UserErrorException("sasrec has no interactions to learn from");

        var data = new TrainingSequences(interactions, options.MaxLength, options.ValidationUsers, run.Seed, run.Validation.Span);
        var model = new SasrecModel<float>(options, data.Names, run.Seed);
        if (data.Users.Length == 0)
            return new SasrecEmbeddings(model, data, interactions.ItemCount, 0, 0);
        (int epoch, double ndcg) = Fit(model, data, run, threads);
        return new SasrecEmbeddings(model, data, interactions.ItemCount, epoch, ndcg);
    }

    private (int Epoch, double Ndcg) Fit(SasrecModel<float> model, TrainingSequences data, TrainingRun run, int threads)
    {
        var step = new SasrecStep<float>(model, options, data, run.Seed, threads, run.Cancellation);
        var states = new ConcurrentBag<EncoderState<float>>();
        var adam = new Adam(options.LearningRate);
        int[] users = [.. data.Users];
        (int Epoch, double Ndcg, float[][] Parameters)? best = null;
        long steps = 0;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            SplitMix64.ForStream(run.Seed, ShuffleStream + (ulong)epoch).Shuffle<int>(users);
            double loss = 0;
            for (int first = 0; first < users.Length; first += options.BatchSize)
            {
                ReadOnlyMemory<int> batch = users.AsMemory(first, Math.Min(options.BatchSize, users.Length - first));
                loss += step.Compute(batch, epoch) * batch.Length / users.Length;
                step.Update(adam.Step(++steps));
            }

            if (!double.IsFinite(loss))
                throw new UserErrorException($"sasrec diverged in epoch {epoch}: lower `learning_rate` ({Options.OptionText.Of(options.LearningRate)})");
            run.Progress?.Report(new TrainingProgress(epoch, options.Epochs, loss));
            if (data.HeldOutUsers.Length == 0)
                continue;
            double ndcg = HeldOutNdcg.Compute(model, data, states, threads, run.Cancellation);
            if (best is null || ndcg > best.Value.Ndcg)
                best = (epoch, ndcg, model.Save());
            if (epoch - best.Value.Epoch >= options.Patience)
                break;
        }

        run.Cancellation.ThrowIfCancellationRequested();
        if (best is null)
            return (options.Epochs, 0);
        model.Restore(best.Value.Parameters);
        return (best.Value.Epoch, best.Value.Ndcg);
    }
}
