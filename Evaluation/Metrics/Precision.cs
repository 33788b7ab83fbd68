namespace Evaluation.Metrics;

/// <summary>The share of the first k places that targets take. Divided by k, also where the list is shorter (as trec_eval does).</summary>
public sealed class Precision : IMetric
{
    public string Name => "precision";

    public string Doc => "Targets among the first k, divided by k.";

    public double Value(ReadOnlySpan<int> ranks, int k)
    {
        int found = 0;
        while (found < ranks.Length && ranks[found] <= k)
            found++;
        return found / (double)k;
    }
}
