using System.Numerics.Tensors;
using Trainers;
using Trainers.Kernels;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="Ease"/>.</summary>
public sealed record EaseOptions : SourceOptions
{
    [Option("the ridge: the greater, the more a weight rests on many users", Min = 0, MinExclusive = true)]
    [Search(Low = 10, High = 5000, Log = true)]
    public double Lambda { get; init; } = 500;
}

/// <summary>A linear autoencoder without a diagonal, in closed form: every item is predicted from all the others.</summary>
/// <remarks>
/// <para>
/// Source: H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019). Equation: P = (XᵀX + lambda I)⁻¹, B_ij = -P_ij / P_jj,
/// B_jj = 0; score = h B, h the history as a row of zeros and ones. No deviation.
/// </para>
/// <para>
/// Legend: X users x items, I items. Memory: 8 I² bytes for the inverse and 4 I² for B; time: I³ multiply-adds. An empty history gives all zeros.
/// The inverse is in doubles, which needs no knowledge of the data: items with the same users leave pivots as small as lambda beside counts of 1e5, where floats
/// have three digits. MovieLens-1M alone would not need it: floats move B by 1e-7 at lambda 500 and 5e-6 at 0.1; the doubles' residual |A A⁻¹ - I| is 5e-15 and 3e-13.
/// </para>
/// </remarks>
/// <param name="options">the ridge</param>
public sealed class Ease(EaseOptions options) : IBaseline
{
    private const string Name = "ease";

    public IHistoryScorer Fit(Interactions interactions, TrainingRun run)
    {
        int items = interactions.ItemCount;
        if (items > SymmetricMatrix.MaxSize)
            throw new UserErrorException($"{Name} inverts a matrix of items x items and takes at most {SymmetricMatrix.MaxSize} items, not {items}: restrict the catalogue or drop this row");
        run.RequireMemory(Name, BinaryMatrix.BytesFor(interactions) + SymmetricMatrix.Bytes(items) + (sizeof(float) * (long)items * items));
        var gram = Gram(new BinaryMatrix(Name, interactions, run), run);
        try
        {
            SpdInverse.InPlace(gram, run.Threads, run.Cancellation, (done, all) => run.Progress?.Report(new TrainingProgress(done, all, null)));
        }
        catch (ArithmeticException)
        {
            throw new UserErrorException(FormattableString.Invariant($"{Name} cannot invert XᵀX + {options.Lambda} I in doubles: raise `lambda`"));
        }

        return new Scorer(Weights(gram, run), items);
    }

    // XᵀX + lambda I. A row belongs to one thread; its counts are whole numbers, so their order is nothing.
    private SymmetricMatrix Gram(BinaryMatrix matrix, TrainingRun run)
    {
        var gram = new SymmetricMatrix(matrix.Items);
        Parallel.For(0, matrix.Items, InParallel(run), item =>
        {
            Span<double> row = gram.Row(item);
            foreach (int user in matrix.UsersOf(item))
            {
                foreach (int other in matrix.ItemsOf(user))
                {
                    if (other > item)
                        break;
                    row[other]++;
                }
            }

            row[item] += options.Lambda;
        });
        return gram;
    }

    // B, I x I, row-major: row i is what item i in a history adds to all scores.
    private static float[] Weights(SymmetricMatrix inverse, TrainingRun run)
    {
        int items = inverse.Size;
        var weights = new float[items * items];
        var diagonal = new double[items];
        for (int i = 0; i < items; i++)
            diagonal[i] = inverse[i, i];
        Parallel.For(0, items, InParallel(run), i =>
        {
            Span<float> row = weights.AsSpan(i * items, items);
            for (int j = 0; j < items; j++)
                row[j] = j == i ? 0 : (float)(-inverse[i, j] / diagonal[j]);
        });
        return weights;
    }

    private static ParallelOptions InParallel(TrainingRun run) =>
        new() { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };

    private sealed class Scorer(float[] weights, int items) : IHistoryScorer
    {
        public int ItemCount => items;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
        {
            Span<float> sums = scores[..items];
            sums.Clear();
            for (int h = 0; h < history.Length; h++)
            {
                if (History.IsFirst(history, h))
                    TensorPrimitives.Add(sums, weights.AsSpan(history[h] * items, items), sums);
            }
        }
    }
}
