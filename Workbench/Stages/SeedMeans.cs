using Evaluation;
using Evaluation.Significance;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>One row of several seeds: each unit's value is its mean over the seeds.</summary>
internal static class SeedMeans
{
    internal static RowOutcome Of(
        RowPlan row, IReadOnlyList<EvaluationResult> results, IReadOnlyList<EvaluationResult> repeated,
        EvaluationPlan plan, double seconds, RowTrial first)
    {
        var metrics = new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>();
        var units = new Dictionary<(string, string), double[]>();
        foreach (ProtocolResult protocol in results[0].Protocols)
            Add(protocol.Protocol, [.. results.Select(result => result[protocol.Protocol])], plan, metrics, units);
        if (repeated.Count > 0)
            Add(ReportedMetrics.Repeated, [.. repeated.Select(result => result.Protocols[0])], plan, metrics, units);

        var leaderboardRow = new LeaderboardRow(row.Label, row.Kind, row.Options, seconds, LeaderboardRow.Ok, null, metrics)
        {
            LearnedFrom = first.Facts.LearnedFrom,
            Fallbacks = first.Facts.Fallbacks,
            Learning = first.Facts.Learning,
            EmptyLists = results[0].EmptyLists,
            Lists = results[0].Lists,
            Bands = results[0].Bands,
        };
        var queries = results[0].Protocols.ToDictionary(protocol => protocol.Protocol, protocol => protocol.Units.Queries);
        if (repeated.Count > 0)
            queries[ReportedMetrics.Repeated] = repeated[0].Protocols[0].Units.Queries;
        return new RowOutcome(row, leaderboardRow, units, queries, first.Lists);
    }

    private static void Add(
        string protocol, ProtocolResult[] seeds, EvaluationPlan plan,
        Dictionary<string, IReadOnlyDictionary<string, RowMetric>> metrics, Dictionary<(string, string), double[]> units)
    {
        var byName = new Dictionary<string, RowMetric>();
        foreach (MetricResult metric in seeds[0].Metrics)
        {
            double[] values = UnitMeans([.. seeds.Select(seed => seed.ValuesOf(metric.Name))]);
            units[(protocol, metric.Name)] = values;
            byName[metric.Name] = Metric([.. seeds.Select(seed => seed[metric.Name])], values, plan);
        }

        metrics[protocol] = byName;
    }

    private static double[] UnitMeans(double[][] seeds)
    {
        if (seeds.Length == 1)
            return seeds[0];
        var means = new double[seeds[0].Length];
        for (int n = 0; n < means.Length; n++)
        {
            double sum = 0;
            foreach (double[] seed in seeds)
                sum += seed[n];
            means[n] = sum / seeds.Length;
        }

        return means;
    }

    private static RowMetric Metric(Estimate[] seeds, double[] values, EvaluationPlan plan)
    {
        Estimate first = seeds[0];
        if (seeds.Length == 1)
            return new RowMetric(first.Mean, first.StandardError, first.N, first.Low, first.High, first.Pessimistic, null);

        double mean = seeds.Average(seed => seed.Mean);
        double deviation = Math.Sqrt(seeds.Sum(seed => (seed.Mean - mean) * (seed.Mean - mean)) / (seeds.Length - 1));
        double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1) / values.Length);
        Interval interval = Bootstrap.Of(values, plan.Seed, plan.BootstrapResamples, plan.Confidence);
        return new RowMetric(mean, error, first.N, interval.Low, interval.High, seeds.Average(seed => seed.Pessimistic), deviation);
    }
}
