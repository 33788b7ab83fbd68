using Trainers.Checkpoints;
using Trainers.Options;
using Trainers.Pooling;
using Trainers.SkipGram;

namespace Trainers;

/// <summary>Which of an item's two vectors is its embedding.</summary>
public enum ItemVectors
{
    /// <summary>The one by which it predicts others.</summary>
    Input,

    /// <summary>The one by which it is predicted.</summary>
    Output,

    /// <summary>The mean of both.</summary>
    Average,
}

/// <summary>Which vectors a history's items and the candidates are compared by.</summary>
public enum SkipGramScoring
{
    /// <summary>Input vectors of both: which items occur in like company.</summary>
    InIn,

    /// <summary>Input vectors of the history, output vectors of the candidates: which items occur with these, as in training.</summary>
    InOut,
}

/// <summary>Options of <see cref="Item2Vec"/>.</summary>
public sealed record Item2VecOptions : SourceOptions
{
    [Option("length of an item's vector (d)", Min = 1, Max = 1024)]
    [Search(Low = 16, High = 256, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("how far apart in time's order two items of a user may be to be a pair; without it every two of them are one, and order is ignored", Min = 1, Max = 10_000)]
    [Search(Choices = [null, 2, 5, 10, 20])]
    public int? Window { get; init; }

    [Option("without a window, the most pairs of one user in an epoch: longer histories are cut at random into groups, anew each epoch", Min = 2, Max = 100_000_000)]
    public int MaxPairs { get; init; } = 100_000;

    [Option("passes over all users", Min = 1, Max = 10_000)]
    [TrainingLength(Shapes = true)]
    public int Epochs { get; init; } = 20;

    [Option("weight of the negatives against each pair (k)", Min = 0, Max = 1_000)]
    [Search(Low = 2, High = 30, Log = true)]
    public double Negatives { get; init; } = 5;

    [Option("negatives are drawn in proportion to an item's count to this power: 1 by popularity, 0 evenly, below 0 rare items first", Min = -1, Max = 1)]
    [Search(Low = -1, High = 1)]
    public double NegativeExponent { get; init; } = 0.5;

    [Option("items whose share of all interactions f exceeds this (t) are left out of an epoch with probability 1 - sqrt(t / f); 0: none are", Min = 0, Max = 1)]
    [Search(Choices = [0.0, 1e-5, 1e-4, 1e-3])]
    public double Subsampling { get; init; }

    [Option("step size of AdaGrad in the beginning", Min = 0, MinExclusive = true, Max = 10)]
    [Search(Low = 0.02, High = 0.5, Log = true)]
    public double LearningRate { get; init; } = 0.1;

    [Option("step size in the end; it falls linearly", Min = 0, Max = 10)]
    public double FinalLearningRate { get; init; } = 0.001;

    [Option("which vectors are the embeddings")]
    public ItemVectors Vectors { get; init; } = ItemVectors.Input;

    [Option("how a history is scored: in-in compares input vectors with each other, in-out those of the history with the candidates' output vectors")]
    public SkipGramScoring Scoring { get; init; } = SkipGramScoring.InOut;

    [Option("how the similarities to a history's items become one score")]
    public HistoryPooling Pooling { get; init; } = HistoryPooling.Mean;

    [Option("how vectors are compared when a history is scored")]
    public Similarity Similarity { get; init; } = Similarity.Dot;

    [Option("how many of a history's last items are scored by; without it all", Min = 1)]
    public int? LastItems { get; init; } = 10;

    [Option("least rating that counts as a positive; without it every interaction does, one without a rating always")]
    public double? MinRating { get; init; }
}

/// <summary>
/// item2vec: two vectors per item, so that items of one user have a large product of the one's input and the other's output vector.
/// </summary>
/// <remarks>
/// Barkan, Koenigstein: Item2Vec: Neural Item Embedding for Collaborative Filtering, 2016; the exponent: Caselles-Dupré, Lesaint, Royo-Letelier:
/// Word2Vec applied to Recommendation: Hyperparameters Matter, RecSys 2018. Maximises, over the pairs (i, j) of each user,
///     log sigmoid(x_i . y_j) + k E over n of log sigmoid(-x_i . y_n),   n drawn in proportion to count^exponent
/// Deviations: 32 negatives are drawn for a block of inputs of a user and shared, each weighted so that they stand for k a pair (see <see cref="Kernels.SkipGramGradient"/>);
/// they may hit what is a pair. Steps are synchronous: the gradients of about 2,048 positions are computed against the same vectors, in parallel, summed in a
/// fixed order and applied by AdaGrad (Duchi et al. 2011), whose step does not grow with the number of pairs in a sum as that of plain SGD would.
/// So no result depends on the threads. The window does not shrink at random. Repetitions of an item count once without a window; with one they stay.
/// </remarks>
public sealed class Item2Vec(Item2VecOptions options) : IItemEmbeddingTrainer
{
    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
    {
        run.RequireMemory("item2vec", SkipGramModel.Bytes(interactions, options, run.Threads));
        run.Cancellation.ThrowIfCancellationRequested();
        ItemSequences sequences = ItemSequences.Of(interactions, options.MinRating, ordered: options.Window is not null);
        if (sequences.Count == 0)
        {
            throw new UserErrorException(interactions.Count == 0
                ? "item2vec has no interactions to learn from"
                : $"item2vec has nothing to learn from: none of {interactions.Count} ratings reaches min_rating {OptionText.Of(options.MinRating)}");
        }

        if (sequences.Longest < 2)
            throw new UserErrorException("item2vec has nothing to learn from: no user has two items, of which it makes its pairs");
        var model = new SkipGramModel(sequences, options, run);
        var identity = new TrainingIdentity("item2vec", options, interactions, run);
        new EpochLoop(identity, run) { Epochs = options.Epochs, IfDiverged = $"lower `learning_rate` ({OptionText.Of(options.LearningRate)})" }.Run(model);
        (float[] inputs, float[] outputs) = model.Vectors();
        float[] values = options.Vectors switch
        {
            ItemVectors.Input => inputs,
            ItemVectors.Output => outputs,
            _ => [.. inputs.Zip(outputs, (x, y) => (x + y) / 2)],
        };
        float[] candidates = options.Scoring == SkipGramScoring.InIn ? inputs : outputs;
        return new PooledEmbeddings(options.Dimension, values, inputs, candidates, null, options.Pooling, options.Similarity, options.LastItems);
    }
}
