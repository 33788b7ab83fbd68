using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

public class WilcoxonTestTests
{
    /// <summary>Darwin's maize: heights of cross- and self-fertilised plants, in eighths of an inch.</summary>
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void Darwins_maize()
    {
        WilcoxonResult test = WilcoxonTest.Run(Maize, new double[15]);
        Assert.Equal((96.0, 15), (test.RankSum, test.NonZero));
        Assert.Equal(36 / Math.Sqrt(310), test.Z, 13);
        Assert.Equal(0.04089, test.PValue, 0.00001);
    }

    [Fact]
    public void Is_near_the_exact_distribution()
    {
        // All 2^15 assignments of signs to the ranks 1 to 15: W- is at most 24 in 676, and as many on the other side.
        int extreme = Enumerable.Range(0, 1 << 15).Count(signs => Enumerable.Range(0, 15).Sum(i => (signs >> i & 1) * (i + 1)) <= 24);
        double exact = 2.0 * extreme / (1 << 15);
        Assert.Equal(exact, WilcoxonTest.Run(Maize, new double[15]).PValue, 0.001);
    }

    [Fact]
    public void Zeros_are_dropped_and_equal_magnitudes_share_ranks()
    {
        // Magnitudes 1 1 1 2 3 3: ranks 2 2 2 4 5.5 5.5; positive are two of the ones, the two and one of the threes.
        WilcoxonResult test = WilcoxonTest.Run([1, 0, 1, -1, 2, 0, 3, -3], new double[8]);
        Assert.Equal((13.5, 6), (test.RankSum, test.NonZero));
        double variance = (6 * 7 * 13 / 24.0) - (24 / 48.0) - (6 / 48.0);
        Assert.Equal((13.5 - 10.5) / Math.Sqrt(variance), test.Z, 13);
    }

    [Fact]
    public void Rows_that_do_not_differ_have_p_1() => Assert.Equal(new WilcoxonResult(0, 0, 1, 0), WilcoxonTest.Run([1, 2], [1, 2]));

    [Fact]
    public void Swapping_the_rows_turns_the_sign()
    {
        double[] other = [.. Maize.Select((_, i) => (double)i)];
        WilcoxonResult one = WilcoxonTest.Run(Maize, other);
        WilcoxonResult two = WilcoxonTest.Run(other, Maize);
        Assert.Equal(one.Z, -two.Z, 12);
        Assert.Equal(one.PValue, two.PValue, 12);
    }

    [Fact]
    public void Student_on_the_same_maize()
    {
        // Fisher (1935), The Design of Experiments: t = 2.148 with 14 degrees of freedom, p about .0497.
        (double t, double p) = PairedTTest.Run(Maize, new double[15]);
        Assert.Equal(2.148, t, 0.0005);
        Assert.Equal(0.0497, p, 0.0001);
        Assert.Equal((0.0, 1.0), PairedTTest.Run([1, 2], [1, 2]));
    }
}
