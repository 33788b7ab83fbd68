using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class RankOneUpdatesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 16)]
    [InlineData(17, 3)]
    [InlineData(64, 200)]
    [InlineData(65, 129)]
    [InlineData(300, 31)]
    public void They_are_sums_of_outer_products(int dimension, int count)
    {
        var random = new Random(dimension);
        int stride = Padding.Stride(dimension);
        float[] x = Some.Padded(random, 97, dimension);
        int[] gathered = [.. Enumerable.Range(0, count).Select(_ => random.Next(97))];
        float[] a = new float[stride * stride], b = new float[stride], twinA = new float[stride * stride], twinB = new float[stride];
        RankOneUpdates.Add(x, stride, gathered, a, b, new float[RankOneUpdates.BlockLength(stride)]);
        RankOneUpdates.AddScalar(x, stride, gathered, twinA, twinB);
        Some.SameBits(twinA, a);
        Some.SameBits(twinB, b);
        for (int i = 0; i < dimension; i += 5)
        {
            Assert.Equal(gathered.Sum(row => (double)x[row * stride + i]), b[i], 1e-6 * (1 + count));
            for (int j = i; j < dimension; j += 3)
                Assert.Equal(gathered.Sum(row => (double)x[row * stride + i] * x[row * stride + j]), a[i * stride + j], 1e-6 * (1 + count));
        }
    }

    [Fact]
    public void A_row_that_does_not_exist_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => RankOneUpdates.Add(new float[16], 16, [1], new float[256], new float[16], new float[RankOneUpdates.BlockLength(16)]));
}
