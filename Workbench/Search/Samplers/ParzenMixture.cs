using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>
/// A density over assignments: one kernel per observed point and one that is even everywhere. A kernel is a product over the parameters, so that a
/// good point keeps its values together (multivariate).
/// </summary>
/// <remarks>
/// Legend: D parameters, P points, x a candidate. Along a number a Gaussian in the place, cut off at 0 and 1, of the width 0.2 P^(-1/(D+4)) (Scott's rule),
/// but no less than half a whole number or 1 / (P + 1) up to 1/100; along a choice of K values the point's own with 1 - L, any with L / K.
/// A parameter that the point does not have is even: then the density is one of whole assignments, whatever is active in them.
/// </remarks>
internal sealed class ParzenMixture
{
    private const double WidthOfOne = 0.2;

    private readonly SearchSpace _space;
    private readonly double[][] _points; // P x D places, NaN where inactive
    private readonly double[] _widths; // D
    private readonly double[][] _heights; // P x D, of a number's kernel at its point
    private readonly double _anyChoice; // L

    internal ParzenMixture(SearchSpace space, IEnumerable<Assignment> points)
    {
        _space = space;
        _points = [.. points.Select(space.PlacesOf)];
        double scott = WidthOfOne * Math.Pow(Math.Max(1, _points.Length), -1.0 / (space.Parameters.Count + 4));
        double least = 1.0 / Math.Min(100, _points.Length + 1);
        _widths = [.. space.Parameters.Select(parameter => Math.Max(scott, Math.Max(least * WidthOfOne, parameter.Domain is IntDomain { Count: { } count } ? 0.5 / count : 0)))];
        _anyChoice = Math.Max(0.1, 1.0 / (_points.Length + 1));
        _heights = [.. _points.Select(point => point.Select((place, d) => Height(place, _widths[d])).ToArray())];
    }

    /// <summary>ln of the density at a candidate.</summary>
    /// <param name="places">D, NaN where inactive</param>
    internal double LogDensity(double[] places)
    {
        double sum = 1; // the even kernel
        for (int p = 0; p < _points.Length; p++)
        {
            double[] point = _points[p];
            (double product, double squares) = (1, 0);
            for (int d = 0; d < places.Length; d++)
            {
                if (double.IsNaN(places[d]) || double.IsNaN(point[d]))
                    continue;
                if (_space.Parameters[d].Domain is ChoiceDomain choice)
                {
                    bool same = choice.IndexAt(point[d]) == choice.IndexAt(places[d]);
                    product *= (same ? (1 - _anyChoice) * choice.Values.Count : 0) + _anyChoice;
                    continue;
                }

                double z = (places[d] - point[d]) / _widths[d];
                (product, squares) = (product * _heights[p][d], squares + z * z);
            }

            sum += product * Math.Exp(-0.5 * squares);
        }

        return Math.Log(sum / (_points.Length + 1));
    }

    /// <summary>Draws a kernel, and an assignment from it.</summary>
    internal Assignment Draw(SplitMix64 random)
    {
        int kernel = random.NextInt(_points.Length + 1);
        return _space.Build(d => _space.Parameters[d].Domain.At(
            kernel < _points.Length && !double.IsNaN(_points[kernel][d]) ? Near(d, _points[kernel][d], random) : random.NextDouble()));
    }

    /// <summary>Of a Gaussian that is cut off at 0 and 1.</summary>
    private static double Height(double point, double width) =>
        1 / (width * Math.Sqrt(2 * Math.PI) * (Cumulative((1 - point) / width) - Cumulative(-point / width)));

    private double Near(int parameter, double point, SplitMix64 random)
    {
        if (_space.Parameters[parameter].Domain is ChoiceDomain)
            return random.NextDouble() < _anyChoice ? random.NextDouble() : point;
        while (true)
        {
            double place = point + _widths[parameter] * random.NextGaussian();
            if (place is >= 0 and <= 1)
                return place;
        }
    }

    /// <summary>The standard normal distribution function, to 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    private static double Cumulative(double x)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(x));
        double tail = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
