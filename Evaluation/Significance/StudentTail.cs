namespace Evaluation.Significance;

/// <summary>Tails of Student's t distribution by its integral over the angle, which is smooth: Simpson's rule, about 1e-10 absolute.</summary>
public static class StudentTail
{
    /// <summary>P(|T| >= |t|) with v degrees of freedom.</summary>
    /// <remarks>With t = sqrt(v) tan(a), the density of a on (-pi/2, pi/2) is proportional to cos(a)^(v - 1).</remarks>
    public static double TwoSided(double t, int v)
    {
        double at = Math.Atan2(Math.Abs(t), Math.Sqrt(v));
        // The mass sits within a few 1/sqrt(v) of 0; beyond 40 of them there is nothing left to integrate.
        double end = Math.Min(Math.PI / 2, 40 / Math.Sqrt(v));
        return at >= end ? 0 : Integral(at, end, v) / Integral(0, end, v);
    }

    private static double Integral(double from, double to, int v)
    {
        const int steps = 20_000;
        double width = (to - from) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++)
        {
            double weight = i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Pow(Math.Max(0, Math.Cos(from + (i * width))), v - 1);
        }

        return sum * width / 3;
    }
}
