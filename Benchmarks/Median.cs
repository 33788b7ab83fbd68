namespace Benchmarks;

/// <summary>The middle of several measurements; of an even number, the greater of the two in the middle.</summary>
internal static class Median
{
    internal static double Of(IEnumerable<double> values)
    {
        double[] order = [.. values.Order()];
        return order[order.Length / 2];
    }
}
