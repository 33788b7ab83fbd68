namespace Evaluation;

/// <summary>A mean over units, and how far to trust it.</summary>
/// <param name="Mean">over N units</param>
/// <param name="StandardError">sd with N - 1 over sqrt(N); NaN for a single unit</param>
/// <param name="N">units</param>
/// <param name="Low">lower bound of the bootstrap interval; NaN without resamples</param>
/// <param name="High">upper bound; NaN without resamples</param>
/// <param name="Pessimistic">the mean with ties counted against the model</param>
public readonly record struct Estimate(double Mean, double StandardError, int N, double Low, double High, double Pessimistic);
