namespace Evaluation.Metrics;

/// <summary>
/// Average precision: the precision at each target's rank, summed and divided by min(k, targets), so that a perfect list is worth 1.
/// </summary>
/// <remarks>trec_eval's <c>map_cut</c> divides by all targets instead; the two agree where there are no more than k.</remarks>
public sealed class AveragePrecision : IMetric
{
    public string Name => "map";

    public string Doc => "Sum of the precisions at the targets' ranks up to k, divided by min(k, targets).";

    public double Value(ReadOnlySpan<int> ranks, int k)
    {
        double sum = 0;
        for (int i = 0; i < ranks.Length && ranks[i] <= k; i++)
            sum += (i + 1.0) / ranks[i];
        return sum / Math.Min(k, ranks.Length);
    }
}
