using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

/// <summary>The kernels of self-attention in float against their scalar twins in double, at awkward lengths.</summary>
public sealed class TransformerKernelTests
{
    private static double[] Double(float[] values) => [.. values.Select(value => (double)value)];

    private static void Close(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"{actual[i]} is not {expected[i]} at {i}");
    }

    [Theory]
    [InlineData(8, 16, 1)]
    [InlineData(24, 48, 37)]
    [InlineData(40, 64, 61)]
    public void Products_and_products_of_transposes(int rows, int columns, int depth)
    {
        var random = new Random(rows);
        float[] a = Some.Floats(random, rows * depth), b = Some.Floats(random, depth * columns), c = Some.Floats(random, rows * columns);
        double[] expected = Double(c);
        Gemm.AddScalar<double>(Double(a), depth, 1, Double(b), columns, expected, columns, rows, columns, depth);
        float[] transposed = new float[a.Length], sum = [.. c];
        Gemm.Transpose<float>(a, depth, transposed, rows, rows, depth);
        Gemm.Add<float>(a, depth, 1, b, columns, c, columns, rows, columns, depth);
        Gemm.Add<float>(transposed, 1, rows, b, columns, sum, columns, rows, columns, depth);
        Close(expected, c, 1e-5);
        Some.SameBits(c, sum);
    }

    [Fact]
    public void Exponentials_are_right_to_two_units_and_the_lanes_equal_the_scalar()
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 4_096).Select(_ => (float)(170 * random.NextDouble() - 84)), 0, -0f, 1e-9f, 88, -86, -200, float.NegativeInfinity];
        float[] lanes = [.. Enumerable.Range(0, x.Length).Select(i => Exponential.Of(System.Runtime.Intrinsics.Vector512.Create(x[i]))[7])];
        Some.SameBits([.. x.Select(Exponential.Scalar)], lanes);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Math.Exp(x[i]);
            Assert.True(Math.Abs(lanes[i] - exact) <= (x[i] < -86 ? 1e-37 : 2.5e-7 * exact), $"e^{x[i]} is {exact}, not {lanes[i]}");
        }
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 16)]
    [InlineData(48, 37)]
    [InlineData(208, 193)]
    public void Softmax_of_what_causality_leaves(int width, int count)
    {
        var random = new Random(count);
        float[] row = [.. Some.Floats(random, width).Select(x => 30 * x)], slope = Some.Floats(random, width);
        double[] expected = Double(row), expectedSlope = Double(slope);
        CausalSoftmax.ForwardScalar(expected, count, 0.125);
        CausalSoftmax.Forward<float>(row, count, 0.125f);
        Close(expected, row, 1e-6);
        Assert.All(row[count..], x => Assert.Equal(0, x));
        CausalSoftmax.BackwardScalar(expected, expectedSlope, 0.125);
        CausalSoftmax.Backward<float>(row, slope, 0.125f);
        Close(expectedSlope, slope, 1e-6);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 13)]
    [InlineData(5, 50)]
    [InlineData(7, 64)]
    public void Layer_normalisation(int rows, int dimension)
    {
        var random = new Random(dimension);
        int stride = Padding.Stride(dimension);
        float[] x = Some.Padded(random, rows, dimension), gain = Some.Padded(random, 1, dimension), bias = Some.Padded(random, 1, dimension), dy = Some.Padded(random, rows, dimension);
        float[] h = new float[x.Length], r = new float[rows], y = new float[x.Length], dGain = new float[stride], dBias = new float[stride], dx = new float[x.Length];
        double[] eh = new double[x.Length], er = new double[rows], ey = new double[x.Length], edGain = new double[stride], edBias = new double[stride], edx = new double[x.Length];
        Normalization.ForwardScalar<double>(Double(x), Double(gain), Double(bias), dimension, 1e-3, eh, er, ey);
        Normalization.Forward<float>(x, gain, bias, dimension, 1e-3f, h, r, y);
        Close(ey, y, 1e-5);
        Normalization.BackwardScalar<double>(Double(dy), eh, er, Double(gain), dimension, edGain, edBias, edx);
        Normalization.Backward<float>(dy, h, r, gain, dimension, dGain, dBias, dx);
        Close(edx, dx, 2e-5);
        Close(edGain, dGain, 1e-5);
        Close(edBias, dBias, 1e-5);
    }

    [Fact]
    public void Dropout_is_the_same_in_both_precisions_and_drops_its_share()
    {
        float[] values = [.. Enumerable.Repeat(1f, 100_003)];
        double[] twin = Double(values);
        DropoutMask.Apply<float>(values, 0x123456789ABCDEF, 0.3);
        DropoutMask.ApplyScalar(twin, 0, 0x123456789ABCDEF, 0.3);
        Close(twin, values, 1e-6);
        Assert.InRange(values.Count(x => x == 0) / (double)values.Length, 0.295, 0.305);
        float[] other = [.. Enumerable.Repeat(1f, values.Length)];
        DropoutMask.Apply<float>(other, 0x123456789ABCDEE, 0.3);
        Assert.InRange(values.Zip(other, (x, y) => x == 0 && y == 0 ? 1.0 : 0).Average(), 0.085, 0.095);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(64)]
    public void Adam_equals_the_algorithm_as_published(int count)
    {
        var random = new Random(count);
        float[] w = Some.Floats(random, count), m = new float[count], v = new float[count];
        double[] ew = Double(w), em = new double[count], ev = new double[count];
        for (int t = 1; t <= 5; t++)
        {
            float[] g = Some.Floats(random, count);
            double correction = Math.Sqrt(1 - Math.Pow(0.98, t));
            new AdamStep(0.9, 0.98, 1e-2 * correction / (1 - Math.Pow(0.9, t)), 1e-8 * correction).Apply<float>(g, m, v, w);
            for (int i = 0; i < count; i++)
            {
                em[i] = 0.9 * em[i] + 0.1 * g[i];
                ev[i] = 0.98 * ev[i] + 0.02 * g[i] * g[i];
                ew[i] -= 1e-2 * (em[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(ev[i] / (1 - Math.Pow(0.98, t))) + 1e-8);
            }
        }

        Close(ew, w, 1e-5);
    }

    [Theory]
    [InlineData(8, 32)]
    [InlineData(16, 5)]
    [InlineData(24, 17)]
    public void Panels_of_candidates(int rows, int valid)
    {
        var random = new Random(valid);
        float[] scores = [.. Some.Floats(random, rows * 32).Select(x => 20 * x)], lanes = [.. Enumerable.Repeat(float.NegativeInfinity, rows * 16)];
        float[] exponentials = [.. scores], sigmoids = [.. scores], sums = new float[lanes.Length], losses = new float[lanes.Length];
        CandidatePanel.Max<float>(exponentials, valid, lanes);
        float[] greatest = [.. Enumerable.Range(0, rows).Select(row => lanes.AsSpan(row * 16, 16).ToArray().Max())];
        CandidatePanel.Exp<float>(exponentials, greatest, sums);
        CandidatePanel.Sigmoid<float>(sigmoids, valid, losses);
        for (int row = 0; row < rows; row++)
        {
            double[] own = Double(scores[(row * 32)..(row * 32 + valid)]);
            Assert.Equal(own.Max(), greatest[row]);
            Close([.. own.Select(s => Math.Exp(s - own.Max())), .. new double[32 - valid]], exponentials.AsSpan(row * 32, 32), 1e-6);
            Close([.. own.Select(s => 1 / (1 + Math.Exp(-s))), .. new double[32 - valid]], sigmoids.AsSpan(row * 32, 32), 1e-6);
            Assert.Equal(own.Sum(s => Math.Exp(s - own.Max())), sums.AsSpan(row * 16, 16).ToArray().Sum(x => (double)x), 1e-5);
            Assert.Equal(own.Sum(s => Math.Log(1 + Math.Exp(s))), losses.AsSpan(row * 16, 16).ToArray().Sum(x => (double)x), 1e-4 * valid);
        }
    }

    [Fact]
    public void A_rectifiers_gradient_stops_where_its_value_is_zero()
    {
        float[] value = [.. Some.Floats(new Random(1), 37).Select(x => MathF.Max(0, x))], slope = [.. Enumerable.Repeat(2f, 37)];
        Rectifier.Backward<float>(value, slope);
        Assert.Equal(value.Select(x => x > 0 ? 2f : 0f), slope);
    }
}
