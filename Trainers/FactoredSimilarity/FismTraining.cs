using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.FactoredSimilarity;

/// <summary>Epochs of FISM: all users in a random order, a batch of them a step.</summary>
internal sealed class FismTraining : IEpochTraining
{
    /// <summary>Batches made ahead at the same time.</summary>
    public const int BatchesAhead = 8;

    /// <summary>Items that one thread takes at a time; no result depends on it.</summary>
    private const int BlockItems = 32;

    private readonly FismTables _tables;
    private readonly FismOptions _options;
    private readonly Func<int, int> _negatives;
    private readonly ulong _seed;
    private readonly ParallelOptions _parallel;
    private readonly FismGradient _gradient;
    private readonly RowAdam _adam;
    private readonly UserBatch[] _batches;
    private readonly int[] _users;

    /// <param name="positives">U x I</param>
    /// <param name="candidates">items that may be negatives</param>
    /// <param name="tables">what is learnt</param>
    /// <param name="options">of the method</param>
    /// <param name="negatives">how many for a user with so many positives</param>
    /// <param name="run">seed, threads, cancellation</param>
    public FismTraining(PositiveMatrix positives, int[] candidates, FismTables tables, FismOptions options, Func<int, int> negatives, TrainingRun run)
    {
        (_tables, _options, _negatives, _seed) = (tables, options, negatives, run.Seed);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        _gradient = new FismGradient(tables, options.Variant, options.Alpha, options.BatchUsers);
        _adam = new RowAdam(options.LearningRate, options.Regularization);
        _batches = [.. Enumerable.Range(0, BatchesAhead).Select(_ => new UserBatch(positives, candidates))];
        _users = [.. Enumerable.Range(0, positives.RowCount).Where(user => Teaches(positives[user].Length, candidates.Length))];
    }

    /// <summary>A history besides the positive, and a negative: what a user must have to be learned from.</summary>
    public static bool Teaches(int positives, int candidates) => positives > 1 && positives < candidates;

    /// <inheritdoc/>
    public EpochResult RunEpoch(int epoch)
    {
        var random = SplitMix64.ForStream(_seed, ~(ulong)epoch);
        random.Shuffle<int>(_users);
        ulong seed = random.NextUInt64();
        double loss = 0;
        long count = 0;
        foreach (int[][] ahead in _users.Chunk(_options.BatchUsers).Chunk(BatchesAhead))
        {
            Parallel.For(0, ahead.Length, _parallel, i => _batches[i].Fill(ahead[i], _negatives, seed));
            foreach (UserBatch batch in _batches.AsSpan(0, ahead.Length))
            {
                loss += _gradient.Forward(batch, _parallel);
                count += batch.PositiveCount;
                Update(batch);
            }
        }

        return new EpochResult(count == 0 ? 0 : loss / count, new EpochWork(count, "positives"));
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        _tables.Visit(state);
        state.Visit<int>("order", _users);
    }

    private void Update(UserBatch batch) =>
        Parallel.For(0, (_tables.Items + BlockItems - 1) / BlockItems, _parallel, () => (new float[_tables.Stride], new float[_tables.Stride]), (block, _, gradients) =>
        {
            (float[] history, float[] target) = gradients;
            int end = Math.Min((block + 1) * BlockItems, _tables.Items);
            for (int item = block * BlockItems; item < end; item++)
            {
                if (!batch.Has(item))
                    continue;
                float bias = _gradient.OfItem(batch, item, history, target);
                _tables.Update(_adam, item, history, target, bias);
            }

            return gradients;
        }, _ => { });
}
