using Trainers;
using Trainers.FactoredSimilarity;

namespace Tests.Gradients;

/// <summary>FISM's shared-sum gradient against the definition, term by term.</summary>
public sealed class FismGradientTests
{
    private const int Items = 11;
    private const int Dimension = 3;

    private static readonly int[] Positives = [1, 4, 5, 8, 10];

    public static TheoryData<FismVariant, double, bool> Cases
    {
        get
        {
            var data = new TheoryData<FismVariant, double, bool>();
            foreach (FismVariant variant in Enum.GetValues<FismVariant>())
            {
                data.Add(variant, 0.5, false);
                data.Add(variant, 0.37, true);
            }

            return data;
        }
    }

    /// <summary>The loss of one user by its definition; parameters are P, Q, b, or the one table and b.</summary>
    private static double Loss(FismVariant variant, double alpha, bool tied, int[] negatives, double[] parameters)
    {
        int q = tied ? 0 : Items * Dimension, b = q + Items * Dimension;
        double Score(int i)
        {
            int[] summed = [.. Positives.Where(j => j != i)];
            double dot = summed.Sum(j => Enumerable.Range(0, Dimension).Sum(k => parameters[j * Dimension + k] * parameters[q + i * Dimension + k]));
            return parameters[b + i] + Math.Pow(Math.Max(1, summed.Length), -alpha) * dot;
        }

        double[] x = [.. Positives.Select(Score)], z = [.. negatives.Select(Score)];
        int each = negatives.Length / Positives.Length;
        double bias = (x.Length - x.Sum() - z.Sum()) / (x.Length + z.Length);
        return variant switch
        {
            FismVariant.Auc => Enumerable.Range(0, x.Length).Sum(i => Enumerable.Range(i * each, each).Sum(j => Math.Pow(1 - (x[i] - z[j]), 2) / 2 / each)),
            FismVariant.Rmse => x.Sum(score => Math.Pow(bias + score - 1, 2) / 2) + z.Sum(score => Math.Pow(bias + score, 2) / 2),
            _ => x.Sum(score => -Math.Log(Math.Exp(score) / (Math.Exp(score) + z.Sum(Math.Exp)))),
        };
    }

    private static (double Loss, double[] Gradient) Twin(FismVariant variant, double alpha, bool tied, int[] negatives, double[] parameters)
    {
        var gradient = new double[parameters.Length];
        int table = Items * Dimension, q = tied ? 0 : table;
        double loss = new FismScalar<double>(variant, alpha, Dimension).Add(
            parameters.AsSpan(0, table), parameters.AsSpan(q, table), parameters.AsSpan(q + table), Positives, negatives,
            gradient.AsSpan(0, table), gradient.AsSpan(q, table), gradient.AsSpan(q + table));
        return (loss, gradient);
    }

    private static (double[] Parameters, int[] Negatives) Point(bool tied)
    {
        var random = new Random(7);
        double[] parameters = [.. Enumerable.Range(0, (tied ? 1 : 2) * Items * Dimension + Items).Select(_ => 2 * random.NextDouble() - 1)];
        int[] others = [.. Enumerable.Range(0, Items).Except(Positives)];
        return (parameters, [.. Enumerable.Range(0, 2 * Positives.Length).Select(_ => others[random.Next(others.Length)])]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_scalar_twin_has_the_gradient_of_the_definition(FismVariant variant, double alpha, bool tied)
    {
        (double[] parameters, int[] negatives) = Point(tied);
        double Defined(double[] at) => Loss(variant, alpha, tied, negatives, at);
        (double loss, double[] gradient) = Twin(variant, alpha, tied, negatives, parameters);
        Assert.Equal(Defined(parameters), loss, 1e-12 * loss);
        Assert.InRange(GradientCheck.RelativeError(Defined, parameters, gradient, seed: 3), 0, 1e-7);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_wrong_gradient_is_rejected(FismVariant variant, double alpha, bool tied)
    {
        (double[] parameters, int[] negatives) = Point(tied);
        double Defined(double[] at) => Loss(variant, alpha, tied, negatives, at);
        double[] gradient = Twin(variant, alpha, tied, negatives, parameters).Gradient;
        for (int wrong = 0; wrong < 3; wrong++)
        {
            double[] changed = [.. gradient];
            int place = Array.FindIndex(changed, wrong * changed.Length / 3, g => Math.Abs(g) > 1e-3);
            changed[place] *= 1.001;
            Assert.True(GradientCheck.RelativeError(Defined, parameters, changed, seed: 3) > 1e-6);
        }

        Assert.Equal(double.PositiveInfinity, GradientCheck.RelativeError(Defined, parameters, [.. gradient.Select(_ => double.NaN)], seed: 3));
    }
}
