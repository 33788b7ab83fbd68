using System.Numerics.Tensors;
using Trainers;
using Trainers.Kernels;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="PureSvd"/>.</summary>
public sealed record PureSvdOptions : SourceOptions
{
    [Option("how many singular vectors are kept", Min = 1, Max = 4096)]
    [Search(Low = 8, High = 256, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("further vectors that are iterated and then dropped: the more, the nearer to the exact decomposition", Min = 0, Max = 4096)]
    public int Oversampling { get; init; } = 16;

    [Option("power iterations: the more, the nearer to the exact decomposition", Min = 0, Max = 1000)]
    public int PowerIterations { get; init; } = 8;
}

/// <summary>Histories are projected on the directions in which users differ most.</summary>
/// <remarks>
/// <para>
/// Source: Cremonesi, Koren and Turrin, "Performance of Recommender Algorithms on Top-N Recommendation Tasks" (RecSys 2010). Equation: X ~ U S Vᵀ,
/// score = h V Vᵀ, h the history as a row of zeros and ones.
/// </para>
/// <para>
/// Deviations: X is binary (theirs holds ratings). V is found by randomised subspace iteration (Halko, Martinsson and Tropp, SIAM Review 2011, algorithm
/// 4.4, on XᵀX from a seeded Gaussian start, orthonormalised at every iteration), then rotated to the singular vectors (Rayleigh-Ritz) and cut to d.
/// Fewer items or a lower rank than d leave the remaining directions zero. An empty history gives all zeros.
/// </para>
/// <para>Legend: I items, D dimension, S = min(D + oversampling, I) vectors that are iterated.</para>
/// </remarks>
/// <param name="options">dimension, effort</param>
public sealed class PureSvd(PureSvdOptions options) : IBaseline
{
    private const string Name = "pure-svd";

    public IHistoryScorer Fit(Interactions interactions, TrainingRun run)
    {
        int items = interactions.ItemCount, size = Math.Min(options.Dimension + options.Oversampling, items), kept = Math.Min(options.Dimension, items);
        if ((long)items * size > Array.MaxLength)
            throw new UserErrorException($"{Name} cannot hold {size} vectors of {items} items in one array: lower `dimension` or drop this row");
        run.RequireMemory(Name, BinaryMatrix.BytesFor(interactions) + SubspaceIteration.BytesFor(interactions, size) + sizeof(float) * (long)items * (kept + 2 * Padding.Stride(kept)));
        var iteration = new SubspaceIteration(new BinaryMatrix(Name, interactions, run), size, run);
        for (int k = 0; k <= options.PowerIterations; k++)
        {
            iteration.Step();
            run.Progress?.Report(new TrainingProgress(k + 1, options.PowerIterations + 1, null));
        }

        return new Scorer(iteration.SingularVectors(kept), items, kept);
    }

    /// <param name="vectors">I x D: V, row-major</param>
    /// <param name="items">I</param>
    /// <param name="dimension">D</param>
    private sealed class Scorer(float[] vectors, int items, int dimension) : IVectorScorer
    {
        public int ItemCount => items;

        public ItemPanels Vectors { get; } = new(Padding.Pad(vectors, items, dimension), items, Padding.Stride(dimension));

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

        public void Embed(ReadOnlySpan<int> history, Span<float> vector)
        {
            vector.Clear();
            for (int h = 0; h < history.Length; h++)
            {
                if (History.IsFirst(history, h))
                    TensorPrimitives.Add(vector[..dimension], vectors.AsSpan(history[h] * dimension, dimension), vector);
            }
        }
    }
}
