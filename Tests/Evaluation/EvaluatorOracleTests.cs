using Evaluation;
using Evaluation.Metrics;

namespace Tests.Evaluation;

/// <summary>The evaluator against <see cref="NaiveEvaluator"/>.</summary>
public class EvaluatorOracleTests
{
    private static readonly EvaluationPlan Plan = new() { Protocols = ["per-turn", "per-item", "next-item"], Cutoffs = [1, 3, 7, 10], BootstrapResamples = 20 };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Means_and_standard_errors_agree_per_turn(int seed, int levels, int depth)
    {
        var sample = new Sample(seed, 60, 50, depth, levels, 5);
        EvaluationResult result = Judge.Run(sample.Holdout, sample.Rankings, Plan);
        foreach ((string metric, int k) in MetricsAndCutoffs())
        {
            double[] expected =
            [
                .. Units(sample).Select(q => NaiveEvaluator.Value(metric, NaiveEvaluator.Rank(sample.Scores[q], sample.Seen[q]), sample.Targets[q].ToHashSet(), k)),
            ];
            string name = MetricCatalog.NameAt(metric, k);
            Agree(expected, result["per-turn"][name]);
            Agree(expected, result["next-item"][name]);
            Equal(expected, result["per-turn"].ValuesOf(name));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Means_and_standard_errors_agree_per_item_and_by_band(int seed, int levels, int depth)
    {
        var sample = new Sample(seed, 60, 50, depth, levels, 5);
        EvaluationResult result = Judge.Run(sample.Holdout, sample.Rankings, Plan with { PopularityCounts = sample.Popularity });
        (int Query, int Target)[] units = [.. Units(sample).SelectMany(q => sample.Targets[q].Select(target => (q, target)))];
        foreach ((string metric, int k) in MetricsAndCutoffs())
        {
            double Value((int Query, int Target) unit) =>
                NaiveEvaluator.Value(metric, NaiveEvaluator.Rank(sample.Scores[unit.Query], sample.Seen[unit.Query]), new HashSet<int> { unit.Target }, k);
            double Unlucky((int Query, int Target) unit)
            {
                HashSet<int> target = [unit.Target];
                return NaiveEvaluator.Value(metric, NaiveEvaluator.RankAgainst(sample.Scores[unit.Query], sample.Seen[unit.Query], target), target, k);
            }

            string name = MetricCatalog.NameAt(metric, k);
            Agree([.. units.Select(Value)], result["per-item"][name]);
            Assert.Equal(units.Average(Unlucky), result["per-item"][name].Pessimistic, 12);
            foreach (BandResult band in result.Bands)
            {
                double[] expected = [.. units.Where(unit => band.Band.Contains(sample.Popularity[unit.Target])).Select(Value)];
                Assert.Equal(expected.Length, band.Units);
                BandMetric measured = band.Metrics.Single(m => m.Name == name);
                Assert.Equal(expected.Average(), measured.Mean, 12);
                Assert.Equal(NaiveEvaluator.StandardError(expected), measured.StandardError, 12);
            }
        }

        Assert.Equal(units.Length, result.Bands.Sum(band => band.Units));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ties_against_the_model_agree_per_turn(int seed, int levels, int depth)
    {
        // Lists that hold every item: no tie is cut.
        var sample = new Sample(seed, 60, 30, Math.Max(depth, 30), levels, 5);
        EvaluationResult result = Judge.Run(sample.Holdout, sample.Rankings, Plan);
        foreach ((string metric, int k) in MetricsAndCutoffs())
        {
            double expected = Units(sample).Average(q =>
                NaiveEvaluator.Value(metric, NaiveEvaluator.RankAgainst(sample.Scores[q], sample.Seen[q], sample.Targets[q].ToHashSet()), sample.Targets[q].ToHashSet(), k));
            Assert.Equal(expected, result["per-turn"][MetricCatalog.NameAt(metric, k)].Pessimistic, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ties_that_a_list_cuts_are_never_counted_for_the_model(int seed, int levels, int depth)
    {
        var sample = new Sample(seed, 60, 50, depth, levels, 5);
        EvaluationResult result = Judge.Run(sample.Holdout, sample.Rankings, Plan);
        foreach ((string metric, int k) in MetricsAndCutoffs())
        {
            Estimate estimate = result["per-turn"][MetricCatalog.NameAt(metric, k)];
            double expected = Units(sample).Average(q =>
                NaiveEvaluator.Value(metric, NaiveEvaluator.RankAgainst(sample.Scores[q], sample.Seen[q], sample.Targets[q].ToHashSet()), sample.Targets[q].ToHashSet(), k));
            Assert.True(estimate.Pessimistic <= expected + 1e-12);
            Assert.True(estimate.Pessimistic <= estimate.Mean + 1e-12);
            if (levels > 1000)
                Assert.Equal(estimate.Mean, estimate.Pessimistic, 12);
        }
    }

    /// <summary>Levels of score: one for all, few, and so many that nearly none tie.</summary>
    public static TheoryData<int, int, int> Samples => new()
    {
        { 1, 1, 10 },
        { 2, 3, 10 },
        { 3, 12, 10 },
        { 4, 12, 25 },
        { 5, 1_000_000_000, 10 },
        { 6, 4, 60 },
    };

    private static IEnumerable<int> Units(Sample sample) => Enumerable.Range(0, sample.Targets.Length).Where(q => sample.Targets[q].Length > 0);

    private static IEnumerable<(string Metric, int K)> MetricsAndCutoffs() => MetricCatalog.Names.SelectMany(metric => Plan.Cutoffs.Select(k => (metric, k)));

    private static void Agree(double[] expected, Estimate estimate)
    {
        Assert.Equal(expected.Length, estimate.N);
        Assert.Equal(expected.Average(), estimate.Mean, 12);
        Assert.Equal(NaiveEvaluator.StandardError(expected), estimate.StandardError, 12);
        Assert.InRange(estimate.Mean, estimate.Low - 0.2, estimate.High + 0.2);
    }

    private static void Equal(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 12);
    }
}
