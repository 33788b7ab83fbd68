using Evaluation.Protocols;
using Evaluation.Significance;

namespace Evaluation;

/// <summary>Judges the lists of one row.</summary>
public static class Evaluator
{
    /// <summary>Deterministic in its arguments, whatever the number of threads. Safe to call for several rows at a time.</summary>
    /// <exception cref="EvaluationException">The lists or the plan cannot be judged; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationResult Evaluate(Holdout holdout, Rankings rankings, EvaluationPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check(holdout, rankings);
        RankingsCheck.Run(holdout, rankings);

        MetricAt[] metrics = MetricAt.Of(plan);
        TargetRanks ranks = TargetRanks.Find(holdout, rankings);
        ProtocolResult[] protocols = [.. plan.Protocols.Select(name => Judge(ProtocolCatalog.Get(name), holdout, ranks, metrics, plan, cancellation))];
        BandResult[] bands = plan.PopularityCounts is { } counts ? JudgeBands(holdout, ranks, metrics, plan, counts) : [];
        ListMeasures[] lists = [.. plan.Cutoffs.Select(k => ListMeasures.Of(rankings, k, plan.PopularityCounts))];
        (int empty, int shorter) = CountShort(holdout, rankings, plan.Cutoffs.Max());
        return new EvaluationResult(holdout, empty, shorter, protocols, bands, lists);
    }

    private static ProtocolResult Judge(
        IProtocol protocol, Holdout holdout, TargetRanks ranks, MetricAt[] metrics, EvaluationPlan plan, CancellationToken cancellation)
    {
        int greatest = plan.Cutoffs.Max();
        Units units = protocol.UnitsOf(holdout, ranks);
        var classes = new UnitClasses(units.Offsets, units.Ranks, greatest);
        var unlucky = new UnitClasses(units.Offsets, units.Pessimistic, greatest);

        double[][] values = [.. metrics.Select(at => classes.Values(at.Metric, at.K))];
        Interval[] intervals = Bootstrap.OfClasses(classes.OfFound, units.Count, values, plan.Seed, plan.BootstrapResamples, plan.Confidence, plan.Threads, cancellation);
        var results = new MetricResult[metrics.Length];
        var byName = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (int m = 0; m < metrics.Length; m++)
        {
            MetricAt at = metrics[m];
            double mean = Moments.Mean(values[m], classes.Counts);
            double error = Moments.StandardError(values[m], classes.Counts, mean);
            double pessimistic = Moments.Mean(unlucky.Values(at.Metric, at.K), unlucky.Counts);
            results[m] = new MetricResult(at.Name, new Estimate(mean, error, units.Count, intervals[m].Low, intervals[m].High, pessimistic));
            byName.Add(at.Name, values[m]);
        }

        return new ProtocolResult(protocol.Name, units, classes, byName, results);
    }

    private static BandResult[] JudgeBands(Holdout holdout, TargetRanks ranks, MetricAt[] metrics, EvaluationPlan plan, int[] popularity)
    {
        Units units = ProtocolCatalog.PerItem.UnitsOf(holdout, ranks);
        var classes = new UnitClasses(units.Offsets, units.Ranks, plan.Cutoffs.Max());
        double[][] values = [.. metrics.Select(at => classes.Values(at.Metric, at.K))];
        var results = new BandResult[plan.Bands.Count];
        for (int b = 0; b < results.Length; b++)
        {
            PopularityBand band = plan.Bands[b];
            var counts = new int[classes.Count];
            for (int n = 0; n < units.Count; n++)
            {
                if (band.Contains(popularity[units.Targets![n]]))
                    counts[classes.Of[n]]++;
            }

            int size = counts.Sum();
            results[b] = new BandResult(band, size, size == 0 ? [] : [.. metrics.Select((at, m) => Measure(at, values[m], counts))]);
        }

        return results;
    }

    private static BandMetric Measure(MetricAt at, double[] values, int[] counts)
    {
        double mean = Moments.Mean(values, counts);
        return new BandMetric(at.Name, mean, Moments.StandardError(values, counts, mean));
    }

    private static (int Empty, int Short) CountShort(Holdout holdout, Rankings rankings, int cutoff)
    {
        (int empty, int shorter) = (0, 0);
        for (int q = 0; q < holdout.QueryCount; q++)
        {
            if (holdout.Targets[q].Length == 0)
                continue;
            int length = rankings.LengthOf(q);
            empty += length == 0 ? 1 : 0;
            shorter += length < cutoff ? 1 : 0;
        }

        return (empty, shorter);
    }
}
