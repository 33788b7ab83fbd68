using System.Numerics.Tensors;

namespace Workbench.Reranking.Fusion.Fitting;

/// <summary>A smooth function and its gradient.</summary>
internal delegate double Objective(double[] at, Span<double> gradient);

/// <summary>Limited-memory BFGS with backtracking (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and 3.1), for convex functions.</summary>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;

    /// <summary>Where the gradient is small beside the value, or the steps are spent.</summary>
    /// <param name="start">not changed</param>
    /// <param name="tolerance">of the greatest part of the gradient, times the number of terms in the function</param>
    internal static double[] Minimise(Objective objective, double[] start, int steps, double tolerance)
    {
        int n = start.Length;
        var x = (double[])start.Clone();
        var gradient = new double[n];
        double value = objective(x, gradient);
        var (changes, slopes) = (new List<double[]>(), new List<double[]>());
        for (int step = 0; step < steps && Greatest(gradient) > tolerance; step++)
        {
            double[] direction = Direction(gradient, changes, slopes);
            double slope = TensorPrimitives.Dot<double>(direction, gradient);
            if (slope >= 0)
            {
                (changes, slopes) = ([], []);
                direction = [.. gradient.Select(part => -part)];
                slope = -TensorPrimitives.Dot<double>(gradient, gradient);
            }

            double length = changes.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            var next = new double[n];
            var nextGradient = new double[n];
            double nextValue;
            for (int halvings = 0; ; halvings++, length /= 2)
            {
                TensorPrimitives.MultiplyAdd(direction, length, x, next);
                nextValue = objective(next, nextGradient);
                if (nextValue <= value + (SufficientDecrease * length * slope))
                    break;
                if (halvings == 40)
                    return x;
            }

            var change = new double[n];
            var bend = new double[n];
            TensorPrimitives.Subtract(next, x, change);
            TensorPrimitives.Subtract(nextGradient, gradient, bend);
            if (TensorPrimitives.Dot<double>(change, bend) > 1e-12)
            {
                changes.Add(change);
                slopes.Add(bend);
                if (changes.Count > Memory)
                {
                    changes.RemoveAt(0);
                    slopes.RemoveAt(0);
                }
            }

            (x, gradient, value) = (next, nextGradient, nextValue);
        }

        return x;
    }

    // The two loops: minus the approximate inverse Hessian times the gradient.
    private static double[] Direction(double[] gradient, List<double[]> changes, List<double[]> slopes)
    {
        var q = (double[])gradient.Clone();
        var alphas = new double[changes.Count];
        for (int i = changes.Count - 1; i >= 0; i--)
        {
            alphas[i] = TensorPrimitives.Dot<double>(changes[i], q) / TensorPrimitives.Dot<double>(changes[i], slopes[i]);
            TensorPrimitives.MultiplyAdd(slopes[i], -alphas[i], q, q);
        }

        if (changes.Count > 0)
            TensorPrimitives.Multiply(q, TensorPrimitives.Dot<double>(changes[^1], slopes[^1]) / TensorPrimitives.Dot<double>(slopes[^1], slopes[^1]), q);
        for (int i = 0; i < changes.Count; i++)
        {
            double beta = TensorPrimitives.Dot<double>(slopes[i], q) / TensorPrimitives.Dot<double>(changes[i], slopes[i]);
            TensorPrimitives.MultiplyAdd(changes[i], alphas[i] - beta, q, q);
        }

        TensorPrimitives.Negate(q, q);
        return q;
    }

    private static double Greatest(double[] gradient) => Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient));
}
