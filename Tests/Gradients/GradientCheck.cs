namespace Tests.Gradients;

/// <summary>Holds a hand-derived gradient against differences of the loss itself, in double.</summary>
internal static class GradientCheck
{
    /// <summary>The greatest relative error of directional derivatives along random directions.</summary>
    /// <param name="loss">of n parameters</param>
    /// <param name="at">n parameters</param>
    /// <param name="gradient">n, claimed at that point</param>
    /// <param name="seed">of the directions</param>
    /// <param name="directions">how many</param>
    public static double RelativeError(Func<double[], double> loss, double[] at, double[] gradient, int seed, int directions = 3)
    {
        var random = new Random(seed);
        double worst = 0;
        for (int trial = 0; trial < directions; trial++)
        {
            double[] direction = [.. at.Select(_ => 2 * random.NextDouble() - 1)];
            const double h = 1e-3; // Error of the five-point rule: h^4, and 1e-16 / h by rounding.
            double Along(double step) => loss([.. at.Zip(direction, (x, v) => x + step * v)]);
            double difference = (8 * (Along(h) - Along(-h)) - (Along(2 * h) - Along(-2 * h))) / (12 * h);
            double claimed = gradient.Zip(direction, (g, v) => g * v).Sum();
            double error = Math.Abs(claimed - difference) / Math.Max(Math.Abs(difference), 1e-8);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }
}
