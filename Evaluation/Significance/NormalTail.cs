namespace Evaluation.Significance;

/// <summary>Tails of the normal distribution, which .NET lacks, to about 1e-13 relative.</summary>
public static class NormalTail
{
    /// <summary>P(|Z| >= |z|) = erfc(|z| / sqrt 2).</summary>
    public static double TwoSided(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        return x < 2 ? 1 - Series(x) : Fraction(x);
    }

    /// <summary>erf(x) = 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!! (Abramowitz and Stegun 7.1.6).</summary>
    private static double Series(double x)
    {
        (double term, double sum) = (x, x);
        for (int n = 1; term > 1e-17 * sum; n++)
            sum += term *= 2 * x * x / ((2 * n) + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc(x) = exp(-x^2) / sqrt(pi) / (x + 1/2 / (x + 1 / (x + 3/2 / (x + ...)))) (7.1.14), from the far end.</summary>
    private static double Fraction(double x)
    {
        double tail = x;
        for (int n = 200; n > 0; n--)
            tail = x + (n / 2.0 / tail);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
