namespace Evaluation.Significance;

/// <summary>
/// Percentile intervals of means (Efron 1979): the units are drawn again with replacement, and the interval holds the middle
/// part of the means of those resamples.
/// </summary>
/// <remarks>
/// <para>Legend: N units, C classes of units with equal values, M metrics, B resamples.</para>
/// <para>One resample serves all metrics: it is drawn as counts of classes, and a mean is the sum of count x value over the classes.
/// What is drawn depends on (seed, N) alone, so the interval of a metric does not change with the company it is in,
/// and rows judged on the same units are resampled alike. Draws are multiply-shift of 32 random bits; its bias is at most N / 2^32.</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>The interval of the mean of some values.</summary>
    /// <param name="values">N values, at least one</param>
    /// <param name="seed">of the draws</param>
    /// <param name="resamples">B</param>
    /// <param name="confidence">the share of resamples within the interval</param>
    public static Interval Of(ReadOnlySpan<double> values, ulong seed, int resamples = 1000, double confidence = 0.95)
    {
        var numbers = new Dictionary<double, int>();
        var classOf = new int[values.Length];
        for (int n = 0; n < classOf.Length; n++)
        {
            if (!numbers.TryGetValue(values[n], out classOf[n]))
                numbers.Add(values[n], classOf[n] = numbers.Count);
        }

        return OfClasses(classOf, numbers.Count, [[.. numbers.Keys]], seed, resamples, confidence, Environment.ProcessorCount, CancellationToken.None)[0];
    }

    /// <summary>The M intervals of the means of M metrics over the same units: N <paramref name="classOf"/>, M x C <paramref name="values"/>. NaN if there are no resamples.</summary>
    internal static Interval[] OfClasses(
        int[] classOf, int classes, double[][] values, ulong seed, int resamples, double confidence, int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(classOf.Length, nameof(classOf));
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1.");

        double[][] means = [.. values.Select(_ => new double[resamples])];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(
            0,
            resamples,
            options,
            () => new int[classes * Lanes],
            (b, _, counts) =>
            {
                Draw(classOf, classes, counts, SplitMix64.For(seed, b));
                for (int m = 0; m < values.Length; m++)
                {
                    double sum = 0;
                    for (int c = 0; c < classes; c++)
                        sum += counts[c] * values[m][c];
                    means[m][b] = sum / classOf.Length;
                }

                return counts;
            },
            _ => { });

        return [.. means.Select(mean => Middle(mean, confidence))];
    }

    private const int Lanes = 2;

    /// <summary>Draws N units; the first C counts are the classes'. Two histograms, as one would wait on itself where a class is frequent.</summary>
    private static void Draw(int[] classOf, int classes, int[] counts, SplitMix64 random)
    {
        Array.Clear(counts);
        Span<int> even = counts.AsSpan(0, classes);
        Span<int> odd = counts.AsSpan(classes, classes);
        ulong n = (ulong)classOf.Length;
        for (int i = 0; i < classOf.Length / 2; i++)
        {
            ulong bits = random.Next();
            even[classOf[(int)(((bits & uint.MaxValue) * n) >> 32)]]++;
            odd[classOf[(int)(((bits >> 32) * n) >> 32)]]++;
        }

        if (classOf.Length % 2 == 1)
            even[classOf[(int)(((random.Next() >> 32) * n) >> 32)]]++;
        for (int c = 0; c < classes; c++)
            even[c] += odd[c];
    }

    private static Interval Middle(double[] means, double confidence)
    {
        if (means.Length == 0)
            return new Interval(double.NaN, double.NaN);
        Array.Sort(means);
        return new Interval(Quantile(means, (1 - confidence) / 2), Quantile(means, (1 + confidence) / 2));
    }

    /// <summary>Linear between order statistics: the quantile p is at the 0-based position p (B - 1).</summary>
    private static double Quantile(double[] ascending, double p)
    {
        double position = p * (ascending.Length - 1);
        int below = Math.Min((int)position, ascending.Length - 1);
        int above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((position - below) * (ascending[above] - ascending[below]));
    }
}
