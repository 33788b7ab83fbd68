using System.Collections.Concurrent;
using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.LeastSquares;

/// <summary>The state of iALS between half-steps: both sides' vectors. A half-step is the exact minimum of the objective in one side, or a <see cref="BlockSweep"/> towards it.</summary>
/// <remarks>
/// Legend: U users, I items, d dimension, S padded row; W U x S, H I x S.
/// L(W, H) = sum over positives (w.h - 1)^2 + a0 sum over all pairs (w.h)^2 + sum over rows of ridge(row) |row|^2.
/// Rows without a positive are zero and not counted: adding unseen items to the catalogue changes nothing.
/// </remarks>
internal sealed class AlternatingLeastSquares : IEpochTraining
{
    /// <summary>Rows that one thread takes at a time and factors together; no result depends on it.</summary>
    private const int BlockRows = InterleavedCholesky.Systems;

    private readonly PositiveMatrix _byUser;
    private readonly PositiveMatrix _byItem;
    private readonly Ridge _ridge;
    private readonly int _stride;
    private readonly ParallelOptions _parallel;
    private readonly BlockSweep? _blocks;
    private readonly ConcurrentBag<InterleavedEquations> _workplaces = [];
    private double[]? _userGram, _itemGram;

    /// <param name="positives">U x I</param>
    /// <param name="dimension">d</param>
    /// <param name="ridge">of every row</param>
    /// <param name="threads">at most so many; no result depends on it</param>
    /// <param name="blockSize">components of a row that are solved at once; from d on, all of them exactly</param>
    /// <param name="cancellation">looked at between blocks of rows</param>
    public AlternatingLeastSquares(
        PositiveMatrix positives, int dimension, Ridge ridge, int threads = 1, int blockSize = int.MaxValue, CancellationToken cancellation = default)
    {
        (_byUser, _byItem) = (positives, positives.Transpose());
        (Dimension, _ridge, _stride) = (dimension, ridge, Padding.Stride(dimension));
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        _blocks = blockSize < dimension ? new BlockSweep(dimension, blockSize, _parallel) : null;
        Users = new AlignedFloats((long)_byUser.RowCount * _stride);
        Items = new AlignedFloats((long)_byItem.RowCount * _stride);
    }

    public int Dimension { get; }

    /// <summary>U x S</summary>
    public AlignedFloats Users { get; }

    /// <summary>I x S</summary>
    public AlignedFloats Items { get; }

    public int SeenItems => _byItem.SeenRows;

    /// <summary>P, which is also the objective of vectors that are all zero.</summary>
    public int PositiveCount => _byUser.Columns.Length;

    /// <summary>Bytes of the vectors, the matrix by users and by items, the Gramians and one's parts, the threads' workplaces and the result.</summary>
    public static long Bytes(Interactions interactions, int dimension, int threads, int blockSize)
    {
        int stride = Padding.Stride(dimension);
        long rows = (long)interactions.UserCount + interactions.ItemCount;
        return (rows * (stride + 4) + (long)interactions.ItemCount * dimension) * sizeof(float) + 3L * interactions.Count * sizeof(int)
            + Gram.Bytes(stride) + 4L * stride * stride * sizeof(double) + (blockSize < dimension
                ? BlockSweep.Bytes(Math.Max(interactions.UserCount, interactions.ItemCount), interactions.Count, dimension, blockSize, threads)
                : threads * InterleavedEquations.Bytes(dimension));
    }

    /// <summary>Item vectors from N(0, standardDeviation^2 / d), each from its own stream; unseen items stay zero.</summary>
    public void Initialize(double standardDeviation, ulong seed)
    {
        double scale = standardDeviation / Math.Sqrt(Dimension);
        for (int item = 0; item < _byItem.RowCount; item++)
        {
            if (_byItem[item].IsEmpty)
                continue;
            var random = SplitMix64.ForStream(seed, (ulong)item);
            Span<float> vector = Items.Row(item, _stride);
            for (int k = 0; k < Dimension; k++)
                vector[k] = (float)(scale * random.NextGaussian());
        }

        _itemGram = null;
    }

    /// <summary>Both sides, users first.</summary>
    public EpochResult RunEpoch(int epoch)
    {
        SolveUsers();
        return new EpochResult(SolveItems(), new EpochWork(PositiveCount, "interactions"));
    }

    /// <inheritdoc/>
    public void Visit(IStateVisitor state)
    {
        state.Visit("users", Users.Span);
        state.Visit("items", Items.Span);
    }

    /// <inheritdoc/>
    public void StateRestored() => _userGram = _itemGram = null;

    /// <summary>Users given items.</summary>
    /// <returns>the objective without the items' ridge</returns>
    public double SolveUsers()
    {
        float[] gram = Weighted(ItemGram);
        _userGram = null;
        return _blocks is null ? Solve(_byUser, Users, Items, gram, _byItem.SeenRows) : Improve(_byUser, Users, Items, gram, _byItem.SeenRows);
    }

    /// <summary>Items given users.</summary>
    /// <returns>the objective</returns>
    public double SolveItems()
    {
        float[] gram = Weighted(UserGram);
        _itemGram = null;
        double loss = _blocks is null ? Solve(_byItem, Items, Users, gram, _byUser.SeenRows) : Improve(_byItem, Items, Users, gram, _byUser.SeenRows);
        return loss + Penalty(_byUser, Users, _byItem.SeenRows);
    }

    /// <summary>a0 HᵀH, which a fold-in starts from.</summary>
    public float[] WeightedItemGram() => Weighted(ItemGram);

    /// <summary>L(W, H), in double, term by term: for tests and for the curious, U I d operations.</summary>
    public double Objective()
    {
        double loss = Penalty(_byUser, Users, _byItem.SeenRows) + Penalty(_byItem, Items, _byUser.SeenRows);
        for (int user = 0; user < _byUser.RowCount; user++)
        {
            ReadOnlySpan<int> positives = _byUser[user];
            ReadOnlySpan<float> w = Users.Row(user, _stride);
            for (int item = 0; item < _byItem.RowCount; item++)
            {
                ReadOnlySpan<float> h = Items.Row(item, _stride);
                double score = 0;
                for (int k = 0; k < Dimension; k++)
                    score += (double)w[k] * h[k];
                loss += _ridge.UnobservedWeight * score * score;
                if (positives.BinarySearch(item) >= 0)
                    loss += (score - 1) * (score - 1);
            }
        }

        return loss;
    }

    // Gramians, kept until the vectors change.
    private double[] UserGram => _userGram ??= GramOf(Users, _byUser.RowCount);

    private double[] ItemGram => _itemGram ??= GramOf(Items, _byItem.RowCount);

    private double Solve(PositiveMatrix side, AlignedFloats mine, AlignedFloats others, float[] gram, int columns)
    {
        var least = new double[side.RowCount];
        int blocks = (side.RowCount + BlockRows - 1) / BlockRows;
        Parallel.For(0, blocks, _parallel, () => _workplaces.TryTake(out InterleavedEquations? idle) ? idle : new InterleavedEquations(Dimension), (block, _, equations) =>
        {
            int end = Math.Min((block + 1) * BlockRows, side.RowCount);
            equations.Solve(side, block * BlockRows, end, others, gram, positives => _ridge.Of(positives, columns), mine, least);
            return equations;
        }, _workplaces.Add);
        return least.Sum();
    }

    // The unobserved pairs' part, a0 sum over rows of wᵀGw, is a0 times the inner product of both Gramians.
    private double Improve(PositiveMatrix side, AlignedFloats mine, AlignedFloats others, float[] gram, int columns)
    {
        double loss = _blocks!.Improve(side, mine, others, gram, positives => _ridge.Of(positives, columns)).Sum(), unobserved = 0;
        (double[] users, double[] items) = (UserGram, ItemGram);
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = i; j < Dimension; j++)
                unobserved += (i == j ? 1 : 2) * users[i * _stride + j] * items[i * _stride + j];
        }

        return loss + _ridge.UnobservedWeight * unobserved;
    }

    private double Penalty(PositiveMatrix side, AlignedFloats vectors, int columns)
    {
        double sum = 0;
        for (int row = 0; row < side.RowCount; row++)
        {
            ReadOnlySpan<float> vector = vectors.Row(row, _stride);
            if (!side[row].IsEmpty)
                sum += _ridge.Of(side[row].Length, columns) * Dot.Of(vector, vector);
        }

        return sum;
    }

    private double[] GramOf(AlignedFloats vectors, int rows)
    {
        var gram = new double[_stride * _stride];
        Gram.Compute(vectors, rows, _stride, _parallel.MaxDegreeOfParallelism, gram, _parallel.CancellationToken);
        return gram;
    }

    private float[] Weighted(double[] gram)
    {
        var weighted = new float[gram.Length];
        for (int i = 0; i < gram.Length; i++)
            weighted[i] = (float)(_ridge.UnobservedWeight * gram[i]);
        return weighted;
    }
}
