using System.Numerics;

namespace Evaluation.Significance;

/// <summary>
/// Paired randomisation test (Fisher; for retrieval Smucker, Allan and Carterette 2007): if row and baseline were alike, each unit's
/// difference could as well have the other sign.
/// </summary>
/// <remarks>
/// <para>Two-sided. With m random sign assignments of which b give a sum at least as far from 0 as the observed one, p = (b + 1) / (m + 1)
/// (Phipson and Smyth 2010), which is never 0. Sums are compared with a slack of 1e-12 of the sum of all magnitudes, so that equal sums are equal.</para>
/// <para>Units of one conversation are not independent. Given clusters, the differences of a cluster are flipped together.</para>
/// <para>Zero differences change no sum and are dropped. Units with differences of equal magnitude are flipped together, as a count of
/// heads: 64 flips cost one random number.</para>
/// </remarks>
public static class RandomisationTest
{
    /// <summary>Compares two rows on the same N units.</summary>
    /// <param name="row">N values</param>
    /// <param name="baseline">N values</param>
    /// <param name="seed">of the flips</param>
    /// <param name="flips">m, the number of random sign assignments</param>
    /// <param name="clusters">N numbers of clusters, or none</param>
    public static PairedTest Run(ReadOnlySpan<double> row, ReadOnlySpan<double> baseline, ulong seed, int flips = 10_000, ReadOnlySpan<int> clusters = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(flips, 1);
        double[] differences = Differences.Of(row, baseline);
        double[] flipped = Differences.NonZero(Differences.SumBy(clusters, differences));
        (double[] magnitudes, int[] counts, double observed) = Group(flipped);
        double slack = 1e-12 * flipped.Sum(Math.Abs);
        int extreme = 0;
        Parallel.For(
            0,
            flips,
            () => 0,
            (flip, _, found) => found + (Math.Abs(SumOf(magnitudes, counts, SplitMix64.For(seed, flip))) >= Math.Abs(observed) - slack ? 1 : 0),
            found => Interlocked.Add(ref extreme, found));
        return new PairedTest(differences.Average(), (extreme + 1.0) / (flips + 1.0), differences.Length, flipped.Length);
    }

    private static double SumOf(double[] magnitudes, int[] counts, SplitMix64 random)
    {
        var coins = new Coins(random);
        double sum = 0;
        for (int g = 0; g < magnitudes.Length; g++)
            sum += magnitudes[g] * ((2 * coins.Heads(counts[g])) - counts[g]);
        return sum;
    }

    private static (double[] Magnitudes, int[] Counts, double Sum) Group(double[] differences)
    {
        double[] sorted = [.. differences.OrderBy(Math.Abs)];
        (List<double> magnitudes, List<int> counts, double sum) = ([], [], 0);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            int net = 0;
            for (end = start; end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[start]); end++)
                net += Math.Sign(sorted[end]);
            magnitudes.Add(Math.Abs(sorted[start]));
            counts.Add(end - start);
            sum += magnitudes[^1] * net;
        }

        return ([.. magnitudes], [.. counts], sum);
    }

    /// <summary>Fair coins, 64 from each random number.</summary>
    private struct Coins(SplitMix64 random)
    {
        private SplitMix64 _random = random;
        private ulong _bits;
        private int _left;

        /// <summary>How many of so many coins show heads.</summary>
        public int Heads(int coins)
        {
            int heads = 0;
            while (coins > 0)
            {
                if (_left == 0)
                    (_bits, _left) = (_random.Next(), 64);
                int take = Math.Min(coins, _left);
                ulong mask = ulong.MaxValue >> (64 - take);
                heads += BitOperations.PopCount(_bits & mask);
                _bits = take == 64 ? 0 : _bits >> take;
                _left -= take;
                coins -= take;
            }

            return heads;
        }
    }
}
