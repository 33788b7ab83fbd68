namespace Evaluation;

/// <summary>
/// How alike two rankings are, their beginnings most: rank-biased overlap, extrapolated to what both do not show
/// (Webber, Moffat and Zobel 2010, equation 32).
/// </summary>
/// <remarks>
/// Legend: s and l lengths of the shorter and the longer list, X_d items that both have in their first d places, p persistence.
/// RBO = (1 - p) / p (sum over d = 1 .. l of X_d / d p^d + sum over d = s + 1 .. l of X_s (d - s) / (s d) p^d)
///     + ((X_l - X_s) / l + X_s / s) p^l.
/// </remarks>
public static class RankBiasedOverlap
{
    /// <param name="one">distinct items, best first</param>
    /// <param name="other">distinct items, best first</param>
    /// <param name="persistence">p in (0, 1): how far down one looks; with 0.9 the first ten places have 86 % of the weight</param>
    /// <returns>1 for lists of which one begins the other, 0 for those that share nothing, or where just one is empty; 1 for two empty ones</returns>
    public static double Extrapolated(ReadOnlySpan<int> one, ReadOnlySpan<int> other, double persistence)
    {
        if (persistence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(persistence), "It is between 0 and 1.");
        ReadOnlySpan<int> shorter = one.Length <= other.Length ? one : other, longer = one.Length <= other.Length ? other : one;
        if (shorter.IsEmpty)
            return longer.IsEmpty ? 1 : 0;

        var seen = new HashSet<int>();
        (int s, int overlap, int overlapOfShorter) = (shorter.Length, 0, 0);
        (double sum, double weight) = (0, 1);
        for (int d = 1; d <= longer.Length; d++)
        {
            weight *= persistence;
            overlap += seen.Add(longer[d - 1]) ? 0 : 1;
            if (d <= s)
                overlap += seen.Add(shorter[d - 1]) ? 0 : 1;
            if (d == s)
                overlapOfShorter = overlap;
            sum += overlap / (double)d * weight;
            if (d > s)
                sum += overlapOfShorter * (d - s) / ((double)s * d) * weight;
        }

        // Rounding aside it is never more.
        return Math.Min(1, ((1 - persistence) / persistence * sum) + ((((overlap - overlapOfShorter) / (double)longer.Length) + (overlapOfShorter / (double)s)) * weight));
    }
}
