namespace Evaluation.Metrics;

/// <summary>1 if any target is among the first k.</summary>
public sealed class Hit : IMetric
{
    public string Name => "hit";

    public string Doc => "1 if any target is among the first k, else 0.";

    public double Value(ReadOnlySpan<int> ranks, int k) => ranks[0] <= k ? 1 : 0;
}
