using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(8, 32, 16)]
    [InlineData(9, 33, 65)]
    [InlineData(23, 101, 64)]
    [InlineData(2, 7, 0)]
    [InlineData(0, 7, 3)]
    public void It_is_the_product(int rows, int columns, int depth)
    {
        var random = new Random(rows + columns);
        float[] a = Some.Floats(random, rows * depth), b = Some.Floats(random, columns * depth);
        float[] c = Some.Floats(random, rows * columns), twin = [.. c];
        MatrixProduct.Compute(a, rows, b, columns, depth, c);
        MatrixProduct.ComputeScalar(a, rows, b, columns, depth, twin);
        Some.SameBits(twin, c);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double oracle = 0;
                for (int k = 0; k < depth; k++)
                    oracle += (double)a[i * depth + k] * b[j * depth + k];
                Assert.Equal(oracle, c[i * columns + j], 1e-6 * (1 + depth));
            }
        }
    }

    [Fact]
    public void Shapes_must_agree() => Assert.Throws<ArgumentException>(
        () => MatrixProduct.Compute(new float[6], 2, new float[6], 2, 3, new float[5]));
}
