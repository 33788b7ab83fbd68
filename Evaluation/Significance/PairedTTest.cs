namespace Evaluation.Significance;

/// <summary>Student's paired t test, two-sided, n - 1 degrees of freedom.</summary>
public static class PairedTTest
{
    /// <summary>Compares two rows on the same N units, at least two. If all differ by the same amount p is 0, or 1 if by nothing.</summary>
    public static (double T, double PValue) Run(ReadOnlySpan<double> row, ReadOnlySpan<double> baseline)
    {
        double[] differences = Differences.Of(row, baseline);
        ArgumentOutOfRangeException.ThrowIfLessThan(differences.Length, 2, nameof(row));
        double mean = differences.Average();
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        double error = Math.Sqrt(squares / (differences.Length - 1) / differences.Length);
        if (mean == 0)
            return (0, 1);
        double t = mean / error;
        return (t, StudentTail.TwoSided(t, differences.Length - 1));
    }
}
