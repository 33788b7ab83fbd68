using System.Globalization;

namespace Evaluation.Metrics;

/// <summary>The metrics, in the order of reports. A new one is a file and a line.</summary>
public static class MetricCatalog
{
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new Hit(),
        new Ndcg(),
        new Mrr(),
        new Recall(),
        new Precision(),
        new AveragePrecision(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(metric => metric.Name)];

    public static IMetric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    /// <exception cref="EvaluationException">There is none of that name.</exception>
    public static IMetric Get(string name) => Find(name)
        ?? throw new EvaluationException($"there is no metric `{name}` (known: {string.Join(", ", Names)})");

    /// <summary><c>hit@5</c></summary>
    public static string NameAt(string metric, int k) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{k}");
}
