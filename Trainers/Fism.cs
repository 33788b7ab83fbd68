using Trainers.Checkpoints;
using Trainers.FactoredSimilarity;
using Trainers.Kernels;
using Trainers.LeastSquares;
using Trainers.Options;

namespace Trainers;

/// <summary>What FISM minimises.</summary>
public enum FismVariant
{
    /// <summary>The squared error of differences between a positive and its negatives.</summary>
    Auc,

    /// <summary>The squared error of scores, 1 for a positive and 0 for a negative.</summary>
    Rmse,

    /// <summary>The cross-entropy of a positive among the negatives; one table of vectors.</summary>
    Softmax,
}

/// <summary>Which of an item's two vectors is its embedding.</summary>
public enum FismVectors
{
    /// <summary>q, what a history is compared with.</summary>
    Target,

    /// <summary>p, what the item adds to a history.</summary>
    History,

    /// <summary>Half the sum of both.</summary>
    Mean,
}

/// <summary>Options of <see cref="Fism"/>.</summary>
public sealed record FismOptions : SourceOptions
{
    [Option("what is minimised: auc, squared errors of differences; rmse, squared errors; softmax, cross-entropy with one table of vectors for both roles")]
    [Search(Choices = [FismVariant.Auc, FismVariant.Rmse, FismVariant.Softmax])]
    public FismVariant Variant { get; init; } = FismVariant.Softmax;

    [Option("length of an item's vector (d)", Min = 1, Max = 1024)]
    [Search(Low = 16, High = 256, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("how a history of n items is scaled, n^-alpha: 0 their sum, 1 their mean", Min = 0, Max = 1)]
    [Search(Low = 0, High = 1)]
    public double Alpha { get; init; } = 0.5;

    [Option("negatives: of auc and rmse for each positive (rho), 4 if not given; of softmax for each user, shared by the user's positives, 1000 if not given", Min = 1, Max = 100_000)]
    public int? Negatives { get; init; }

    [Option("how often every user is visited", Min = 1, Max = 10_000)]
    [TrainingLength]
    public int Epochs { get; init; } = 40;

    [Option("learning rate of Adam", Min = 0, Max = 1, MinExclusive = true)]
    [Search(Low = 5e-4, High = 0.05, Log = true)]
    public double LearningRate { get; init; } = 0.005;

    [Option("weight decay: how fast vectors and biases shrink, times the learning rate", Min = 0, Max = 1_000)]
    [Search(Low = 1e-3, High = 1, Log = true)]
    public double Regularization { get; init; } = 0.1;

    [Option("users in one step", Min = 1, Max = 1_000_000)]
    public int BatchUsers { get; init; } = 64;

    [Option("standard deviation of the initial vectors' components", Min = 0, Max = 10, MinExclusive = true)]
    public double InitStddev { get; init; } = 0.02;

    [Option("whether each item has a bias")]
    public bool ItemBias { get; init; } = true;

    [Option("which vectors are the embeddings: target (q), history (p) or their mean; softmax has only one")]
    public FismVectors Vectors { get; init; } = FismVectors.Target;

    [Option("how many of a history's last items are scored by; without it all", Min = 1)]
    public int? LastItems { get; init; }

    [Option("least rating that counts as a positive; without it every interaction does, one without a rating always")]
    public double? MinRating { get; init; }
}

/// <summary>
/// Factored item similarity: a user is the sum of the user's items, score(u, i) = b_u + b_i + n^-alpha (sum over j in R_u, j != i, of p_j) . q_i, n the number of items summed.
/// </summary>
/// <remarks>
/// Kabbur, Ning, Karypis: FISM: Factored Item Similarity Models for Top-N Recommender Systems, KDD 2013: the variants auc and rmse.
/// softmax is the model used for conversations in He et al., Reindex-Then-Adapt, WSDM 2025: p = q, cross-entropy over a positive and uniform negatives.
/// Deviations: Adam with decoupled decay in steps of whole users instead of plain gradient descent by pair; negatives are uniform over seen items that are not
/// the user's, drawn anew in each epoch; for softmax one draw serves all of a user's positives; b_u, which no ranking depends on, is in rmse alone, at its minimum;
/// users with a single item teach nothing, since nothing is left of their history. Items that nobody has get a zero vector.
/// Deterministic by its order: a step reads frozen tables, and each sum is made by one thread in the order of users. See <see cref="FismGradient"/>.
/// </remarks>
public sealed class Fism(FismOptions options) : IItemEmbeddingTrainer
{
    private bool Tied => options.Variant == FismVariant.Softmax;

    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run)
    {
        run.RequireMemory("fism", Bytes(interactions));
        run.Cancellation.ThrowIfCancellationRequested();
        PositiveMatrix positives = PositiveMatrix.Of(interactions, options.MinRating);
        if (positives.Columns.Length == 0)
        {
            throw new UserErrorException(interactions.Count == 0
                ? "fism has no interactions to learn from"
                : $"fism has nothing to learn from: none of {interactions.Count} ratings reaches min_rating {OptionText.Of(options.MinRating)}");
        }

        var seen = new bool[positives.ColumnCount];
        foreach (int item in positives.Columns)
            seen[item] = true;
        int[] candidates = [.. Enumerable.Range(0, seen.Length).Where(item => seen[item])];
        if (!Enumerable.Range(0, positives.RowCount).Any(user => FismTraining.Teaches(positives[user].Length, candidates.Length)))
            throw new UserErrorException("fism has nothing to learn from: it needs a user who has two items and lacks a third");
        var tables = new FismTables(seen.Length, options.Dimension, Tied, options.ItemBias);
        tables.Initialize(candidates, options.InitStddev, run.Seed);
        var training = new FismTraining(positives, candidates, tables, options, NegativesOf, run);
        var identity = new TrainingIdentity("fism", options, interactions, run) { LengthOption = nameof(options.Epochs) };
        new EpochLoop(identity, run) { Epochs = options.Epochs, IfDiverged = $"lower `learning_rate` ({OptionText.Of(options.LearningRate)})" }.Run(training);
        return new FismEmbeddings(tables, options.Alpha, options.LastItems, seen, Vectors(tables));
    }

    private int NegativesOf(int positives) => Tied ? options.Negatives ?? 1_000 : (options.Negatives ?? 4) * positives;

    private float[] Vectors(FismTables tables)
    {
        float[] target = Padding.Unpad(tables.Target.Span, tables.Items, options.Dimension);
        if (options.Vectors == FismVectors.Target)
            return target;
        float[] history = Padding.Unpad(tables.History.Span, tables.Items, options.Dimension);
        if (options.Vectors == FismVectors.History)
            return history;
        for (int k = 0; k < target.Length; k++)
            target[k] = (target[k] + history[k]) / 2;
        return target;
    }

    /// <summary>The interactions by item and by user, the tables, the batches at their largest and the result.</summary>
    private long Bytes(Interactions interactions)
    {
        int[] counts = [.. Enumerable.Range(0, interactions.UserCount).Select(interactions.CountOf).OrderDescending().Take(options.BatchUsers)];
        long entries = counts.Sum(count => (long)count + NegativesOf(count));
        return FismTables.Bytes(interactions.ItemCount, options.Dimension, Tied) + FismGradient.Bytes(options.Dimension, options.BatchUsers)
            + FismTraining.BatchesAhead * UserBatch.Bytes(entries, interactions.ItemCount)
            + sizeof(float) * (2L * interactions.ItemCount * options.Dimension + 2L * interactions.Count + 3L * interactions.UserCount);
    }
}
