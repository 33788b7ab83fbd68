using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Tests.Trainers.LeastSquares;

public sealed class AlternatingLeastSquaresTests
{
    private static readonly PositiveMatrix Positives = PositiveMatrix.Of(Planted.Interactions(users: 61, items: 37, seed: 4), null);

    private static AlternatingLeastSquares Start(int dimension, Ridge ridge, PositiveMatrix? positives = null)
    {
        var als = new AlternatingLeastSquares(positives ?? Positives, dimension, ridge);
        als.Initialize(0.1, seed: 3);
        return als;
    }

    public static TheoryData<int, double, double, double> Settings => new()
    {
        { 5, 0.003, 1, 0.1 },
        { 17, 0.05, 0.5, 1 },
        { 23, 1, 0, 0.3 },
        { 3, 0.1, 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_half_step_lowers_the_objective_and_returns_it(int dimension, double regularization, double exponent, double unobserved)
    {
        var ridge = new Ridge(regularization, exponent, unobserved);
        AlternatingLeastSquares als = Start(dimension, ridge);
        als.SolveUsers();
        double before = als.Objective();
        for (int iteration = 0; iteration < 6; iteration++)
        {
            double returned = als.SolveItems();
            double after = als.Objective();
            Assert.True(after <= before * (1 + 1e-6), $"items, iteration {iteration}: {before} became {after}");
            Assert.Equal(after, returned, 1e-4 * after);
            als.SolveUsers();
            before = als.Objective();
            Assert.True(before <= after * (1 + 1e-6), $"users, iteration {iteration}: {after} became {before}");
        }

        Assert.True(before < als.PositiveCount, "worse than all zeros");
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void At_a_solution_the_gradient_in_double_is_zero(int dimension, double regularization, double exponent, double unobserved)
    {
        var ridge = new Ridge(regularization, exponent, unobserved);
        AlternatingLeastSquares als = Start(dimension, ridge);
        als.SolveUsers();
        als.SolveItems();
        AssertStationary(Positives.Transpose(), als.Items, als.Users, dimension, ridge, Positives.SeenRows);
        als.SolveUsers();
        AssertStationary(Positives, als.Users, als.Items, dimension, ridge, als.SeenItems);
    }

    /// <summary>dL / dw_r = 2 (sum over positives (w.h - 1) h + a0 sum over all (w.h) h + ridge w): compared with the size of its terms.</summary>
    private static void AssertStationary(PositiveMatrix side, AlignedFloats mine, AlignedFloats others, int dimension, Ridge ridge, int columns)
    {
        int stride = Padding.Stride(dimension);
        for (int row = 0; row < side.RowCount; row++)
        {
            float[] w = mine.Row(row, stride).ToArray();
            double[] gradient = new double[dimension], size = new double[dimension];
            void Add(double factor, ReadOnlySpan<float> vector)
            {
                for (int k = 0; k < dimension; k++)
                {
                    gradient[k] += factor * vector[k];
                    size[k] += Math.Abs(factor * vector[k]);
                }
            }

            for (int other = 0; other < side.ColumnCount; other++)
            {
                ReadOnlySpan<float> h = others.Row(other, stride);
                double score = 0;
                for (int k = 0; k < dimension; k++)
                    score += (double)w[k] * h[k];
                Add(ridge.UnobservedWeight * score, h);
                if (side[row].BinarySearch(other) >= 0)
                    Add(score - 1, h);
            }

            Add(ridge.Of(side[row].Length, columns), w);
            double scale = size.Max();
            Assert.All(gradient, value => Assert.InRange(Math.Abs(value), 0, 1e-4 * scale + 1e-12));
        }
    }

    [Fact]
    public void Unseen_rows_stay_zero_and_change_nothing()
    {
        var ridge = new Ridge(0.01, 1, 0.1);
        IReadOnlyList<IReadOnlyList<int>> histories = [[0, 1, 2], [1, 2], [0, 2, 3], [3, 1]];
        AlternatingLeastSquares small = Start(3, ridge, PositiveMatrix.Of(Planted.Of(4, histories), null));
        AlternatingLeastSquares large = Start(3, ridge, PositiveMatrix.Of(Planted.Of(9, [.. histories, [], []]), null));
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
        AlternatingLeastSquares als = Start(30, new Ridge(1e-15, 1, 0));
        als.SolveUsers();
        Assert.True(double.IsFinite(als.SolveItems()));
        Assert.All(als.Items.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }
}
