using System.Collections.Concurrent;
using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.SkipGram;

/// <summary>The vectors of skip-grams and an epoch of synchronous steps.</summary>
/// <remarks>
/// Legend: U users, I items, S padded row; the model is 2 I x S: input vectors, then output vectors.
/// An epoch passes over the users in a random order. Users are taken into a batch until they have about 2,048 positions (fewer where data is small, so that an epoch
/// has some steps); each has its own stream of random numbers, made of seed, epoch and user.
/// </remarks>
internal sealed class SkipGramModel : IEpochTraining
{
    private const int MostPositions = 2048, LeastPositions = 32, LeastBatches = 64;

    private readonly ItemSequences _sequences;
    private readonly Item2VecOptions _options;
    private readonly ulong _seed;
    private readonly int _stride;
    private readonly SkipGramBlocks _blocks;
    private readonly ParallelOptions _parallel;
    private readonly AliasTable _negatives;
    private readonly float[]? _keep;
    private readonly AlignedFloats _model;
    private readonly AlignedFloats _squares;
    private readonly RowGradients _gradients;
    private readonly ConcurrentBag<SkipGramWorkplace> _workplaces = [];
    private readonly int _batchPositions;
    private readonly int _longest;

    public SkipGramModel(ItemSequences sequences, Item2VecOptions options, TrainingRun run)
    {
        (_sequences, _options, _seed, _stride) = (sequences, options, run.Seed, Padding.Stride(options.Dimension));
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        _blocks = Blocks(options);
        _longest = sequences.Longest;
        _batchPositions = BatchPositions(sequences.Count);
        long entries = MostEntries(_blocks, _batchPositions, _longest);
        if (entries > Array.MaxLength)
            throw new UserErrorException($"item2vec cannot hold {entries} gradients at once: lower `window` or `max_pairs`");
        _gradients = new RowGradients(2 * sequences.ItemCount, (int)entries, _stride);
        _model = new AlignedFloats(2L * sequences.ItemCount * _stride);
        _squares = new AlignedFloats(_model.Length);
        double[] weights = [.. sequences.Counts.Select(count => count == 0 ? 0 : Math.Pow(count, options.NegativeExponent))];
        _negatives = new AliasTable(weights);
        if (options.Subsampling > 0)
            _keep = [.. sequences.Counts.Select(count => count == 0 ? 1 : (float)Math.Sqrt(options.Subsampling * sequences.Count / count))];
        Initialize();
    }

    /// <summary>Bytes at most: sequences, model, sums of squares, gradients, workplaces and the results.</summary>
    public static long Bytes(Interactions interactions, Item2VecOptions options, int threads)
    {
        int stride = Padding.Stride(options.Dimension), longest = 0;
        for (int user = 0; user < interactions.UserCount; user++)
            longest = Math.Max(longest, interactions.CountOf(user));
        long entries = MostEntries(Blocks(options), BatchPositions(interactions.Count), longest);
        return sizeof(int) * 2L * interactions.Count + 7L * interactions.ItemCount * stride * sizeof(float) + RowGradients.Bytes(entries, stride)
            + Math.Max(1, threads) * 4L * Blocks(options).EntriesOf(longest) * stride * sizeof(float);
    }

    /// <summary>One pass over all users.</summary>
    /// <param name="epoch">1-based</param>
    /// <returns>the loss per pair, and how many pairs</returns>
    public EpochResult RunEpoch(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, _sequences.UserCount).Where(user => _sequences[user].Length > 0)];
        SplitMix64.ForStream(_seed, (ulong)epoch << 32 | uint.MaxValue).Shuffle(order.AsSpan());
        double loss = 0;
        long pairs = 0, done = 0;
        for (int first = 0; first < order.Length;)
        {
            int end = first, positions = 0;
            do
            {
                positions += _sequences[order[end++]].Length;
            }
            while (end < order.Length && positions + _sequences[order[end]].Length <= _batchPositions);

            double progress = (epoch - 1 + (double)done / _sequences.Count) / _options.Epochs;
            double rate = _options.LearningRate + progress * (_options.FinalLearningRate - _options.LearningRate);
            (double batchLoss, long batchPairs) = RunBatch(epoch, order.AsSpan(first, end - first).ToArray(), (float)rate);
            (loss, pairs, done, first) = (loss + batchLoss, pairs + batchPairs, done + positions, end);
        }

        return new EpochResult(pairs == 0 ? 0 : loss / pairs, new EpochWork(pairs, "pairs"));
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        state.Visit("vectors", _model.Span);
        state.Visit("squared_gradients", _squares.Span);
    }

    /// <summary>Input and output vectors, I x d each.</summary>
    public (float[] Inputs, float[] Outputs) Vectors()
    {
        int half = _sequences.ItemCount * _stride;
        return (Padding.Unpad(_model.Span[..half], _sequences.ItemCount, _options.Dimension), Padding.Unpad(_model.Span[half..], _sequences.ItemCount, _options.Dimension));
    }

    private (double Loss, long Pairs) RunBatch(int epoch, int[] users, float rate)
    {
        var starts = new int[users.Length + 1];
        for (int i = 0; i < users.Length; i++)
            starts[i + 1] = starts[i] + (int)_blocks.EntriesOf(_sequences[users[i]].Length);
        var results = new (double Loss, long Pairs)[users.Length];

        // A batch is a dozen users of very different length: each thread takes the longest that is left, so that none is alone at the end.
        int[] longestFirst = [.. Enumerable.Range(0, users.Length).OrderByDescending(i => _sequences[users[i]].Length)];
        int taken = 0;
        Parallel.For(0, Math.Min(_parallel.MaxDegreeOfParallelism, users.Length), _parallel, _ =>
        {
            SkipGramWorkplace workplace = _workplaces.TryTake(out SkipGramWorkplace? idle) ? idle : new SkipGramWorkplace(_stride, _longest, _blocks);
            for (int next; (next = Interlocked.Increment(ref taken) - 1) < users.Length;)
            {
                int i = longestFirst[next];
                var random = SplitMix64.ForStream(_seed, (ulong)epoch << 32 | (uint)users[i]);
                (int entries, long pairs) = workplace.Run(_sequences[users[i]], _keep, _negatives, random, _model, _gradients, starts[i], out double loss);
                _gradients.Owners.AsSpan(starts[i] + entries, starts[i + 1] - starts[i] - entries).Fill(-1);
                results[i] = (loss, pairs);
            }

            _workplaces.Add(workplace);
        });
        _gradients.Apply(starts[^1], _model, _squares, rate, _parallel);
        return (results.Sum(result => result.Loss), results.Sum(result => result.Pairs));
    }

    /// <summary>Input vectors as word2vec has them, uniform in +-1 / 2d, each from its own stream; output vectors, and items that nobody has, are zero.</summary>
    private void Initialize()
    {
        for (int item = 0; item < _sequences.ItemCount; item++)
        {
            if (_sequences.Counts[item] == 0)
                continue;
            var random = SplitMix64.ForStream(_seed, (ulong)item);
            Span<float> vector = _model.Row(item, _stride);
            for (int k = 0; k < _options.Dimension; k++)
                vector[k] = (float)((random.NextDouble() - 0.5) / _options.Dimension);
        }
    }

    private static SkipGramBlocks Blocks(Item2VecOptions options) => new(options.Window, options.MaxPairs, (float)options.Negatives);

    private static int BatchPositions(int count) => Math.Clamp(count / LeastBatches, LeastPositions, MostPositions);

    /// <summary>A batch has either one user or at most the batch's positions, each of which takes part in at most so many entries.</summary>
    private static long MostEntries(SkipGramBlocks blocks, int batchPositions, int longest)
    {
        double most = 0;
        for (int length = 2; length <= Math.Min(longest, batchPositions); length++)
            most = Math.Max(most, blocks.EntriesOf(length) / (double)length);
        return Math.Max(blocks.EntriesOf(longest), (long)Math.Ceiling(most * batchPositions));
    }
}
