using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.PairwiseRanking;

/// <summary>The vectors of BPR, and an epoch of stochastic steps in which every positive is taken once.</summary>
/// <remarks>
/// Legend: U users, I items, P positives, d dimension, S padded row, B blocks; W U x S, H I x S, b I.
/// Users and items are dealt into B blocks. An epoch has B rounds, in round r the cells (user block k, item block k + r): they share no row, so <see cref="DiagonalCells"/>
/// runs them in parallel, and the steps are those of plain SGD, one after the other, whatever the threads (Gemulla et al.: Large-scale Matrix Factorization with
/// Distributed Stochastic Gradient Descent, KDD 2011). Within a cell several users take steps by turns: the next step need not wait for the one before. A negative is drawn from the positive's block, which is dealt anew each epoch: over epochs it meets every item.
/// The rows of a cell stay in the second-level cache. Each cell has its own stream of random numbers.
/// </remarks>
internal sealed class PairwiseFactorization : IEpochTraining
{
    /// <summary>More threads than this find nothing to do; with 16 the rows that a core takes over from another one in each cell cost a quarter more time.</summary>
    private const int MostBlocks = 8;

    /// <summary>Fewer items than this in a block would make negatives too much alike.</summary>
    private const int LeastBlockItems = 128;

    /// <summary>After so many draws that were positives a sample is left out: the user has nearly everything.</summary>
    internal const int Tries = 32;

    /// <summary>So many users of a cell take steps by turns. A user's steps depend on each other, about a hundred cycles each; those of two users rarely do.</summary>
    private const int Turns = 4;

    private readonly PositiveMatrix _positives;
    private readonly MatrixFactorizationOptions _options;
    private readonly ulong _seed;
    private readonly int _stride;
    private readonly ParallelOptions _parallel;
    private readonly int[] _itemCounts;
    private readonly Deal _deal;
    private readonly int[] _dealt;
    private readonly int[] _starts;

    public PairwiseFactorization(PositiveMatrix positives, MatrixFactorizationOptions options, TrainingRun run)
    {
        (_positives, _options, _seed, _stride) = (positives, options, run.Seed, Padding.Stride(options.Dimension));
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        _itemCounts = new int[positives.ColumnCount];
        foreach (int item in positives.Columns)
            _itemCounts[item]++;
        int[] userCounts = [.. Enumerable.Range(0, positives.RowCount).Select(user => positives[user].Length)];
        _deal = new Deal(_itemCounts, userCounts, BlocksFor(_itemCounts.Count(count => count > 0)));
        _dealt = new int[positives.Columns.Length];
        _starts = new int[positives.RowCount * (_deal.Blocks + 1)];
        Users = new AlignedFloats((long)positives.RowCount * _stride);
        Items = new AlignedFloats((long)positives.ColumnCount * _stride);
        Biases = options.ItemBias ? new float[positives.ColumnCount] : [];
        Initialize(Users, positives.RowCount, user => userCounts[user] > 0, stream: 1);
        Initialize(Items, positives.ColumnCount, item => _itemCounts[item] > 0, stream: 2);
    }

    /// <summary>U x S</summary>
    public AlignedFloats Users { get; }

    /// <summary>I x S</summary>
    public AlignedFloats Items { get; }

    /// <summary>I; empty without biases.</summary>
    public float[] Biases { get; }

    /// <summary>I: how many users have each.</summary>
    public int[] ItemCounts => _itemCounts;

    /// <summary>Bytes of the matrix, its copy by blocks, the vectors and the results.</summary>
    public static long Bytes(Interactions interactions, int dimension)
    {
        int stride = Padding.Stride(dimension);
        return (interactions.UserCount + 4L * interactions.ItemCount) * stride * sizeof(float)
            + 2L * interactions.Count * sizeof(int) + interactions.UserCount * (MostBlocks + 4L) * sizeof(int);
    }

    /// <summary>How the step size falls: linearly, from the whole to a tenth.</summary>
    public double RateOf(int epoch) => _options.LearningRate * (1 - 0.9 * (epoch - 1) / _options.Epochs);

    /// <summary>One step for every positive.</summary>
    /// <param name="epoch">1-based</param>
    /// <returns>loss: mean of -log sigmoid(x); 0 if nobody lacks an item</returns>
    public EpochResult RunEpoch(int epoch)
    {
        _deal.Next(SplitMix64.ForStream(_seed, (ulong)epoch << 32));
        Parallel.For(0, (_positives.RowCount + 255) / 256, _parallel, block =>
        {
            for (int user = block * 256; user < Math.Min(block * 256 + 256, _positives.RowCount); user++)
                SortByBlock(user);
        });
        AliasTable[]? negatives = _options.NegativeExponent == 0 ? null
            : [.. _deal.Items.Select(items => new AliasTable([.. items.Select(item => Math.Pow(_itemCounts[item], _options.NegativeExponent))]))];
        var rates = new PairwiseRates((float)RateOf(epoch), (float)_options.UserRegularization, (float)_options.PositiveRegularization,
            (float)_options.NegativeRegularization, (float)_options.BiasRegularization);
        var results = new (double Loss, long Steps)[_deal.Blocks * _deal.Blocks];
        DiagonalCells.Run(_deal.Blocks, _parallel.MaxDegreeOfParallelism, (block, round) =>
        {
            int itemBlock = (block + round) % _deal.Blocks, cell = round * _deal.Blocks + block;
            results[cell] = RunCell(block, itemBlock, negatives?[itemBlock], SplitMix64.ForStream(_seed, ((ulong)epoch << 32) + 1 + (ulong)cell), rates);
        }, _parallel.CancellationToken);

        long steps = results.Sum(result => result.Steps);
        return new EpochResult(steps == 0 ? 0 : results.Sum(result => result.Loss) / steps, new EpochWork(steps, "samples"));
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        state.Visit("users", Users.Span);
        state.Visit("items", Items.Span);
        state.Visit<float>("biases", Biases);
        state.Visit<int>("order", _deal.Users);
    }

    private (double Loss, long Steps) RunCell(int userBlock, int itemBlock, AliasTable? distribution, SplitMix64 random, PairwiseRates rates)
    {
        (int first, int end) = (_deal.UserStarts[userBlock], _deal.UserStarts[userBlock + 1]);
        int[] items = _deal.Items[itemBlock];
        var owner = new int[items.Length];
        var samples = new TakingTurns(end - first, Enumerable.Range(first, end - first).Sum(at => PositivesOf(_deal.Users[at], itemBlock).Length));
        for (int at = first; at < end; at++)
        {
            (int user, int mark) = (_deal.Users[at], at + 1);
            Span<int> mine = PositivesOf(user, itemBlock);
            if (mine.IsEmpty || mine.Length == items.Length)
                continue;
            random.Shuffle(mine);
            foreach (int item in mine)
                owner[_deal.LocalOf[item]] = mark;
            foreach (int item in mine)
            {
                for (int attempt = 0; attempt < Tries; attempt++)
                {
                    int drawn = distribution is null ? random.NextInt(items.Length) : distribution.Draw(random);
                    if (owner[drawn] == mark)
                        continue;
                    samples.Add(new PairwiseSample(user, item, items[drawn]));
                    break;
                }
            }

            samples.EndUser();
        }

        PairwiseSample[] order = samples.ByTurns(Turns);
        return (PairwiseStep.Run(Users.Span, Items.Span, Biases, _stride, order, rates), order.Length);
    }

    private Span<int> PositivesOf(int user, int itemBlock)
    {
        ReadOnlySpan<int> starts = _starts.AsSpan(user * (_deal.Blocks + 1) + itemBlock, 2);
        return _dealt.AsSpan(starts[0], starts[1] - starts[0]);
    }

    private void SortByBlock(int user)
    {
        ReadOnlySpan<int> items = _positives[user];
        Span<int> starts = _starts.AsSpan(user * (_deal.Blocks + 1), _deal.Blocks + 1);
        starts.Clear();
        foreach (int item in items)
            starts[_deal.BlockOf[item]]++;
        int position = _positives.Offsets[user];
        for (int block = 0; block <= _deal.Blocks; block++)
            (starts[block], position) = (position, position + starts[block]);
        Span<int> next = stackalloc int[MostBlocks];
        starts[.._deal.Blocks].CopyTo(next);
        foreach (int item in items)
            _dealt[next[_deal.BlockOf[item]]++] = item;
    }

    private void Initialize(AlignedFloats vectors, int rows, Func<int, bool> isSeen, ulong stream)
    {
        double scale = _options.InitStddev / Math.Sqrt(_options.Dimension);
        for (int row = 0; row < rows; row++)
        {
            if (!isSeen(row))
                continue;
            var random = SplitMix64.ForStream(_seed ^ stream, (ulong)row);
            Span<float> vector = vectors.Row(row, _stride);
            for (int k = 0; k < _options.Dimension; k++)
                vector[k] = (float)(scale * random.NextGaussian());
        }
    }

    private static int BlocksFor(int items) => Math.Clamp(items / LeastBlockItems, 1, MostBlocks);
}
