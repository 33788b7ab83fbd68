using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

public class BootstrapTests
{
    [Fact]
    public void Of_hits_and_misses_is_binomial()
    {
        // 20 hits of 50: the resampled hits are binomial(50, .4), whose quantiles at .025 and .975 are 13 and 27.
        double[] values = [.. Enumerable.Range(0, 50).Select(i => i < 20 ? 1.0 : 0)];
        Interval interval = Bootstrap.Of(values, seed: 1, resamples: 20_000);
        Assert.Equal((13 / 50.0, 27 / 50.0), (interval.Low, interval.High));
    }

    [Fact]
    public void Of_many_values_is_nearly_normal()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 2001).Select(_ => random.NextDouble() * random.NextDouble())];
        double error = NaiveEvaluator.StandardError(values);
        Interval interval = Bootstrap.Of(values, seed: 9, resamples: 4000);
        Assert.Equal(values.Average() - (1.96 * error), interval.Low, 0.15 * error);
        Assert.Equal(values.Average() + (1.96 * error), interval.High, 0.15 * error);
        Interval narrow = Bootstrap.Of(values, seed: 9, resamples: 4000, confidence: 0.5);
        Assert.Equal(values.Average() - (0.6745 * error), narrow.Low, 0.1 * error);
    }

    [Fact]
    public void Covers_the_truth_as_often_as_it_says()
    {
        int covered = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            var random = new Random(trial);
            double[] values = [.. Enumerable.Range(0, 101).Select(_ => random.NextDouble() < 0.3 ? random.NextDouble() : 0)];
            Interval interval = Bootstrap.Of(values, seed: (ulong)trial, resamples: 300);
            covered += interval.Low <= 0.15 && 0.15 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered, 270, 297);
    }

    [Fact]
    public void Is_a_function_of_the_seed()
    {
        double[] values = [.. Enumerable.Range(0, 77).Select(i => i % 7.0)];
        Assert.Equal(Bootstrap.Of(values, seed: 4), Bootstrap.Of(values, seed: 4));
        Assert.NotEqual(Bootstrap.Of(values, seed: 4), Bootstrap.Of(values, seed: 5));
    }

    [Fact]
    public void Of_equal_values_is_a_point()
    {
        Interval interval = Bootstrap.Of([0.5, 0.5, 0.5], seed: 0);
        Assert.Equal((0.5, 0.5), (interval.Low, interval.High));
    }
}
