using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class ItemPanelsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 7)]
    [InlineData(32, 8, 16)]
    [InlineData(33, 9, 65)]
    [InlineData(101, 23, 64)]
    [InlineData(7, 0, 3)]
    [InlineData(0, 9, 3)]
    public void Scores_are_products_however_many_queries_there_are(int items, int queries, int dimension)
    {
        var random = new Random(items + queries);
        int stride = Padding.Stride(dimension);
        float[] rows = Some.Padded(random, items, dimension), vectors = Some.Padded(random, queries, dimension);
        var panels = new ItemPanels(rows, items, stride);
        Assert.Equal((items, stride), (panels.Count, panels.Stride));
        float[] scores = Some.Floats(random, queries * items), twin = [.. scores], one = [.. scores];
        panels.Score(vectors, queries, scores);
        panels.ScoreScalar(vectors, queries, twin);
        for (int query = 0; query < queries; query++)
            panels.Score(vectors.AsSpan(query * stride, stride), 1, one.AsSpan(query * items, items));
        Some.SameBits(twin, scores);
        Some.SameBits(twin, one);
        for (int i = 0; i < scores.Length; i++)
        {
            double oracle = 0;
            for (int k = 0; k < dimension; k++)
                oracle += (double)vectors[i / items * stride + k] * rows[i % items * stride + k];
            Assert.Equal(oracle, scores[i], 1e-6 * (1 + dimension));
        }
    }

    [Fact]
    public void Shapes_must_agree()
    {
        Assert.Throws<ArgumentException>(() => new ItemPanels(new float[31], 2, 16));
        Assert.Throws<ArgumentException>(() => new ItemPanels(new float[32], 2, 15));
        Assert.Throws<ArgumentException>(() => new ItemPanels(new float[32], 2, 16).Score(new float[32], 2, new float[3]));
        Assert.Throws<ArgumentException>(() => new ItemPanels(new float[32], 2, 16).Score(new float[31], 2, new float[4]));
    }
}
