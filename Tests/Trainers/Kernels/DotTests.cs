using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class DotTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(101)]
    [InlineData(1009)]
    public void It_is_the_sum_of_products(int length)
    {
        var random = new Random(length);
        float[] x = Some.Floats(random, length), y = Some.Floats(random, length);
        double oracle = x.Zip(y, (a, b) => (double)a * b).Sum();
        Assert.Equal(oracle, Dot.Of(x, y), 1e-6 * (1 + length));
        Some.SameBits([Dot.Scalar(x, y)], [Dot.Of(x, y)]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 17)]
    [InlineData(33, 64)]
    public void Rows_are_single_products(int rows, int dimension)
    {
        var random = new Random(rows);
        float[] matrix = Some.Padded(random, rows, dimension), vector = Some.Padded(random, 1, dimension);
        var products = new float[rows];
        Dot.Rows(matrix, Padding.Stride(dimension), vector, products);
        Some.SameBits(
            [.. Enumerable.Range(0, rows).Select(row => Dot.Scalar(matrix.AsSpan(row * vector.Length, vector.Length), vector))],
            products);
    }

    [Fact]
    public void Lengths_must_agree()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Dot.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Dot.Rows(new float[16], 16, new float[16], new float[2]));
    }
}
