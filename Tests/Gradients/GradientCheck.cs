namespace Tests.Gradients;

/// <summary>A gradient proved in double: its product with a random direction is the derivative of the loss along that direction.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    /// <summary>The relative difference between the gradient along a direction and the difference quotient of eighth order.</summary>
    /// <param name="loss">of all parameters; must not keep the array</param>
    /// <param name="at">the point</param>
    /// <param name="gradient">claimed there</param>
    /// <param name="random">gives the direction</param>
    public static double Error(Func<double[], double> loss, double[] at, double[] gradient, Random random)
    {
        double[] direction = [.. at.Select(_ => random.NextDouble() - 0.5)];
        double length = Math.Sqrt(direction.Sum(x => x * x));
        direction = [.. direction.Select(x => x / length)];
        double claimed = gradient.Zip(direction, (g, x) => g * x).Sum(), quotient = 0;
        double[] weights = [4 / 5.0, -1 / 5.0, 4 / 105.0, -1 / 280.0];
        for (int k = 1; k <= weights.Length; k++)
            quotient += weights[k - 1] * (loss(Move(k)) - loss(Move(-k))) / Step;
        double size = Math.Sqrt(gradient.Sum(g => g * g) / gradient.Length);
        return Math.Abs(claimed - quotient) / Math.Max(size, Math.Abs(quotient));

        double[] Move(int steps) => [.. at.Zip(direction, (x, d) => x + steps * Step * d)];
    }

    /// <summary>The greatest error along several directions; what is not a number is infinitely wrong.</summary>
    public static double RelativeError(Func<double[], double> loss, double[] at, double[] gradient, int seed, int directions = 3)
    {
        var random = new Random(seed);
        double worst = 0;
        for (int i = 0; i < directions; i++)
        {
            double error = Error(loss, at, gradient, random);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }

    /// <summary>Right along several directions.</summary>
    public static void Proves(Func<double[], double> loss, double[] at, double[] gradient, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 5; i++)
        {
            double error = Error(loss, at, gradient, random);
            Assert.True(error <= 1e-7, $"relative error {error:0.0e0}");
        }
    }
}
