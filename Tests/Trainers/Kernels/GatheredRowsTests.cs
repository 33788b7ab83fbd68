using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class GatheredRowsTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 0 }, { 3, 1 }, { 16, 3 }, { 17, 4 }, { 40, 5 }, { 64, 7 }, { 65, 8 }, { 100, 13 }, { 128, 31 }, { 131, 101 } };

    private static (float[] Table, int Stride, int[] Rows, Random Random) Sample(int dimension, int count)
    {
        var random = new Random(dimension + count);
        return (Some.Padded(random, 29, dimension), Padding.Stride(dimension), [.. Enumerable.Range(0, count).Select(_ => random.Next(29))], random);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_are_those_of_the_rows(int dimension, int count)
    {
        (float[] table, int stride, int[] rows, Random random) = Sample(dimension, count);
        float[] vector = Some.Padded(random, 1, dimension), products = new float[count + 1], twin = new float[count + 1];
        products[count] = twin[count] = 7;
        GatheredRows.Products(table, stride, rows, vector, products);
        GatheredRows.ProductsScalar(table, stride, rows, vector, twin);
        Some.SameBits(twin, products);
        for (int k = 0; k < count; k++)
            Assert.Equal(Enumerable.Range(0, stride).Sum(i => (double)table[rows[k] * stride + i] * vector[i]), products[k], 1e-6 * (1 + dimension));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Combinations_are_weighted_sums(int dimension, int count)
    {
        (float[] table, int stride, int[] rows, Random random) = Sample(dimension, count);
        foreach (float[] weights in (float[][])[[], Some.Floats(random, count)])
        {
            float[] sum = Some.Floats(random, stride), twin = Some.Floats(random, stride);
            GatheredRows.Combine(table, stride, rows, weights, sum);
            GatheredRows.CombineScalar(table, stride, rows, weights, twin);
            Some.SameBits(twin, sum);
            for (int i = 0; i < stride; i++)
                Assert.Equal(Enumerable.Range(0, count).Sum(k => (weights.Length == 0 ? 1.0 : weights[k]) * table[rows[k] * stride + i]), sum[i], 1e-6 * (1 + count));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var table = new float[64];
        foreach (int row in (int[])[-1, 4])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => GatheredRows.Products(table, 16, [0, row], new float[16], new float[2]));
            Assert.Throws<ArgumentOutOfRangeException>(() => GatheredRows.Combine(table, 16, [row], [], new float[16]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => GatheredRows.Products(table, 16, [0, 1], new float[16], new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GatheredRows.Combine(table, 16, [0, 1], [1], new float[16]));
        Assert.Throws<ArgumentException>(() => GatheredRows.Combine(table, 15, [0], [], new float[16]));
        Assert.Throws<ArgumentException>(() => GatheredRows.Products(table, 16, [0], new float[15], new float[1]));
    }
}
