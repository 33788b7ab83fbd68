namespace Trainers.LeastSquares;

/// <summary>How strongly a row with n positives is held to zero: lambda (n + a0 C)^nu.</summary>
/// <remarks>Rendle, Krichene, Zhang, Koren: Revisiting the Performance of iALS on Item Recommendation Benchmarks, 2021, section 3.2.</remarks>
/// <param name="Regularization">lambda</param>
/// <param name="Exponent">nu: 1 scales with the number of observations, 0 holds all rows alike</param>
/// <param name="UnobservedWeight">a0</param>
public sealed record Ridge(double Regularization, double Exponent, double UnobservedWeight)
{
    /// <param name="positives">n</param>
    /// <param name="columns">C: how many columns have a positive</param>
    public double Of(int positives, int columns) => Regularization * Math.Pow(positives + UnobservedWeight * columns, Exponent);
}
