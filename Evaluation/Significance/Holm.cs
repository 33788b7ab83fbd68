namespace Evaluation.Significance;

/// <summary>Holm's step-down correction (1979) for several comparisons: strong control of the family-wise error, whatever their dependence.</summary>
public static class Holm
{
    /// <summary>Adjusted p-values in the order given: with p ascending, the greatest of (m - j) p_j so far, j from 0, at most 1.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
        var adjusted = new double[pValues.Count];
        double greatest = 0;
        for (int j = 0; j < order.Length; j++)
        {
            greatest = Math.Max(greatest, Math.Min(1, (order.Length - j) * pValues[order[j]]));
            adjusted[order[j]] = greatest;
        }

        return adjusted;
    }
}
