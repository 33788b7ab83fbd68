using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.LeastSquares;
using Trainers.Libmf;
using Trainers.Options;
using Trainers.PairwiseRanking;
using Trainers.Pooling;

namespace Trainers;

/// <summary>How a matrix factorisation is learnt.</summary>
public enum FactorizationAlgorithm
{
    /// <summary>Implicit alternating least squares.</summary>
    Ials,

    /// <summary>Bayesian personalised ranking.</summary>
    Bpr,

    /// <summary>ML.NET's trainer with the loss SquareLossOneClass.</summary>
    Libmf,
}

/// <summary>How BPR scores a history.</summary>
public enum PairwiseScoring
{
    /// <summary>By a user vector learnt from it.</summary>
    FoldIn,

    /// <summary>By the mean inner product with its items' vectors.</summary>
    Mean,

    /// <summary>By the greatest inner product with one of its items' vectors.</summary>
    Max,
}

/// <summary>Options of <see cref="MatrixFactorization"/>.</summary>
public sealed record MatrixFactorizationOptions : SourceOptions
{
    [Option("how the factors are learnt: ials, implicit alternating least squares; bpr, Bayesian personalised ranking; libmf, ML.NET's trainer, one class with squared loss")]
    [Search(Choices = [FactorizationAlgorithm.Ials, FactorizationAlgorithm.Bpr])]
    public FactorizationAlgorithm Algorithm { get; init; } = FactorizationAlgorithm.Ials;

    [Option("length of an item's vector (d)", Min = 1, Max = 1024)]
    [Search(Low = 16, High = 256, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("ials, libmf: how often all users and all items are solved", Min = 1, Max = 10_000)]
    [Search(Low = 8, High = 32, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Ials]), TrainingLength(When = nameof(Algorithm), Is = FactorizationAlgorithm.Ials)]
    public int Iterations { get; init; } = 16;

    [Option("ials: how many components of a vector are solved at once (iALS++); without it all of them up to d = 128, and above 64", Min = 1, Max = 1024)]
    public int? BlockSize { get; init; }

    [Option("ials, libmf: how strongly large vectors cost (lambda)", Min = 0, MinExclusive = true)]
    [Search(Low = 1e-4, High = 0.1, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Ials])]
    public double Regularization { get; init; } = 0.003;

    [Option("ials: how that cost grows with a row's observations (nu): 1 in proportion, 0 not at all", Min = 0, Max = 2)]
    public double RegularizationExponent { get; init; } = 1;

    [Option("ials, libmf: weight of a pair that was not observed; an observed one has 1 more in ials (alpha0), and 1 in libmf (alpha)", Min = 0, Max = 1_000)]
    [Search(Low = 0.01, High = 2, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Ials])]
    public double UnobservedWeight { get; init; } = 0.5;

    [Option("libmf: what a pair that was not observed should score (c), an observed one 1", Min = -1, Max = 1)]
    public double UnobservedValue { get; init; }

    [Option("ials, bpr: standard deviation of the initial vectors' length (sigma): components have sigma / sqrt(d)", Min = 0, MinExclusive = true)]
    public double InitStddev { get; init; } = 0.1;

    [Option("bpr: passes over all positives", Min = 1, Max = 100_000)]
    [TrainingLength(When = nameof(Algorithm), Is = FactorizationAlgorithm.Bpr, Shapes = true)]
    public int Epochs { get; init; } = 60;

    [Option("bpr: step size in the beginning; it falls linearly to a tenth", Min = 0, MinExclusive = true, Max = 10)]
    [Search(Low = 0.01, High = 0.3, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Bpr])]
    public double LearningRate { get; init; } = 0.1;

    [Option("bpr: how strongly users' vectors shrink", Min = 0, Max = 10)]
    [Search(Low = 1e-4, High = 0.1, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Bpr])]
    public double UserRegularization { get; init; } = 0.01;

    [Option("bpr: how strongly an item's vector shrinks when it is the positive", Min = 0, Max = 10)]
    [Search(Low = 1e-4, High = 0.1, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Bpr])]
    public double PositiveRegularization { get; init; } = 0.01;

    [Option("bpr: how strongly an item's vector shrinks when it is the negative", Min = 0, Max = 10)]
    [Search(Low = 1e-4, High = 0.1, Log = true, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Bpr])]
    public double NegativeRegularization { get; init; } = 0.01;

    [Option("bpr: how strongly items' biases shrink", Min = 0, Max = 10)]
    public double BiasRegularization { get; init; } = 0.01;

    [Option("bpr: items have a bias beside their vector; it is part of the scores and not of the embeddings")]
    public bool ItemBias { get; init; } = true;

    [Option("bpr: negatives are drawn in proportion to an item's count to this power: 0 evenly, 1 by popularity", Min = -1, Max = 1)]
    [Search(Low = 0, High = 1, When = nameof(Algorithm), Is = [FactorizationAlgorithm.Bpr])]
    public double NegativeExponent { get; init; }

    [Option("bpr: how a history is scored")]
    public PairwiseScoring Scoring { get; init; } = PairwiseScoring.FoldIn;

    [Option("bpr: passes over a history that is folded in", Min = 1, Max = 10_000)]
    public int FoldInEpochs { get; init; } = 10;

    [Option("how many of a history's last items are scored by; without it all", Min = 1)]
    public int? LastItems { get; init; }

    [Option("least rating that counts as a positive; without it every interaction does, one without a rating always")]
    public double? MinRating { get; init; }
}

/// <summary>
/// Matrix factorisation of implicit feedback: y(u, i) = w_u . h_i.
/// </summary>
/// <remarks>
/// iALS: Hu, Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008, with the regularisation of
/// Rendle, Krichene, Zhang, Koren: Revisiting the Performance of iALS on Item Recommendation Benchmarks, RecSys 2022 (arXiv 2110.14037):
///     L = sum over observed (y - 1)^2 + a0 sum over all y^2 + lambda (sum over u (n_u + a0 I)^nu |w_u|^2 + sum over i (n_i + a0 U)^nu |h_i|^2)
/// Each row is solved exactly, or, where d is larger, block after block of its components: <see cref="BlockSweep"/> (iALS++).
/// Deviations: U and I count rows that have a positive, so that a larger catalogue changes nothing; a user's repetitions of an item count once.
/// Users begin at zero. Items that nobody has get a zero vector. A history is always folded in exactly.
/// BPR: Rendle, Freudenthaler, Gantner, Schmidt-Thieme: BPR: Bayesian Personalized Ranking from Implicit Feedback, UAI 2009. Maximises
///     sum over (u, i, j) of log sigmoid(y(u, i) - y(u, j)) - shrinkage,   i a positive of u, j none, y with an item's bias
/// by the steps of <see cref="Kernels.PairwiseStep"/>. Deviations: an epoch takes every positive once, in a random order, where they draw with replacement; the order is
/// that of <see cref="PairwiseFactorization"/>, which makes it parallel and leaves it deterministic; the step size falls linearly.
/// LIBMF: Chin, Yuan, Yang, Zhuang, Juan, Lin: LIBMF: A Library for Parallel Matrix Factorization in Shared-memory Systems, JMLR 17 (2016), as ML.NET
/// gives it, with the objective of Yu, Bilenko, Lin: Selection of Negative Samples for One-class Matrix Factorization, SDM 2017:
///     L = sum over observed (1 - y)^2 + alpha sum over the others (c - y)^2 + lambda (sum over u |w_u|^2 + sum over i |h_i|^2)
/// With the genuine package this is LIBMF itself; see <see cref="LibmfFactorization"/> for what its call cannot do. A history is folded in exactly.
/// </remarks>
public sealed class MatrixFactorization(MatrixFactorizationOptions options) : IItemEmbeddingTrainer
{
    // Up to here exact solutions cost no more than twice what blocks do.
    private const int MostExact = 128;

    private const int AutomaticBlock = 64;

    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run) => options.Algorithm switch
    {
        FactorizationAlgorithm.Ials => TrainIals(interactions, run),
        FactorizationAlgorithm.Bpr => TrainBpr(interactions, run),
        FactorizationAlgorithm.Libmf => TrainLibmf(interactions, run),
        _ => throw new ArgumentOutOfRangeException(nameof(interactions), options.Algorithm, "No such algorithm."),
    };

    private FoldInEmbeddings TrainIals(Interactions interactions, TrainingRun run)
    {
        int threads = Math.Max(1, run.Threads), blockSize = options.BlockSize ?? (options.Dimension <= MostExact ? options.Dimension : AutomaticBlock);
        run.RequireMemory("matrix-factorization", AlternatingLeastSquares.Bytes(interactions, options.Dimension, threads, blockSize));
        run.Cancellation.ThrowIfCancellationRequested();
        PositiveMatrix positives = Positives(interactions);
        var ridge = new Ridge(options.Regularization, options.RegularizationExponent, options.UnobservedWeight);
        var als = new AlternatingLeastSquares(positives, options.Dimension, ridge, threads, blockSize, run.Cancellation);
        als.Initialize(options.InitStddev, run.Seed);
        var identity = new TrainingIdentity("matrix-factorization", options, interactions, run) { LengthOption = nameof(options.Iterations) };
        new EpochLoop(identity, run) { Epochs = options.Iterations, IfDiverged = $"raise `regularization` ({OptionText.Of(options.Regularization)})" }.Run(als);
        return new FoldInEmbeddings(interactions.ItemCount, options.Dimension, als.Items, als.WeightedItemGram(), ridge, als.SeenItems, options.LastItems);
    }

    private ItemEmbeddings TrainBpr(Interactions interactions, TrainingRun run)
    {
        run.RequireMemory("matrix-factorization", PairwiseFactorization.Bytes(interactions, options.Dimension));
        run.Cancellation.ThrowIfCancellationRequested();
        PositiveMatrix positives = Positives(interactions);
        int seen = positives.Columns.Distinct().Count();
        if (Enumerable.Range(0, positives.RowCount).All(user => positives[user].Length == 0 || positives[user].Length == seen))
            throw new UserErrorException("matrix-factorization (bpr) has nothing to learn from: no user who has an item lacks another, to which it would be preferred");
        var model = new PairwiseFactorization(positives, options, run);
        var identity = new TrainingIdentity("matrix-factorization", options, interactions, run);
        new EpochLoop(identity, run) { Epochs = options.Epochs, IfDiverged = $"lower `learning_rate` ({OptionText.Of(options.LearningRate)})" }.Run(model);
        if (options.Scoring == PairwiseScoring.FoldIn)
            return new PairwiseFoldInEmbeddings(options.Dimension, model.Items, model.Biases, model.ItemCounts, options);
        float[] values = Padding.Unpad(model.Items.Span, interactions.ItemCount, options.Dimension);
        HistoryPooling pooling = options.Scoring == PairwiseScoring.Mean ? HistoryPooling.Mean : HistoryPooling.Max;
        return new PooledEmbeddings(options.Dimension, values, values, values, options.ItemBias ? model.Biases : null, pooling, Similarity.Dot, options.LastItems);
    }

    private OneClassEmbeddings TrainLibmf(Interactions interactions, TrainingRun run)
    {
        if (options.UnobservedWeight == 0)
            throw new UserErrorException("matrix-factorization with algorithm libmf needs an `unobserved_weight` above 0");
        if (run.Checkpoint is not null)
            throw new UserErrorException("matrix-factorization with algorithm libmf is one call of ML.NET, which keeps no checkpoint: leave the checkpoint out, or choose another algorithm");
        run.RequireMemory("matrix-factorization", LibmfFactorization.Bytes(interactions, options.Dimension));
        run.Cancellation.ThrowIfCancellationRequested();
        float[] values = LibmfFactorization.ItemVectors(Positives(interactions), options, run.Seed);
        run.Cancellation.ThrowIfCancellationRequested();
        if (Array.Exists(values, value => !float.IsFinite(value)))
            throw new UserErrorException($"matrix-factorization diverged: raise `regularization` ({OptionText.Of(options.Regularization)})");
        run.Progress?.Report(new TrainingProgress(options.Iterations, options.Iterations, null));
        return new OneClassEmbeddings(interactions.ItemCount, options.Dimension, values, options.UnobservedWeight, options.UnobservedValue, options.Regularization, options.LastItems);
    }

    private PositiveMatrix Positives(Interactions interactions)
    {
        PositiveMatrix positives = PositiveMatrix.Of(interactions, options.MinRating);
        if (positives.Columns.Length == 0)
        {
            throw new UserErrorException(interactions.Count == 0
                ? "matrix-factorization has no interactions to learn from"
                : $"matrix-factorization has nothing to learn from: none of {interactions.Count} ratings reaches min_rating {OptionText.Of(options.MinRating)}");
        }

        return positives;
    }
}
