using Evaluation;

namespace Tests.Evaluation;

public sealed class RankBiasedOverlapTests
{
    /// <summary>Worked by hand from equation 32 of Webber, Moffat and Zobel 2010.</summary>
    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 2, 3 }, 0.9, 1)]
    [InlineData(new[] { 1, 2, 3 }, new[] { 4, 5, 6 }, 0.9, 0)]
    [InlineData(new[] { 1, 2 }, new[] { 2, 1 }, 0.5, 0.5)] // X = 0, 2: (0.25) + 0.25
    [InlineData(new[] { 1, 2 }, new[] { 2, 1 }, 0.9, 0.9)] // 1/9 * 0.81 + 0.81
    [InlineData(new[] { 1 }, new[] { 1, 2 }, 0.7, 1)] // one begins the other
    [InlineData(new[] { 1 }, new[] { 2, 1 }, 0.9, 0.45)] // p / 2
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 3, 4 }, 0.5, 0.7916666666666666)] // X = 1, 1, 2: 0.5 + 0.125 + 0.08333 and 2/3 * 0.125
    [InlineData(new int[0], new[] { 1 }, 0.9, 0)]
    [InlineData(new int[0], new int[0], 0.9, 1)]
    public void It_is_as_worked_by_hand(int[] one, int[] other, double p, double expected)
    {
        Assert.Equal(expected, RankBiasedOverlap.Extrapolated(one, other, p), 1e-12);
        Assert.Equal(expected, RankBiasedOverlap.Extrapolated(other, one, p), 1e-12);
    }

    /// <summary>The extrapolation is the value of infinitely long lists that go on as they ended.</summary>
    [Fact]
    public void Of_lists_of_one_length_it_is_the_sum_to_infinity_at_the_last_agreement()
    {
        int[] one = [5, 3, 8, 1, 9], other = [3, 5, 7, 8, 2];
        foreach (double p in (double[])[0.3, 0.8, 0.95])
        {
            double sum = 0;
            for (int d = 1; d < 4000; d++)
                sum += (1 - p) * Math.Pow(p, d - 1) * (d <= 5 ? one.Take(d).Intersect(other.Take(d)).Count() / (double)d : 3 / 5.0);
            Assert.Equal(sum, RankBiasedOverlap.Extrapolated(one, other, p), 1e-9);
        }
    }

    [Fact]
    public void It_falls_the_more_the_higher_the_change()
    {
        int[] list = [.. Enumerable.Range(0, 10)], last = [.. list[..8], 9, 8], first = [1, 0, .. list[2..]];
        Assert.True(RankBiasedOverlap.Extrapolated(list, last, 0.9) > RankBiasedOverlap.Extrapolated(list, first, 0.9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_persistence_outside_is_refused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => RankBiasedOverlap.Extrapolated([1], [1], p));
}
