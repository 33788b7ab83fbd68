using Evaluation.Metrics;

namespace Evaluation;

/// <summary>A metric at a cut-off.</summary>
internal readonly record struct MetricAt(IMetric Metric, int K)
{
    public string Name => MetricCatalog.NameAt(Metric.Name, K);

    /// <summary>By metric, then cut-off.</summary>
    public static MetricAt[] Of(EvaluationPlan plan) =>
        [.. plan.Metrics.Select(MetricCatalog.Get).SelectMany(metric => plan.Cutoffs.Select(k => new MetricAt(metric, k)))];
}
