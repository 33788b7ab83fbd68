namespace Evaluation.Significance;

/// <summary>What a paired test says.</summary>
/// <param name="Difference">mean of row minus baseline over all units</param>
/// <param name="PValue">two-sided</param>
/// <param name="N">pairs</param>
/// <param name="NonZero">pairs (or clusters of pairs) that differ: those the test rests on</param>
public readonly record struct PairedTest(double Difference, double PValue, int N, int NonZero);
