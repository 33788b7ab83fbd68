namespace Evaluation.Significance;

/// <summary>What Wilcoxon's test says.</summary>
/// <param name="RankSum">W+, the sum of the ranks of the positive differences</param>
/// <param name="Z">W+ less its mean, over its standard deviation; 0 if nothing differs</param>
/// <param name="PValue">two-sided, from the normal distribution; 1 if nothing differs</param>
/// <param name="NonZero">n, the pairs that differ</param>
public readonly record struct WilcoxonResult(double RankSum, double Z, double PValue, int NonZero);

/// <summary>Wilcoxon's signed-rank test (1945) with the normal approximation.</summary>
/// <remarks>
/// Pairs that do not differ are dropped before ranking (Wilcoxon's rule, not Pratt's). Equal magnitudes share the mean of their ranks, and the
/// variance n (n + 1) (2 n + 1) / 24 is less by the sum of (t^3 - t) / 48 over groups of t. No continuity correction. Good from about ten differing pairs.
/// </remarks>
public static class WilcoxonTest
{
    /// <summary>Compares two rows on the same N units. Given <paramref name="clusters"/>, N numbers, a pair is a cluster and differs by the sum over its units.</summary>
    public static WilcoxonResult Run(ReadOnlySpan<double> row, ReadOnlySpan<double> baseline, ReadOnlySpan<int> clusters = default)
    {
        double[] sorted = [.. Differences.NonZero(Differences.SumBy(clusters, Differences.Of(row, baseline))).OrderBy(Math.Abs)];
        double n = sorted.Length;
        if (sorted.Length == 0)
            return new WilcoxonResult(0, 0, 1, 0);

        double variance = n * (n + 1) * ((2 * n) + 1) / 24;
        double sum = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            int positive = 0;
            for (end = start; end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[start]); end++)
                positive += sorted[end] > 0 ? 1 : 0;
            double ties = end - start;
            sum += positive * (start + 1 + end) / 2.0;
            variance -= ((ties * ties * ties) - ties) / 48;
        }

        double z = (sum - (n * (n + 1) / 4)) / Math.Sqrt(variance);
        return new WilcoxonResult(sum, z, NormalTail.TwoSided(z), sorted.Length);
    }
}
