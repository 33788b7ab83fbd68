using Workbench.Search.Samplers;

namespace Tests.Workbench.Search.Samplers;

public sealed class SobolTests
{
    [Fact]
    public void The_first_points_are_those_of_the_papers_construction()
    {
        // By hand from m = (1, 3) in both: v = .5, .75, and then .625 (degree 1) and .375 (degree 2).
        var sobol = new SobolSequence(3, 0);
        Assert.Equal([0, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875], Plain(sobol, 0, 8));
        Assert.Equal([0, 0.5, 0.75, 0.25, 0.625, 0.125, 0.375, 0.875], Plain(sobol, 1, 8));
        Assert.Equal([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125], Plain(sobol, 2, 8));
    }

    private static double[] Plain(SobolSequence sobol, int dimension, int count) =>
        [.. Enumerable.Range(0, count).Select(i => sobol.Plain((uint)i, dimension) / 4294967296.0)];

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(42UL)]
    public void Every_aligned_block_has_one_point_in_each_interval(ulong seed)
    {
        var sobol = new SobolSequence(SobolSequence.MostDimensions, seed);
        foreach (int size in (int[])[2, 8, 64, 256])
        {
            for (int d = 0; d < SobolSequence.MostDimensions; d++)
            {
                Assert.Equal(size, Enumerable.Range(0, size).Select(i => (int)(sobol.At((uint)i, d) * size)).Distinct().Count());
                Assert.Equal(size, Enumerable.Range(size, size).Select(i => (int)(sobol.At((uint)i, d) * size)).Distinct().Count());
            }
        }
    }

    [Fact]
    public void The_first_two_dimensions_are_a_net_also_when_scrambled()
    {
        // A (0, m, 2)-net: one point in each of the 2^m rectangles of every shape.
        var sobol = new SobolSequence(2, 9);
        for (int wide = 0; wide <= 6; wide++)
        {
            (int columns, int rows) = (1 << wide, 1 << (6 - wide));
            Assert.Equal(64, Enumerable.Range(0, 64).Select(i => ((int)(sobol.At((uint)i, 0) * columns), (int)(sobol.At((uint)i, 1) * rows))).Distinct().Count());
        }
    }

    [Fact]
    public void Seeds_scramble_differently_and_evenly()
    {
        double[] first = [.. Enumerable.Range(0, 500).Select(seed => new SobolSequence(1, (ulong)seed).At(0, 0))];
        Assert.Equal(500, first.Distinct().Count());
        Assert.InRange(first.Average(), 0.45, 0.55);
    }

    [Fact]
    public void Dimensions_are_not_alike()
    {
        // No two of the 32 are the same up to scrambling: their unscrambled bits differ within the first 256 points.
        var sobol = new SobolSequence(SobolSequence.MostDimensions, 0);
        Assert.Equal(SobolSequence.MostDimensions, Enumerable.Range(0, SobolSequence.MostDimensions).Select(d => string.Join(' ', Plain(sobol, d, 256))).Distinct().Count());
    }
}
