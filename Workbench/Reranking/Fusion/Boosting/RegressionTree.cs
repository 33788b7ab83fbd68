namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>A binary tree over features: left where the value is at most the threshold.</summary>
/// <param name="Features">by node the feature, or -1 for a leaf</param>
/// <param name="Thresholds">by node</param>
/// <param name="Left">by node its left child; the right one follows it</param>
/// <param name="Values">by node what a leaf says</param>
internal sealed record RegressionTree(int[] Features, float[] Thresholds, int[] Left, float[] Values)
{
    internal float Of(ReadOnlySpan<float> row)
    {
        int node = 0;
        while (Features[node] >= 0)
            node = Left[node] + (row[Features[node]] <= Thresholds[node] ? 0 : 1);
        return Values[node];
    }
}
