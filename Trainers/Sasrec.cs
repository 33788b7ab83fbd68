using Trainers.Checkpoints;
using Trainers.Options;
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
    // Told when the options are known, so that a file's reader can say where.
    private readonly SasrecOptions options = options.Dimension % options.Heads == 0 ? options
        : throw new UserErrorException($"sasrec cannot divide `dimension` {options.Dimension} among {options.Heads} `heads`: choose a divisor");

    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
    {
        int threads = Math.Max(1, run.Threads);
        run.RequireMemory("sasrec", SasrecMemory.Bytes(options, interactions, threads));
        run.Cancellation.ThrowIfCancellationRequested();
        if (interactions.Count == 0)
            throw new UserErrorException("sasrec has no interactions to learn from");

        var data = new TrainingSequences(interactions, options.MaxLength, options.ValidationUsers, run.Seed, run.Validation.Span);
        if (data.Users.Length == 0)
            throw new UserErrorException("sasrec has nothing to learn from: no user has two interactions, one to follow the other");
        var model = new SasrecModel<float>(options, data.Names, run.Seed);
        var training = new SasrecTraining(model, options, data, run);
        var identity = new TrainingIdentity("sasrec", options, interactions, run) { LengthOption = nameof(options.Epochs) };
        new EpochLoop(identity, run) { Epochs = options.Epochs, IfDiverged = $"lower `learning_rate` ({OptionText.Of(options.LearningRate)})" }.Run(training);
        (int epoch, double ndcg) = training.RestoreBest();
        return new SasrecEmbeddings(model, data, interactions.ItemCount, epoch, ndcg);
    }
}
