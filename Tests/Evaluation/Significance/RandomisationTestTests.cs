using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

public class RandomisationTestTests
{
    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1, 1 })]
    [InlineData(new[] { 1.0, 1, 1, -1, 0, 0, 1 })]
    [InlineData(new[] { 0.5, 0.63, -0.13, 0.5, -0.5, 0.13, 1, 0.39 })]
    [InlineData(new[] { 3.0, 1, -2, 4, 0, 2, -1, 5, 1, 1 })]
    [InlineData(new[] { 2.0, -2 })]
    public void Agrees_with_all_assignments_of_signs(double[] differences)
    {
        const int flips = 100_000;
        double exact = Exact(differences);
        PairedTest test = RandomisationTest.Run(differences, new double[differences.Length], seed: 1, flips);
        Assert.InRange(test.PValue, exact - (4 * Math.Sqrt(exact * (1 - exact) / flips)) - 1e-9, exact + (4 * Math.Sqrt(exact * (1 - exact) / flips)) + 2e-5);
        Assert.Equal(differences.Average(), test.Difference, 14);
        Assert.Equal(differences.Count(difference => difference != 0), test.NonZero);
        Assert.Equal(differences.Length, test.N);
    }

    [Fact]
    public void Clusters_are_flipped_whole()
    {
        double[] differences = [1, 1, 1, 1, 1, 1, 1, 1, -1, 0.5];
        int[] clusters = [4, 4, 4, 9, 9, 9, 2, 2, 2, 7];
        double exact = Exact([3, 3, 1, 0.5]);
        PairedTest test = RandomisationTest.Run(differences, new double[10], seed: 3, 100_000, clusters);
        Assert.InRange(test.PValue, exact - 0.007, exact + 0.007);
        Assert.Equal((10, 4), (test.N, test.NonZero));
        Assert.Equal(0.75, test.Difference, 14);
        Assert.True(RandomisationTest.Run(differences, new double[10], seed: 3, 100_000).PValue < exact);
    }

    [Fact]
    public void Rows_that_do_not_differ_have_p_1()
    {
        double[] values = [0.1, 0.2, 0.3];
        Assert.Equal(new PairedTest(0, 1, 3, 0), RandomisationTest.Run(values, values, seed: 0));
    }

    [Fact]
    public void P_is_never_0_and_its_least_value_is_known()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 200)];
        Assert.Equal(1 / 10_001.0, RandomisationTest.Run(ones, new double[200], seed: 8).PValue);
    }

    [Fact]
    public void Sign_and_order_of_the_rows_do_not_matter_and_the_seed_decides()
    {
        var random = new Random(4);
        double[] a = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())];
        double[] b = [.. a.Select(value => value + (0.3 * (random.NextDouble() - 0.48)))];
        double p = RandomisationTest.Run(a, b, seed: 1).PValue;
        Assert.Equal(p, RandomisationTest.Run(b, a, seed: 1).PValue);
        Assert.Equal(p, RandomisationTest.Run(a, b, seed: 1).PValue);
        Assert.NotEqual(p, RandomisationTest.Run(a, b, seed: 2).PValue);
        Assert.Equal(PairedTTest.Run(a, b).PValue, p, 0.03);
    }

    [Fact]
    public void Where_nothing_is_to_be_found_it_finds_something_as_often_as_it_says()
    {
        int found = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            var random = new Random(trial);
            double[] a = [.. Enumerable.Range(0, 60).Select(_ => (double)random.Next(2))];
            double[] b = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];
            found += RandomisationTest.Run(a, b, seed: (ulong)trial, flips: 500).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(found, 6, 38);
    }

    [Fact]
    public void Values_that_are_not_paired_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RandomisationTest.Run([1], [1, 2], seed: 0));
        Assert.Throws<ArgumentException>(() => RandomisationTest.Run([], [], seed: 0));
        Assert.Throws<ArgumentException>(() => RandomisationTest.Run([1], [1], seed: 0, clusters: [1, 2]));
    }

    private static double Exact(double[] differences)
    {
        double observed = Math.Abs(differences.Sum());
        int extreme = 0;
        for (int signs = 0; signs < 1 << differences.Length; signs++)
        {
            double sum = differences.Select((difference, i) => (signs >> i & 1) == 0 ? difference : -difference).Sum();
            extreme += Math.Abs(sum) >= observed - 1e-9 ? 1 : 0;
        }

        return extreme / (double)(1 << differences.Length);
    }
}
