using Trainers;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="ItemKnn"/>.</summary>
public sealed record ItemKnnOptions : SourceOptions
{
    [Option("how many most similar items each item keeps; 0 keeps all", Min = 0)]
    public int Neighbours { get; init; } = 100;

    [Option("added to the cosine's denominator: the greater, the less similarity rests on few common users", Min = 0)]
    public double Shrink { get; init; }
}

/// <summary>Items liked by those who like the items of the history.</summary>
/// <remarks>
/// <para>
/// Source: Deshpande and Karypis, "Item-Based Top-N Recommendation Algorithms" (TOIS 2004), on binary data; the shrinkage after Bell and Koren (2007).
/// Equation: s_ij = c_ij / (sqrt(n_i n_j) + shrink), c_ij the users of both, n_i those of i; score(i) = sum over j in the history with i among
/// the k neighbours of j of s_ij.
/// </para>
/// <para>
/// Deviation: rows are not normalised to one. Among equally similar neighbours the lower item row is kept. An item is no neighbour of itself. An
/// empty history gives all zeros.
/// </para>
/// </remarks>
/// <param name="options">neighbours, shrinkage</param>
public sealed class ItemKnn(ItemKnnOptions options) : IBaseline
{
    private const string Name = "item-knn";

    public IHistoryScorer Fit(Interactions interactions, TrainingRun run)
    {
        var matrix = new BinaryMatrix(Name, interactions, run);
        run.RequireMemory(Name, BinaryMatrix.BytesFor(interactions) + BytesFor(matrix, run.Threads));
        var (neighbours, similarities) = (new int[matrix.Items][], new float[matrix.Items][]);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        Parallel.For(0, matrix.Items, parallel, () => new Row(matrix.Items), (item, _, row) =>
        {
            (neighbours[item], similarities[item]) = row.Neighbours(matrix, item, options);
            return row;
        }, _ => { });
        return new Scorer(neighbours, similarities);
    }

    // A bound that needs no counting: an item has no more neighbours than its users have other items.
    private long BytesFor(BinaryMatrix matrix, int threads)
    {
        const long perNeighbour = sizeof(int) + sizeof(float), perItem = 96, perRow = 2 * perNeighbour;
        long kept = 0, longest = options.Neighbours > 0 ? Math.Min(options.Neighbours, matrix.Items - 1) : matrix.Items - 1;
        for (int item = 0; item < matrix.Items; item++)
        {
            long others = 0;
            foreach (int user in matrix.UsersOf(item))
                others += matrix.ItemsOf(user).Length - 1;
            kept += Math.Min(longest, others);
        }

        return (kept * perNeighbour) + (matrix.Items * (perItem + (perRow * Math.Max(1, threads))));
    }

    /// <summary>What a thread works in.</summary>
    private sealed class Row(int items)
    {
        private readonly int[] _counts = new int[items];
        private readonly int[] _found = new int[items];
        private readonly float[] _keys = new float[items];
        private readonly float[] _sorted = new float[items];

        public (int[] Items, float[] Similarities) Neighbours(BinaryMatrix matrix, int item, ItemKnnOptions options)
        {
            int found = 0;
            foreach (int user in matrix.UsersOf(item))
            {
                foreach (int other in matrix.ItemsOf(user))
                {
                    if (_counts[other]++ == 0)
                        _found[found++] = other;
                }
            }

            Span<int> others = _found.AsSpan(0, found);
            others.Sort();
            int kept = 0;
            foreach (int other in others)
            {
                if (other != item)
                {
                    double denominator = Math.Sqrt((double)matrix.UserCountOf(item) * matrix.UserCountOf(other)) + options.Shrink;
                    (_found[kept], _keys[kept]) = (other, (float)(_counts[other] / denominator));
                    kept++;
                }

                _counts[other] = 0;
            }

            if (options.Neighbours > 0 && kept > options.Neighbours)
                kept = KeepBest(kept, options.Neighbours);
            return (_found[..kept], _keys[..kept]);
        }

        // Keeps what lies above the k-th best similarity, and of those equal to it the lowest items; the order of items remains.
        private int KeepBest(int found, int k)
        {
            Span<float> sorted = _sorted.AsSpan(0, found);
            _keys.AsSpan(0, found).CopyTo(sorted);
            sorted.Sort();
            float least = sorted[found - k];
            int equal = sorted[(found - k)..].LastIndexOf(least) + 1;
            int kept = 0;
            for (int i = 0; i < found; i++)
            {
                if (_keys[i] > least || (_keys[i] == least && equal-- > 0))
                {
                    (_found[kept], _keys[kept]) = (_found[i], _keys[i]);
                    kept++;
                }
            }

            return kept;
        }
    }

    private sealed class Scorer(int[][] neighbours, float[][] similarities) : IHistoryScorer
    {
        public int ItemCount => neighbours.Length;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
        {
            scores[..ItemCount].Clear();
            for (int h = 0; h < history.Length; h++)
            {
                if (!History.IsFirst(history, h))
                    continue;
                ReadOnlySpan<int> items = neighbours[history[h]];
                ReadOnlySpan<float> values = similarities[history[h]];
                for (int k = 0; k < items.Length; k++)
                    scores[items[k]] += values[k];
            }
        }
    }
}
