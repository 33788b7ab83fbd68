using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class CholeskyTests
{
    /// <summary>d x d of XᵀX / n + ridge I, padded.</summary>
    internal static float[] Positive(Random random, int dimension, float ridge)
    {
        int stride = Padding.Stride(dimension), rows = Math.Min(dimension + 3, 140);
        float[] x = Some.Padded(random, rows, dimension), a = new float[stride * stride];
        SymmetricUpdate.Add(x, rows, stride, a);
        for (int i = 0; i < a.Length; i++)
            a[i] /= rows;
        for (int i = 0; i < dimension; i++)
            a[i * stride + i] += ridge;
        return a;
    }

    public static TheoryData<int> Dimensions => [1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 131];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void The_solution_solves_and_the_scalar_twin_agrees_to_the_bit(int dimension)
    {
        var random = new Random(dimension);
        int stride = Padding.Stride(dimension);
        float[] a = Positive(random, dimension, 0.1f), b = Some.Padded(random, 1, dimension);
        float[] u = [.. a], inverse = new float[dimension], z = [.. b], w = new float[stride];
        Assert.True(Cholesky.Factor(u, dimension, stride, inverse));
        Cholesky.Solve(u, dimension, stride, inverse, z, w);

        float[] twinU = [.. a], twinInverse = new float[dimension], twinZ = [.. b], twinW = new float[stride];
        Assert.True(Cholesky.FactorScalar(twinU, dimension, stride, twinInverse));
        Cholesky.SolveScalar(twinU, dimension, stride, twinInverse, twinZ, twinW);
        Some.SameBits(twinInverse, inverse);
        Some.SameBits(twinW, w);
        for (int i = 0; i < dimension; i++)
            Some.SameBits(twinU.AsSpan(i * stride + i, dimension - i), u.AsSpan(i * stride + i, dimension - i));

        for (int i = 0; i < dimension; i++)
        {
            double left = 0, product = 0;
            for (int j = 0; j < dimension; j++)
            {
                float element = i <= j ? a[i * stride + j] : a[j * stride + i];
                left += (double)element * w[j];
                double above = 0;
                for (int k = 0; k <= Math.Min(i, j); k++)
                    above += (double)u[k * stride + i] * u[k * stride + j];
                product = Math.Max(product, Math.Abs(above - element));
            }

            Assert.Equal(b[i], left, 2e-5);
            Assert.InRange(product, 0, 1e-5);
        }

        Assert.All(w[dimension..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_thousand_dimensions_are_solved()
    {
        const int d = 1024;
        var random = new Random(2);
        float[] a = Positive(random, d, 0.5f), b = Some.Floats(random, d), u = [.. a], inverse = new float[d], z = [.. b], w = new float[d];
        Assert.True(Cholesky.Factor(u, d, d, inverse));
        Cholesky.Solve(u, d, d, inverse, z, w);
        for (int i = 0; i < d; i += 37)
        {
            double left = 0;
            for (int j = 0; j < d; j++)
                left += (double)a[Math.Min(i, j) * d + Math.Max(i, j)] * w[j];
            Assert.Equal(b[i], left, 1e-4);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_positive_definite_is_refused(float pivot)
    {
        float[] a = Positive(new Random(3), 20, 0.1f);
        a[11 * Padding.Stride(20) + 11] = pivot;
        Assert.False(Cholesky.Factor([.. a], 20, 32, new float[20]));
        Assert.False(Cholesky.FactorScalar([.. a], 20, 32, new float[20]));
    }
}
