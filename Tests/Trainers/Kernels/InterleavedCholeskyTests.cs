using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class InterleavedCholeskyTests
{
    private const int Systems = InterleavedCholesky.Systems;

    public static TheoryData<int> Dimensions => [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 33, 50, 63, 64, 65, 128];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Every_system_has_the_bits_that_it_has_alone(int dimension)
    {
        var random = new Random(dimension);
        int stride = Padding.Stride(dimension);
        float[] a = [.. Enumerable.Range(0, Systems).SelectMany(system => CholeskyTests.Positive(random, dimension, 0.05f * (1 + system)))];
        float[] b = [.. Enumerable.Range(0, Systems).SelectMany(_ => Some.Padded(random, 1, dimension))];
        float[] before = [.. a], w = Solve(a, b, dimension, out bool[] solved);
        Some.SameBits(before, a);
        Assert.All(solved, Assert.True);
        for (int system = 0; system < Systems; system++)
        {
            float[] u = a.AsSpan(system * stride * stride, stride * stride).ToArray(), inverse = new float[dimension], alone = new float[stride];
            Assert.True(Cholesky.Factor(u, dimension, stride, inverse));
            Cholesky.Solve(u, dimension, stride, inverse, b.AsSpan(system * stride, stride).ToArray(), alone);
            Some.SameBits(alone, w.AsSpan(system * stride, stride));
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void One_that_is_not_positive_definite_is_told_and_the_others_are_not_touched(float pivot)
    {
        const int d = 20, s = 32, bad = 5;
        var random = new Random(3);
        float[] a = [.. Enumerable.Range(0, Systems).SelectMany(_ => CholeskyTests.Positive(random, d, 0.1f))];
        float[] b = [.. Enumerable.Range(0, Systems).SelectMany(_ => Some.Padded(random, 1, d))];
        float[] good = Solve(a, b, d, out _);
        a[(bad * s * s) + (11 * s) + 11] = pivot;
        float[] w = Solve(a, b, d, out bool[] solved);
        Assert.Equal([.. Enumerable.Range(0, Systems).Select(system => system != bad)], solved);
        good.AsSpan(bad * s, s).Clear();
        w.AsSpan(bad * s, s).Clear();
        Some.SameBits(good, w);
    }

    [Fact]
    public void Room_that_is_too_small_is_refused() =>
        Assert.Throws<ArgumentException>(() => InterleavedCholesky.Solve(new float[Systems * 256], new float[Systems * 16], 16, 16, new float[Systems], new float[Systems * 16], new bool[Systems]));

    [Fact]
    public unsafe void Sixteen_by_sixteen_are_transposed_as_by_the_scalar_twin()
    {
        float[] source = Some.Floats(new Random(7), 16 * 24), target = new float[16 * 19], twin = new float[16 * 19];
        fixed (float* ps = source, pt = target, pw = twin)
        {
            SixteenWide.Transpose(ps, 24, pt, 19);
            SixteenWide.TransposeScalar(ps, 24, pw, 19);
        }

        Some.SameBits(twin, target);
        Assert.Equal(source[(3 * 24) + 9], target[(9 * 19) + 3]);
    }

    private static float[] Solve(float[] a, float[] b, int dimension, out bool[] solved)
    {
        int stride = Padding.Stride(dimension);
        float[] w = new float[Systems * stride], room = new float[InterleavedCholesky.Length(dimension) + (2 * Systems * stride)];
        Array.Fill(room, float.NaN);
        solved = new bool[Systems];
        InterleavedCholesky.Solve(a, b, dimension, stride, room, w, solved);
        return w;
    }
}
