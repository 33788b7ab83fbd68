using Trainers.LeastSquares;
using Trainers.Options;

namespace Trainers;

/// <summary>How a matrix factorisation is learnt.</summary>
public enum FactorizationAlgorithm
{
    /// <summary>Implicit alternating least squares.</summary>
    Ials,
}

/// <summary>Options of <see cref="MatrixFactorization"/>.</summary>
public sealed record MatrixFactorizationOptions : SourceOptions
{
    [Option("how the factors are learnt: ials, implicit alternating least squares")]
    public FactorizationAlgorithm Algorithm { get; init; } = FactorizationAlgorithm.Ials;

    [Option("length of an item's vector (d)", Min = 1, Max = 1024)]
    public int Dimension { get; init; } = 64;

    [Option("how often all users and then all items are solved", Min = 1, Max = 10_000)]
    public int Iterations { get; init; } = 16;

    [Option("how strongly large vectors cost (lambda)", Min = 0, MinExclusive = true)]
    public double Regularization { get; init; } = 0.003;

    [Option("how that cost grows with a row's observations (nu): 1 in proportion, 0 not at all", Min = 0, Max = 2)]
    public double RegularizationExponent { get; init; } = 1;

    [Option("weight of a pair that was not observed (alpha0), an observed one has 1 more", Min = 0, Max = 1_000)]
    public double UnobservedWeight { get; init; } = 0.5;

    [Option("standard deviation of the initial vectors' length (sigma): components have sigma / sqrt(d)", Min = 0, MinExclusive = true)]
    public double InitStddev { get; init; } = 0.1;

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
/// Deviations: each row is solved exactly (they solve blocks of coordinates); U and I count rows that have a positive, so that a larger catalogue
/// changes nothing; a user's repetitions of an item count once. Items that nobody has get a zero vector.
/// </remarks>
public sealed class MatrixFactorization(MatrixFactorizationOptions options) : IItemEmbeddingTrainer
{
    /// <inheritdoc/>
    public ItemEmbeddings Train(Interactions interactions, TrainingRun run) => options.Algorithm switch
    {
        FactorizationAlgorithm.Ials => TrainIals(interactions, run),
        _ => throw new ArgumentOutOfRangeException(nameof(interactions), options.Algorithm, "No such algorithm."),
    };

    private FoldInEmbeddings TrainIals(Interactions interactions, TrainingRun run)
    {
        int threads = Math.Max(1, run.Threads);
        run.RequireMemory("matrix-factorization", AlternatingLeastSquares.Bytes(interactions, options.Dimension, threads));
        run.Cancellation.ThrowIfCancellationRequested();
        PositiveMatrix positives = PositiveMatrix.Of(interactions, options.MinRating);
        if (positives.Columns.Length == 0)
        {
            throw new UserErrorException(interactions.Count == 0
                ? "matrix-factorization has no interactions to learn from"
                : $"matrix-factorization has nothing to learn from: none of {interactions.Count} ratings reaches min_rating {OptionText.Of(options.MinRating)}");
        }

        var ridge = new Ridge(options.Regularization, options.RegularizationExponent, options.UnobservedWeight);
        var als = new AlternatingLeastSquares(positives, options.Dimension, ridge, threads, run.Cancellation);
        als.Initialize(options.InitStddev, run.Seed);
        for (int iteration = 1; iteration <= options.Iterations; iteration++)
        {
            als.SolveUsers();
            double loss = als.SolveItems();
            if (!double.IsFinite(loss))
                throw new UserErrorException($"matrix-factorization diverged in iteration {iteration}: raise `regularization` ({OptionText.Of(options.Regularization)})");
            run.Progress?.Report(new TrainingProgress(iteration, options.Iterations, loss));
        }

        return new FoldInEmbeddings(interactions.ItemCount, options.Dimension, als.Items, als.WeightedItemGram(), ridge, als.SeenItems);
    }
}
