using Evaluation.Protocols;

namespace Evaluation;

/// <summary>One metric at one cut-off.</summary>
/// <param name="Name"><c>hit@5</c></param>
/// <param name="Estimate">over the protocol's units</param>
public sealed record MetricResult(string Name, Estimate Estimate);

/// <summary>What a row is worth under one protocol, with every unit's value.</summary>
public sealed class ProtocolResult
{
    private readonly UnitClasses _classes;
    private readonly Dictionary<string, double[]> _classValues;

    internal ProtocolResult(string protocol, Units units, UnitClasses classes, Dictionary<string, double[]> classValues, IReadOnlyList<MetricResult> metrics)
    {
        (Protocol, Units, Metrics) = (protocol, units, metrics);
        (_classes, _classValues) = (classes, classValues);
    }

    /// <summary>Name in <see cref="ProtocolCatalog"/>.</summary>
    public string Protocol { get; }

    /// <summary>N units with the ranks of their targets.</summary>
    public Units Units { get; }

    /// <summary>By metric, then cut-off.</summary>
    public IReadOnlyList<MetricResult> Metrics { get; }

    /// <param name="name"><c>hit@5</c></param>
    /// <exception cref="EvaluationException">It was not measured.</exception>
    public Estimate this[string name] => (Metrics.FirstOrDefault(metric => metric.Name == name) ?? throw Unknown(name)).Estimate;

    /// <summary>N values, one per unit, in the order of <see cref="Units"/>; made anew at each call.</summary>
    /// <param name="name"><c>hit@5</c></param>
    /// <exception cref="EvaluationException">It was not measured.</exception>
    public double[] ValuesOf(string name)
    {
        if (!_classValues.TryGetValue(name, out double[]? values))
            throw Unknown(name);
        var result = new double[Units.Count];
        for (int n = 0; n < result.Length; n++)
            result[n] = values[_classes.Of[n]];
        return result;
    }

    private EvaluationException Unknown(string name) =>
        new($"`{name}` was not measured under `{Protocol}` (measured: {string.Join(", ", Metrics.Select(metric => metric.Name))})");
}
