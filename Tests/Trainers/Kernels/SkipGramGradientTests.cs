using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class SkipGramGradientTests
{
    // Inputs, contexts, offset, width: the whole set, a window in the middle of a history, at its beginning, wider than it, and a single item.
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 0, 1, 3 }, { 2, 2, 0, 2, 5 }, { 7, 7, 0, 7, 11 }, { 17, 17, 0, 17, 64 }, { 53, 53, 0, 53, 19 },
        { 31, 37, 3, 3, 13 }, { 37, 41, 0, 4, 7 }, { 128, 138, 5, 5, 64 }, { 29, 29, 0, 100, 31 }, { 23, 61, 19, 19, 29 },
    };

    private static SkipGramShape Shape(int inputs, int contexts, int offset, int width) => new(inputs, contexts, offset, width, Negatives: 32, NegativesPerPair: 2.5f);

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    private static float[] Rows(Random random, int rows, int all, int dimension)
    {
        float[] padded = Some.Padded(random, rows, dimension);
        Array.Resize(ref padded, all * Padding.Stride(dimension));
        return padded;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_reference_gradient_is_the_derivative_of_the_objective(int inputs, int contexts, int offset, int width, int dimension)
    {
        SkipGramShape shape = Shape(inputs, contexts, offset, width);
        var random = new Random(inputs);
        double[] x = Doubles(Some.Floats(random, inputs * dimension)), y = Doubles(Some.Floats(random, shape.OutputRows * dimension));
        double[] alongX = Doubles(Some.Floats(random, x.Length)), alongY = Doubles(Some.Floats(random, y.Length));
        double[] dx = new double[x.Length], dy = new double[y.Length];
        SkipGramGradient.AddScalar<double>(shape, x, y, dimension, dx, dy);
        double Loss(double step)
        {
            double[] movedX = [.. x.Zip(alongX, (value, direction) => value + step * direction)], movedY = [.. y.Zip(alongY, (value, direction) => value + step * direction)];
            return SkipGramGradient.AddScalar<double>(shape, movedX, movedY, dimension, new double[x.Length], new double[y.Length]);
        }

        double analytic = -(dx.Zip(alongX, (a, b) => a * b).Sum() + dy.Zip(alongY, (a, b) => a * b).Sum());
        const double h = 1e-4;
        double numeric = (8 * (Loss(h) - Loss(-h)) - (Loss(2 * h) - Loss(-2 * h))) / (12 * h);
        double scale = Math.Max(Math.Abs(analytic), Math.Sqrt(dx.Sum(g => g * g) + dy.Sum(g => g * g)));
        Assert.True(Math.Abs(analytic - numeric) <= 1e-7 * scale, $"{analytic} against {numeric}");
        Assert.False(inputs > 1 && Math.Abs(1.001 * analytic - numeric) <= 1e-7 * scale && Math.Abs(analytic) > 1e-3 * scale); // A wrong gradient is found out.
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Matrix_products_give_the_reference_gradient(int inputs, int contexts, int offset, int width, int dimension)
    {
        SkipGramShape shape = Shape(inputs, contexts, offset, width);
        int stride = Padding.Stride(dimension);
        var random = new Random(inputs + 1);
        float[] x = Rows(random, inputs, shape.InputRows, dimension), y = Rows(random, 32 + contexts, shape.OutputRows, dimension);
        double[] expectedX = new double[x.Length], expectedY = new double[y.Length];
        double expected = SkipGramGradient.AddScalar<double>(shape, Doubles(x), Doubles(y), stride, expectedX, expectedY);
        float[] dx = new float[x.Length], dy = new float[y.Length];
        double loss = SkipGramGradient.Add(shape, x, y, stride, dx, dy, new float[SkipGramGradient.ScratchLength(shape, stride)]);
        Assert.Equal(expected, loss, 2e-6 * (1 + expected));
        Close(expectedX, dx);
        Close(expectedY, dy);
        Assert.All(dx.Where((_, i) => i / stride >= inputs), value => Assert.Equal(0, value));
        Assert.All(dy.Where((_, i) => i / stride >= 32 + contexts), value => Assert.Equal(0, value));

        static void Close(double[] expected, float[] actual)
        {
            double most = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 3e-6 * (1 + most), $"{i}: {actual[i]} instead of {expected[i]}");
        }
    }

    [Fact]
    public void Scratch_may_hold_anything()
    {
        SkipGramShape shape = Shape(37, 43, 3, 4);
        var random = new Random(1);
        float[] x = Rows(random, 37, shape.InputRows, 16), y = Rows(random, 75, shape.OutputRows, 16);
        float[] Gradient(float rubbish)
        {
            float[] dx = new float[x.Length], dy = new float[y.Length], scratch = new float[SkipGramGradient.ScratchLength(shape, 16)];
            scratch.AsSpan().Fill(rubbish);
            SkipGramGradient.Add(shape, x, y, 16, dx, dy, scratch);
            return [.. dx, .. dy];
        }

        Some.SameBits(Gradient(0), Gradient(float.NaN));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        SkipGramShape shape = Shape(2, 2, 0, 2);
        float[] x = new float[shape.InputRows * 16], y = new float[shape.OutputRows * 16], scratch = new float[SkipGramGradient.ScratchLength(shape, 16)];
        Assert.Throws<ArgumentException>(() => SkipGramGradient.Add(shape, x, y.AsSpan(1), 16, x, y, scratch));
        Assert.Throws<ArgumentException>(() => SkipGramGradient.Add(shape, x, y, 16, x, y, scratch.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => SkipGramGradient.Add(shape, x, y, 15, x, y, scratch));
    }
}
