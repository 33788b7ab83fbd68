using System.Runtime.InteropServices;

namespace Evaluation.Significance;

/// <summary>Row minus baseline, unit by unit or summed by cluster.</summary>
internal static class Differences
{
    /// <summary>Sums of differences below this share of the greatest are rounding.</summary>
    private const double Rounding = 1e-12;

    public static double[] Of(ReadOnlySpan<double> row, ReadOnlySpan<double> baseline)
    {
        if (row.Length != baseline.Length)
            throw new ArgumentException($"{row.Length} and {baseline.Length} values are not paired.", nameof(baseline));
        if (row.Length == 0)
            throw new ArgumentException("There is no pair to compare.", nameof(row));
        var differences = new double[row.Length];
        for (int n = 0; n < differences.Length; n++)
            differences[n] = row[n] - baseline[n];
        return differences;
    }

    /// <summary>One sum per cluster, in order of appearance; the differences themselves if there are no clusters.</summary>
    public static double[] SumBy(ReadOnlySpan<int> clusters, double[] differences)
    {
        if (clusters.IsEmpty)
            return differences;
        if (clusters.Length != differences.Length)
            throw new ArgumentException($"{clusters.Length} clusters are not those of {differences.Length} pairs.", nameof(clusters));
        var places = new Dictionary<int, int>();
        var sums = new List<double>();
        for (int n = 0; n < differences.Length; n++)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, clusters[n], out bool known);
            if (!known)
            {
                place = sums.Count;
                sums.Add(0);
            }

            sums[place] += differences[n];
        }

        return [.. sums];
    }

    /// <summary>Those that are not zero.</summary>
    public static double[] NonZero(double[] differences)
    {
        double greatest = differences.Max(Math.Abs);
        return Array.FindAll(differences, difference => Math.Abs(difference) > Rounding * greatest);
    }
}
