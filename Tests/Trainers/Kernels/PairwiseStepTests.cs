using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class PairwiseStepTests
{
    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    public void The_reference_step_goes_down_the_objective(int dimension)
    {
        // All parameters in a row: w, h_i, h_j, b_i, b_j; loss = -log sigmoid(x) + half of the shrinkage.
        const double user = 0.3, positive = 0.2, negative = 0.1, bias = 0.05, rate = 1e-3;
        var random = new Random(dimension);
        double[] at = Doubles(Some.Floats(random, 3 * dimension + 2)), direction = Doubles(Some.Floats(random, at.Length));
        double Loss(double[] p)
        {
            double x = p[3 * dimension] - p[3 * dimension + 1], shrinkage = bias * (p[3 * dimension] * p[3 * dimension] + p[3 * dimension + 1] * p[3 * dimension + 1]);
            for (int k = 0; k < dimension; k++)
            {
                (double w, double i, double j) = (p[k], p[dimension + k], p[2 * dimension + k]);
                x += w * (i - j);
                shrinkage += user * w * w + positive * i * i + negative * j * j;
            }

            return Math.Log(1 + Math.Exp(-x)) + shrinkage / 2;
        }

        double[] after = [.. at];
        double alone = PairwiseStep.RunScalar<double>(after.AsSpan(0, dimension), after.AsSpan(dimension, dimension), after.AsSpan(2 * dimension, dimension),
            ref after[^2], ref after[^1], rate, user, positive, negative, bias);
        Assert.InRange(alone, 0, Loss(at));
        double analytic = 0, norm = 0;
        for (int k = 0; k < at.Length; k++)
        {
            double gradient = -(after[k] - at[k]) / rate;
            analytic += gradient * direction[k];
            norm += gradient * gradient;
        }

        const double h = 1e-4;
        double Moved(double step) => Loss([.. at.Zip(direction, (value, along) => value + step * along)]);
        double numeric = (8 * (Moved(h) - Moved(-h)) - (Moved(2 * h) - Moved(-2 * h))) / (12 * h);
        Assert.True(Math.Abs(analytic - numeric) <= 1e-7 * Math.Sqrt(norm), $"{analytic} against {numeric}");
        Assert.False(Math.Abs(1.001 * analytic - numeric) <= 1e-7 * Math.Sqrt(norm) && Math.Abs(analytic) > 1e-3 * Math.Sqrt(norm));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(16, false)]
    [InlineData(37, true)]
    [InlineData(64, true)]
    [InlineData(100, false)]
    public void Steps_are_those_of_the_reference(int dimension, bool withBiases)
    {
        const int rows = 9, people = 3, steps = 40;
        int stride = Padding.Stride(dimension);
        var random = new Random(dimension);
        float[] users = Some.Padded(random, people, dimension), items = Some.Padded(random, rows, dimension), biases = withBiases ? Some.Floats(random, rows) : [];
        double[] h = Doubles(items), w = Doubles(users), b = withBiases ? Doubles(biases) : new double[rows];
        PairwiseSample[] samples = [.. Enumerable.Range(0, steps).Select(n => new PairwiseSample(n * 7 % people, n * n % rows, (n * n + 1 + (n % 7)) % rows))];
        var rates = new PairwiseRates(0.1f, 0.01f, 0.02f, 0.03f, 0.04f);
        double expected = 0;
        foreach ((int user, int i, int j) in samples)
        {
            expected += PairwiseStep.RunScalar<double>(
                w.AsSpan(user * stride, stride), h.AsSpan(i * stride, stride), h.AsSpan(j * stride, stride), ref b[i], ref b[j], 0.1, 0.01, 0.02, 0.03, 0.04);
            if (!withBiases)
                Array.Clear(b);
        }

        double loss = PairwiseStep.Run(users, items, biases, stride, samples, rates);
        Assert.Equal(expected, loss, 1e-5 * expected);
        float[] actual = [.. items, .. users, .. biases];
        double[] all = [.. h, .. w, .. withBiases ? b : []];
        Assert.All(all.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Folding_in_leaves_the_items()
    {
        var random = new Random(2);
        float[] items = Some.Floats(random, 128), before = [.. items], biases = Some.Floats(random, 4), biasesBefore = [.. biases], folded = new float[32], user = new float[32];
        var rates = new PairwiseRates(0.1f, 0.01f, 0, 0, 0);
        PairwiseStep.FoldIn(folded, items, biases, 32, [new PairwiseSample(0, 0, 3)], rates);
        Some.SameBits(before, items);
        Some.SameBits(biasesBefore, biases);
        PairwiseStep.Run(user, items, biases, 32, [new PairwiseSample(0, 0, 3)], rates);
        Some.SameBits(user, folded);
        Assert.Contains(user, value => value != 0);
    }

    [Fact]
    public void What_is_no_number_is_in_the_loss()
    {
        float[] users = [.. Enumerable.Repeat(float.NaN, 16)], items = Some.Floats(new Random(1), 32);
        Assert.Equal(double.NaN, PairwiseStep.Run(users, items, [], 16, [new PairwiseSample(0, 0, 1)], new PairwiseRates(0.1f, 0, 0, 0, 0)));
    }

    [Fact]
    public void Rows_that_do_not_exist_are_refused()
    {
        float[] users = new float[16], items = new float[4 * 16];
        void Refused(float[] biases, int stride, params PairwiseSample[] samples) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseStep.Run(users, items, biases, stride, samples, default));
        Refused([], 16, new PairwiseSample(0, 4, 0));
        Refused([], 16, new PairwiseSample(0, 0, -1));
        Refused([], 16, new PairwiseSample(1, 0, 1));
        Refused([], 15, new PairwiseSample(0, 0, 1));
        Refused([], 0, new PairwiseSample(0, 0, 1));
        Refused(new float[3], 16, new PairwiseSample(0, 0, 1));
    }
}
