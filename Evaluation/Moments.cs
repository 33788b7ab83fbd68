namespace Evaluation;

/// <summary>Mean and standard error of values that come in classes: C values, each counted so many times, summed in the order of classes.</summary>
internal static class Moments
{
    public static double Mean(double[] values, IReadOnlyList<int> counts)
    {
        (double sum, long n) = (0, 0);
        for (int c = 0; c < values.Length; c++)
        {
            sum += counts[c] * values[c];
            n += counts[c];
        }

        return sum / n;
    }

    /// <summary>sd with n - 1 over sqrt(n); NaN for n = 1.</summary>
    public static double StandardError(double[] values, IReadOnlyList<int> counts, double mean)
    {
        (double sum, double n) = (0, 0);
        for (int c = 0; c < values.Length; c++)
        {
            sum += counts[c] * (values[c] - mean) * (values[c] - mean);
            n += counts[c];
        }

        return Math.Sqrt(sum / (n - 1) / n);
    }
}
