using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class RankUpdateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(128)]
    public void Every_width_gives_the_bits_of_the_scalar_twin(int depth)
    {
        (double[] w, double[] v, double[] c) = Sample(depth, stride: 19);
        double[] expected = [.. c];
        RankUpdate.Subtract(w, v, expected, 19, vectorBits: 0);
        foreach (int bits in new[] { 256, 512, RankUpdate.VectorBits })
        {
            double[] actual = [.. c];
            RankUpdate.Subtract(w, v, actual, 19, bits);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_switch_that_turns_instructions_off_takes_effect()
    {
        static bool Off(string instructions) => Environment.GetEnvironmentVariable($"DOTNET_Enable{instructions}") == "0";
        int most = Off("HWIntrinsic") || Off("AVX2") ? 0 : Off("AVX512") ? 256 : 512;
        Assert.InRange(RankUpdate.VectorBits, 0, most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(128)]
    public void The_scalar_twin_agrees_with_sums_in_decimal(int depth)
    {
        const int stride = 23;
        (double[] w, double[] v, double[] c) = Sample(depth, stride);
        double[] actual = [.. c];
        RankUpdate.Subtract(w, v, actual, stride, vectorBits: 0);
        for (int i = 0; i < actual.Length; i++)
        {
            (int row, int column) = (i / stride, i % stride);
            decimal sum = (decimal)c[i];
            for (int k = 0; column < RankUpdate.Columns && k < depth; k++)
                sum -= (decimal)w[(k * RankUpdate.Rows) + row] * (decimal)v[(k * RankUpdate.Columns) + column];
            Assert.Equal((double)sum, actual[i], 1e-13);
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RankUpdate.Subtract(new double[8], new double[32], new double[128], 16));
        Assert.Throws<ArgumentException>(() => RankUpdate.Subtract(new double[7], new double[16], new double[128], 16));
        Assert.Throws<ArgumentException>(() => RankUpdate.Subtract(new double[8], new double[16], new double[127], 16));
        Assert.Throws<ArgumentException>(() => RankUpdate.Subtract(new double[8], new double[16], new double[128], 15));
    }

    private static (double[] W, double[] V, double[] C) Sample(int depth, int stride)
    {
        var random = new Random(depth + stride);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        return (Draw(depth * RankUpdate.Rows), Draw(depth * RankUpdate.Columns), Draw(((RankUpdate.Rows - 1) * stride) + RankUpdate.Columns));
    }
}
