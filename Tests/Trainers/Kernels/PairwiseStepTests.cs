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
        const int rows = 9;
        int stride = Padding.Stride(dimension);
        var random = new Random(dimension);
        var items = new AlignedFloats(rows * stride);
        Some.Padded(random, rows, dimension).CopyTo(items.Span);
        float[] user = Some.Padded(random, 1, dimension), biases = withBiases ? Some.Floats(random, rows) : [];
        double[] h = Doubles(items.Span), w = Doubles(user), b = withBiases ? Doubles(biases) : new double[rows];
        int[] positives = [0, 1, 2, 0, 5, 8, 0], negatives = [3, 3, 4, 1, 6, 7, 2];
        var rates = new PairwiseRates(0.1f, 0.01f, 0.02f, 0.03f, 0.04f);
        double expected = 0;
        for (int n = 0; n < positives.Length; n++)
        {
            (int i, int j) = (positives[n], negatives[n]);
            expected += PairwiseStep.RunScalar<double>(w, h.AsSpan(i * stride, stride), h.AsSpan(j * stride, stride), ref b[i], ref b[j], 0.1, 0.01, 0.02, 0.03, 0.04);
            if (!withBiases)
                Array.Clear(b);
        }

        double loss = PairwiseStep.Run(user, items, biases, positives, negatives, rates);
        Assert.Equal(expected, loss, 1e-5 * expected);
        float[] actual = [.. items.Span, .. user, .. biases];
        double[] all = [.. h, .. w, .. withBiases ? b : []];
        Assert.All(all.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Folding_in_leaves_the_items()
    {
        var random = new Random(2);
        var items = new AlignedFloats(4 * 32);
        Some.Floats(random, 128).CopyTo(items.Span);
        float[] before = items.Span.ToArray(), biases = Some.Floats(random, 4), biasesBefore = [.. biases], folded = new float[32], user = new float[32];
        var rates = new PairwiseRates(0.1f, 0.01f, 0, 0, 0);
        PairwiseStep.FoldIn(folded, items, biases, [0], [3], rates);
        Some.SameBits(before, items.Span);
        Some.SameBits(biasesBefore, biases);
        PairwiseStep.Run(user, items, biases, [0], [3], rates);
        Some.SameBits(user, folded);
    }

    [Fact]
    public void Rows_that_do_not_exist_are_refused()
    {
        var items = new AlignedFloats(4 * 16);
        float[] user = new float[16];
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseStep.Run(user, items, [], [4], [0], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseStep.Run(user, items, [], [0], [-1], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseStep.Run(user, items, [], [0, 1], [1], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseStep.Run(user, items, new float[3], [0], [1], default));
    }
}
