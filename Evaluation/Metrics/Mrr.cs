namespace Evaluation.Metrics;

/// <summary>The reciprocal rank of the first target; 0 beyond k.</summary>
public sealed class Mrr : IMetric
{
    public string Name => "mrr";

    public string Doc => "1 / rank of the first target, 0 if it is beyond k.";

    public double Value(ReadOnlySpan<int> ranks, int k) => ranks[0] <= k ? 1.0 / ranks[0] : 0;
}
