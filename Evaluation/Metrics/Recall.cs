namespace Evaluation.Metrics;

/// <summary>The share of the targets that are among the first k. Divided by all targets, also where there are more than k.</summary>
public sealed class Recall : IMetric
{
    public string Name => "recall";

    public string Doc => "Share of the targets that are among the first k.";

    public double Value(ReadOnlySpan<int> ranks, int k)
    {
        int found = 0;
        while (found < ranks.Length && ranks[found] <= k)
            found++;
        return found / (double)ranks.Length;
    }
}
