namespace Evaluation.Significance;

/// <summary>
/// Percentile intervals of means (Efron 1979): the units are drawn again with replacement, and the interval holds the middle
/// part of the means of those resamples.
/// </summary>
/// <remarks>
/// <para>Legend: N units, of which F are not certain to be worth 0; C classes of units with equal values, M metrics, B resamples.</para>
/// <para>How many of the N draws fall on the F units is binomial; only those draws are made, and one resample serves all metrics: it is
/// a count per class, and a mean is the sum of count x value / N. What is drawn depends on (seed, N, F) and not on the metrics, so an interval
/// does not change with the company that a metric is in. Draws are multiply-shift of 32 random bits; its bias is at most F / 2^32.</para>
/// </remarks>
public static class Bootstrap
{
    private const int Lanes = 2;

    /// <summary>The interval of the mean of some values.</summary>
    /// <param name="values">N values, at least one</param>
    /// <param name="seed">of the draws</param>
    /// <param name="resamples">B</param>
    /// <param name="confidence">the share of resamples within the interval</param>
    public static Interval Of(ReadOnlySpan<double> values, ulong seed, int resamples = 1000, double confidence = 0.95)
    {
        var numbers = new Dictionary<double, int>();
        var classOf = new List<int>();
        foreach (double value in values)
        {
            if (value == 0)
                continue;
            if (!numbers.TryGetValue(value, out int number))
                numbers.Add(value, number = numbers.Count);
            classOf.Add(number);
        }

        return OfClasses([.. classOf], values.Length, [[.. numbers.Keys]], seed, resamples, confidence, Environment.ProcessorCount, CancellationToken.None)[0];
    }

    /// <summary>
    /// The M intervals of the means of M metrics over the same N <paramref name="units"/>. NaN if there are no resamples.
    /// <paramref name="classOf"/> are the classes of the F units; the others are worth 0. <paramref name="values"/> are M x C.
    /// </summary>
    internal static Interval[] OfClasses(
        int[] classOf, int units, double[][] values, ulong seed, int resamples, double confidence, int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(units);
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1.");

        int classes = values[0].Length;
        double[][] means = [.. values.Select(_ => new double[resamples])];
        var binomial = new Binomial(units, classOf.Length / (double)units);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(
            0,
            resamples,
            options,
            () => new int[classes * Lanes],
            (b, _, counts) =>
            {
                SplitMix64 random = SplitMix64.For(seed, b);
                int draws = binomial.Draw(random.Next());
                Draw(classOf, draws, classes, counts, random);
                for (int m = 0; m < values.Length; m++)
                {
                    double sum = 0;
                    for (int c = 0; c < classes; c++)
                        sum += counts[c] * values[m][c];
                    means[m][b] = sum / units;
                }

                return counts;
            },
            _ => { });

        return [.. means.Select(mean => Middle(mean, confidence))];
    }

    /// <summary>The first C counts are the classes'. Two histograms, as one would wait on itself where a class is frequent.</summary>
    private static void Draw(int[] classOf, int draws, int classes, int[] counts, SplitMix64 random)
    {
        Array.Clear(counts);
        Span<int> even = counts.AsSpan(0, classes);
        Span<int> odd = counts.AsSpan(classes, classes);
        ulong n = (ulong)classOf.Length;
        for (int i = 0; i < draws / 2; i++)
        {
            ulong bits = random.Next();
            even[classOf[(int)(((bits & uint.MaxValue) * n) >> 32)]]++;
            odd[classOf[(int)(((bits >> 32) * n) >> 32)]]++;
        }

        if (draws % 2 == 1)
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
