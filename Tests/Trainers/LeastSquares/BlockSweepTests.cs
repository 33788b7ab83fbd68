using Tests.Trainers.Kernels;
using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Tests.Trainers.LeastSquares;

public sealed class BlockSweepTests
{
    private static readonly PositiveMatrix Positives = PositiveMatrix.Of(Planted.Interactions(users: 61, items: 37, seed: 4), null);

    private static readonly ParallelOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>d, b, lambda, nu, a0: blocks that divide d or do not, of one component, of whole registers and beside them.</summary>
    public static TheoryData<int, int, double, double, double> Settings => new()
    {
        { 5, 1, 0.003, 1, 0.1 },
        { 17, 16, 0.05, 0.5, 1 },
        { 23, 7, 1, 0, 0.3 },
        { 33, 32, 0.003, 1, 0.5 },
        { 64, 16, 0.01, 1, 0.5 },
        { 19, 9, 0.1, 1, 0 },
    };

    private static AlternatingLeastSquares Start(int dimension, int block, Ridge ridge, int threads = 1, PositiveMatrix? positives = null)
    {
        var als = new AlternatingLeastSquares(positives ?? Positives, dimension, ridge, threads, block);
        als.Initialize(0.1, seed: 3);
        return als;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_half_step_lowers_the_objective_and_returns_it(int dimension, int block, double regularization, double exponent, double unobserved)
    {
        var ridge = new Ridge(regularization, exponent, unobserved);
        AlternatingLeastSquares als = Start(dimension, block, ridge);
        double before = als.Objective();
        for (int iteration = 0; iteration < 6; iteration++)
        {
            als.SolveUsers();
            double between = als.Objective();
            Assert.True(between <= before * (1 + 1e-6), $"users, iteration {iteration}: {before} became {between}");
            double returned = als.SolveItems();
            before = als.Objective();
            Assert.True(before <= between * (1 + 1e-6), $"items, iteration {iteration}: {between} became {before}");
            Assert.Equal(before, returned, 1e-5 * before);
        }

        Assert.True(before < 0.9 * als.PositiveCount, $"{before} is little better than all zeros");
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_half_step_is_that_of_the_paper_in_double(int dimension, int block, double regularization, double exponent, double unobserved)
    {
        var ridge = new Ridge(regularization, exponent, unobserved);
        AlternatingLeastSquares als = Start(dimension, block, ridge);
        als.SolveUsers();
        als.SolveItems();
        double[][] expected = Rows(als.Users, Positives.RowCount, dimension), items = Rows(als.Items, Positives.ColumnCount, dimension);
        for (int user = 0; user < expected.Length; user++)
        {
            if (!Positives[user].IsEmpty)
                Naive(expected[user], items, Positives[user], block, unobserved, ridge.Of(Positives[user].Length, als.SeenItems));
        }

        als.SolveUsers();
        double[][] actual = Rows(als.Users, Positives.RowCount, dimension);
        double scale = expected.SelectMany(row => row).Max(Math.Abs);
        for (int user = 0; user < expected.Length; user++)
            Assert.All(expected[user].Zip(actual[user]), pair => Assert.Equal(pair.First, pair.Second, 2e-4 * scale));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    [InlineData(43)]
    public void One_block_of_all_components_is_the_exact_solution_wherever_it_begins(int dimension)
    {
        var ridge = new Ridge(0.01, 1, 0.5);
        AlternatingLeastSquares exact = Start(dimension, dimension, ridge);
        float[] gram = exact.WeightedItemGram();
        double least = exact.SolveUsers();
        int stride = Padding.Stride(dimension);
        var users = new AlignedFloats(Positives.RowCount * stride);
        Padding.Pad(Some.Floats(new Random(1), Positives.RowCount * dimension), Positives.RowCount, dimension).CopyTo(users.Span);
        var sweep = new BlockSweep(dimension, dimension, OneThread);
        double[] objectives = sweep.Improve(Positives, users, exact.Items, gram, n => ridge.Of(n, exact.SeenItems));
        float scale = exact.Users.Span.ToArray().Max(Math.Abs);
        for (int i = 0; i < users.Length; i++)
            Assert.Equal(exact.Users.Span[i], users.Span[i], 1e-4f * scale);
        Assert.InRange(objectives.Sum(), 0, least);
    }

    [Fact]
    public void Blocks_reach_the_objective_of_exact_steps()
    {
        var ridge = new Ridge(0.01, 1, 0.5);
        AlternatingLeastSquares exact = Start(24, 24, ridge), blocks = Start(24, 5, ridge);
        (double best, double reached) = (0, 0);
        for (int iteration = 0; iteration < 60; iteration++)
        {
            exact.SolveUsers();
            best = exact.SolveItems();
            blocks.SolveUsers();
            reached = blocks.SolveItems();
        }

        Assert.InRange(reached / best, 0.99, 1.01);
    }

    [Theory]
    [InlineData(33, 16)]
    [InlineData(20, 7)]
    public void Threads_change_no_bit(int dimension, int block)
    {
        float[] Train(int threads)
        {
            AlternatingLeastSquares als = Start(dimension, block, new Ridge(0.01, 1, 0.5), threads);
            for (int iteration = 0; iteration < 3; iteration++)
            {
                als.SolveUsers();
                als.SolveItems();
            }

            return [.. als.Users.Span, .. als.Items.Span];
        }

        float[] expected = Train(1);
        foreach (int threads in (int[])[2, 3, 7])
            Some.SameBits(expected, Train(threads));
    }

    [Fact]
    public void Unseen_rows_stay_zero_and_change_nothing()
    {
        var ridge = new Ridge(0.01, 1, 0.1);
        IReadOnlyList<IReadOnlyList<int>> histories = [[0, 1, 2], [1, 2], [0, 2, 3], [3, 1]];
        AlternatingLeastSquares small = Start(5, 2, ridge, positives: PositiveMatrix.Of(Planted.Of(4, histories), null));
        AlternatingLeastSquares large = Start(5, 2, ridge, positives: PositiveMatrix.Of(Planted.Of(9, [.. histories, [], []]), null));
        for (int iteration = 0; iteration < 3; iteration++)
        {
            small.SolveUsers();
            large.SolveUsers();
            Assert.Equal(small.SolveItems(), large.SolveItems());
        }

        Assert.Equal(small.Items.Span.ToArray(), large.Items.Span[..small.Items.Length].ToArray());
        Assert.All(large.Items.Span[small.Items.Length..].ToArray(), value => Assert.Equal(0, value));
        Assert.All(large.Users.Span[small.Users.Length..].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_ridge_too_small_for_float_is_raised_instead_of_failing()
    {
        AlternatingLeastSquares als = Start(30, 13, new Ridge(1e-15, 1, 0));
        als.SolveUsers();
        Assert.True(double.IsFinite(als.SolveItems()));
        Assert.All(als.Items.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Blocks_cover_every_column_once()
    {
        foreach ((int d, int b) in ((int, int)[])[(1, 1), (7, 3), (16, 16), (17, 16), (200, 64), (5, 9)])
        {
            ColumnBlock[] blocks = ColumnBlock.Of(d, b);
            Assert.Equal(Enumerable.Range(0, d), blocks.SelectMany(block => Enumerable.Range(block.First, block.Width)));
            Assert.Equal(blocks.Select((_, i) => blocks.Take(i).Sum(block => block.Stride)), blocks.Select(block => block.Offset));
        }
    }

    private static double[][] Rows(AlignedFloats vectors, int rows, int dimension) =>
        [.. Enumerable.Range(0, rows).Select(row => vectors.Row(row, Padding.Stride(dimension))[..dimension].ToArray().Select(x => (double)x).ToArray())];

    // Algorithm 2 of the paper for one row, by the definition of the objective: no Gramian, no residuals kept, Gaussian elimination.
    private static void Naive(double[] w, double[][] h, ReadOnlySpan<int> positives, int block, double unobserved, double ridge)
    {
        for (int first = 0; first < w.Length; first += block)
        {
            int width = Math.Min(block, w.Length - first);
            var a = new double[width, width + 1];
            for (int item = 0; item < h.Length; item++)
            {
                double score = w.Zip(h[item], (x, y) => x * y).Sum();
                double weight = unobserved, slope = unobserved * score;
                if (positives.BinarySearch(item) >= 0)
                    (weight, slope) = (weight + 1, slope + score - 1);
                for (int i = 0; i < width; i++)
                {
                    a[i, width] += slope * h[item][first + i];
                    for (int j = 0; j < width; j++)
                        a[i, j] += weight * h[item][first + i] * h[item][first + j];
                }
            }

            for (int i = 0; i < width; i++)
            {
                a[i, i] += ridge;
                a[i, width] += ridge * w[first + i];
            }

            for (int pivot = 0; pivot < width; pivot++)
            {
                for (int i = 0; i < width; i++)
                {
                    double factor = i == pivot ? 0 : a[i, pivot] / a[pivot, pivot];
                    for (int j = pivot; j <= width; j++)
                        a[i, j] -= factor * a[pivot, j];
                }
            }

            for (int i = 0; i < width; i++)
                w[first + i] -= a[i, width] / a[i, i];
        }
    }
}
