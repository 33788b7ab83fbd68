namespace Evaluation.Significance;

/// <summary>Binomial numbers by inversion of a table, for one (n, p) and many draws.</summary>
/// <remarks>
/// Weights go outwards from the mode by their ratio, P(k + 1) / P(k) = (n - k) p / ((k + 1) (1 - p)), until they are below 1e-20 of
/// the mode's: about 20 standard deviations of places.
/// </remarks>
internal sealed class Binomial
{
    private const double Least = 1e-20;

    private readonly int _first;
    private readonly double[] _cumulative;

    public Binomial(int n, double p)
    {
        if (p is 0 or 1)
        {
            (_first, _cumulative) = (p == 0 ? 0 : n, [1]);
            return;
        }

        int mode = Math.Min(n, (int)((n + 1.0) * p));
        double odds = p / (1 - p);
        var below = new List<double>();
        double weight = 1;
        for (int k = mode; k > 0 && weight > Least; k--)
            below.Add(weight *= k / ((n - k + 1.0) * odds));
        below.Reverse();
        var above = new List<double> { 1 };
        weight = 1;
        for (int k = mode; k < n && weight > Least; k++)
            above.Add(weight *= (n - k) * odds / (k + 1.0));

        _first = mode - below.Count;
        _cumulative = [.. below, .. above];
        for (int i = 1; i < _cumulative.Length; i++)
            _cumulative[i] += _cumulative[i - 1];
    }

    /// <param name="bits">64 random bits, of which 53 are used</param>
    public int Draw(ulong bits)
    {
        double at = (bits >> 11) * (1.0 / (1UL << 53)) * _cumulative[^1];
        int index = Array.BinarySearch(_cumulative, at);
        return _first + Math.Min(index < 0 ? ~index : index + 1, _cumulative.Length - 1);
    }
}
