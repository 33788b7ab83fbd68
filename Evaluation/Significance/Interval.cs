namespace Evaluation.Significance;

/// <summary>Two bounds; NaN where nothing was resampled.</summary>
public readonly record struct Interval(double Low, double High);
