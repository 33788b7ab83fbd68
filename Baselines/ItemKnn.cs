using System.Numerics.Tensors;
using Trainers;
using Trainers.Options;

namespace Baselines;

/// <summary>Options of <see cref="ItemKnn"/>.</summary>
public sealed record ItemKnnOptions : SourceOptions
{
    [Option("of how many of its most similar items an item may get score; 0 for all", Min = 0)]
    [Search(Low = 10, High = 500, Log = true)]
    public int Neighbours { get; init; } = 100;

    [Option("added to the cosine's denominator: the greater, the less similarity rests on few common users", Min = 0)]
    [Search(Low = 0, High = 100)]
    public double Shrink { get; init; }
}

/// <summary>Items whose users also have the items of the history.</summary>
/// <remarks>
/// <para>
/// Source: Sarwar, Karypis, Konstan and Riedl, "Item-Based Collaborative Filtering Recommendation Algorithms" (WWW 2001), on binary data, so a sum in place of
/// their weighted mean; the shrinkage after Bell and Koren (2007). Equation: s_ij = c_ij / (sqrt(n_i n_j) + shrink), c_ij the users of both, n_i those
/// of i; score(i) = sum of s_ij over the j that are in the history and among the k nearest neighbours of the candidate i.
/// </para>
/// <para>
/// Keeping the neighbours of the history's items instead (Deshpande and Karypis 2004) favours items that are near to everything: on MovieLens-1M its HR@10 is
/// a point lower at k = 100. Among equally similar neighbours the lower item row is kept. An item is no neighbour of itself. An empty
/// history gives all zeros.
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
        return options.Neighbours == 0 ? new Scorer(neighbours, similarities) : Transposed(neighbours, similarities);
    }

    // From the neighbours of each candidate to the candidates of each item of a history. All similarities together are symmetric already.
    private static Scorer Transposed(int[][] neighbours, float[][] similarities)
    {
        int items = neighbours.Length;
        var counts = new int[items];
        foreach (int[] row in neighbours)
        {
            foreach (int item in row)
                counts[item]++;
        }

        int[][] candidates = Array.ConvertAll(counts, count => new int[count]);
        float[][] values = Array.ConvertAll(counts, count => new float[count]);
        Array.Clear(counts);
        for (int candidate = 0; candidate < items; candidate++)
        {
            for (int k = 0; k < neighbours[candidate].Length; k++)
            {
                int item = neighbours[candidate][k], at = counts[item]++;
                (candidates[item][at], values[item][at]) = (candidate, similarities[candidate][k]);
            }
        }

        return new Scorer(candidates, values);
    }

    // A bound that needs no counting: an item has no more neighbours than its users have other items.
    private long BytesFor(BinaryMatrix matrix, int threads)
    {
        const long perNeighbour = sizeof(int) + sizeof(float), perItem = 160, perRow = 2 * perNeighbour;
        long kept = 0, longest = options.Neighbours > 0 ? Math.Min(options.Neighbours, matrix.Items - 1) : matrix.Items - 1;
        for (int item = 0; item < matrix.Items; item++)
        {
            long others = 0;
            foreach (int user in matrix.UsersOf(item))
                others += matrix.ItemsOf(user).Length - 1;
            kept += Math.Min(longest, others);
        }

        long copies = options.Neighbours > 0 ? 2 : 1;
        return (copies * kept * perNeighbour) + (matrix.Items * (perItem + (perRow * Math.Max(1, threads))));
    }

    /// <summary>What a thread works in.</summary>
    private sealed class Row(int items)
    {
        private readonly int[] _counts = new int[items];
        private readonly int[] _found = new int[items];
        private readonly float[] _keys = new float[items];
        private readonly float[] _best = new float[items];

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

            Ascend(found);
            int kept = 0;
            for (int i = 0; i < found; i++)
            {
                int other = _found[i];
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
            return options.Neighbours == 0 && kept > matrix.Items / 2 ? ([], Dense(kept)) : (_found[..kept], _keys[..kept]);
        }

        // Many are found anew, in order, sooner than they are sorted.
        private void Ascend(int found)
        {
            if (found < _counts.Length / 32)
            {
                _found.AsSpan(0, found).Sort();
                return;
            }

            for (int item = 0, at = 0; at < found; item++)
            {
                if (_counts[item] > 0)
                    _found[at++] = item;
            }
        }

        // A value for every item takes less memory than pairs do, and is added faster.
        private float[] Dense(int kept)
        {
            var values = new float[_counts.Length];
            for (int k = 0; k < kept; k++)
                values[_found[k]] = _keys[k];
            return values;
        }

        // Keeps what lies above the k-th best similarity, and of those equal to it the lowest items; the order of items remains.
        private int KeepBest(int found, int k)
        {
            Span<float> best = _best.AsSpan(0, k);
            _keys.AsSpan(0, k).CopyTo(best);
            best.Sort();
            for (int i = k; i < found; i++)
            {
                if (_keys[i] > best[0])
                    ReplaceLeast(best, _keys[i]);
            }

            float least = best[0];
            int equal = best.Count(least), kept = 0;
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

        // In a heap: no element is above those at twice its place, plus one and plus two.
        private static void ReplaceLeast(Span<float> heap, float value)
        {
            int at = 0;
            for (int child = 1; child < heap.Length; child = (2 * at) + 1)
            {
                if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                    child++;
                if (heap[child] >= value)
                    break;
                heap[at] = heap[child];
                at = child;
            }

            heap[at] = value;
        }
    }

    /// <param name="candidates">per item of a history, the items that get score from it; none if all have a value</param>
    /// <param name="similarities">their similarities</param>
    private sealed class Scorer(int[][] candidates, float[][] similarities) : IHistoryScorer
    {
        public int ItemCount => candidates.Length;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
        {
            scores[..ItemCount].Clear();
            for (int h = 0; h < history.Length; h++)
            {
                if (!History.IsFirst(history, h))
                    continue;
                ReadOnlySpan<int> items = candidates[history[h]];
                ReadOnlySpan<float> values = similarities[history[h]];
                if (values.Length > items.Length)
                    TensorPrimitives.Add(scores[..ItemCount], values, scores);
                for (int k = 0; k < items.Length; k++)
                    scores[items[k]] += values[k];
            }
        }
    }
}
