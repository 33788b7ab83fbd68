namespace Evaluation;

/// <summary>What the lists are like, whatever the targets: the first k places of all queries.</summary>
/// <param name="K">the cut-off</param>
/// <param name="Lists">queries with at least one item; the others have no say in <paramref name="Novelty"/> and <paramref name="AveragePopularity"/></param>
/// <param name="Recommendations">places filled, over all lists</param>
/// <param name="Coverage">share of the catalogue that is in any list (catalogue coverage)</param>
/// <param name="Gini">
/// concentration of the recommendations over all I items, those never recommended included: 0 if all are recommended equally often,
/// (I - 1) / I if one takes all; 0 if there are no recommendations
/// </param>
/// <param name="Novelty">
/// mean over the lists of their items' mean self-information -log2 p(i), in bits (Zhou et al. 2010), with p(i) = (count + 1) / (sum of counts + I),
/// one added so that an item that was never counted is finite; null without counts or lists
/// </param>
/// <param name="AveragePopularity">ARP (Yin et al. 2012): mean over the lists of their items' mean count; null without counts or lists</param>
public sealed record ListMeasures(int K, int Lists, long Recommendations, double Coverage, double Gini, double? Novelty, double? AveragePopularity)
{
    /// <summary>Measures the first <paramref name="k"/> places of <paramref name="rankings"/> against I <paramref name="counts"/>, if given.</summary>
    public static ListMeasures Of(Rankings rankings, int k, int[]? counts)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        var times = new int[rankings.ItemCount];
        double total = counts is null ? 0 : counts.Sum(count => (double)count) + counts.Length;
        (int lists, double novelty, double popularity) = (0, 0, 0);
        for (int q = 0; q < rankings.QueryCount; q++)
        {
            Span<int> list = Items(rankings.ItemsOf(q)[..Math.Min(k, rankings.LengthOf(q))]);
            if (list.IsEmpty)
                continue;
            (double bits, double seen) = (0, 0);
            foreach (int item in list)
            {
                times[item]++;
                if (counts is not null)
                {
                    bits -= Math.Log2((counts[item] + 1) / total);
                    seen += counts[item];
                }
            }

            lists++;
            novelty += bits / list.Length;
            popularity += seen / list.Length;
        }

        long places = times.Sum(count => (long)count);
        double coverage = times.Length == 0 ? 0 : times.Count(count => count > 0) / (double)times.Length;
        bool known = counts is not null && lists > 0;
        return new ListMeasures(k, lists, places, coverage, GiniOf(times), known ? novelty / lists : null, known ? popularity / lists : null);
    }

    /// <summary>The list without places that no item takes.</summary>
    private static Span<int> Items(Span<int> list) => list.Contains(Rankings.NoItem) ? list.ToArray().Where(item => item != Rankings.NoItem).ToArray() : list;

    /// <summary>sum over j of (2 j - I - 1) x_j / (I sum of x), with x ascending and j 1-based.</summary>
    public static double GiniOf(ReadOnlySpan<int> times)
    {
        int[] ascending = times.ToArray();
        Array.Sort(ascending);
        (double weighted, double sum) = (0, 0);
        for (int j = 0; j < ascending.Length; j++)
        {
            weighted += ((2.0 * (j + 1)) - ascending.Length - 1) * ascending[j];
            sum += ascending[j];
        }

        return sum == 0 ? 0 : weighted / (ascending.Length * sum);
    }
}
