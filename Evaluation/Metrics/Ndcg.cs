namespace Evaluation.Metrics;

/// <summary>
/// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) with binary gains 1 / log2(rank + 1),
/// over the best that k places and this number of targets allow.
/// </summary>
/// <remarks>With several targets it may fall as k grows, because the ideal grows too.</remarks>
public sealed class Ndcg : IMetric
{
    public string Name => "ndcg";

    public string Doc => "Sum of 1 / log2(rank + 1) over the targets among the first k, divided by that of the first min(k, targets) places.";

    public double Value(ReadOnlySpan<int> ranks, int k)
    {
        (double gained, double ideal) = (0, 0);
        for (int i = 0; i < ranks.Length && ranks[i] <= k; i++)
            gained += Gain(ranks[i]);
        for (int rank = 1; rank <= Math.Min(k, ranks.Length); rank++)
            ideal += Gain(rank);
        return gained / ideal;
    }

    private static double Gain(int rank) => 1 / Math.Log2(rank + 1.0);
}
