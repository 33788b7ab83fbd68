namespace Trainers.Sampling;

/// <summary>
/// Draws from a fixed discrete distribution in constant time (Walker 1977, in Vose's construction).
/// </summary>
public sealed class AliasTable
{
    private readonly float[] _threshold;
    private readonly int[] _alias;

    /// <param name="weights">not negative, at least one positive; need not sum to one</param>
    /// <exception cref="ArgumentException">No weight is positive, or one is negative or not finite.</exception>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            if (!(weight >= 0) || double.IsInfinity(weight))
                throw new ArgumentException($"{weight} is no weight.", nameof(weights));
            sum += weight;
        }

        if (!(sum > 0))
            throw new ArgumentException("No weight is positive.", nameof(weights));

        int n = weights.Length;
        (_threshold, _alias) = (new float[n], new int[n]);
        var scaled = new double[n];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (int i = 0; i < n; i++)
        {
            scaled[i] = weights[i] * n / sum;
            (scaled[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            (int low, int high) = (small.Pop(), large.Pop());
            (_threshold[low], _alias[low]) = ((float)scaled[low], high);
            scaled[high] -= 1 - scaled[low];
            (scaled[high] < 1 ? small : large).Push(high);
        }

        // What rounding left over is certain of itself; a weight of zero never is.
        foreach (int i in large)
            (_threshold[i], _alias[i]) = (1, i);
        int heaviest = Heaviest(weights);
        foreach (int i in small)
            (_threshold[i], _alias[i]) = weights[i] > 0 ? (1, i) : (0, heaviest);
    }

    /// <summary>How many outcomes there are.</summary>
    public int Count => _alias.Length;

    /// <summary>An index, with probability proportional to its weight.</summary>
    public int Draw(SplitMix64 random)
    {
        int i = random.NextInt(_alias.Length);
        return random.NextDouble() < _threshold[i] ? i : _alias[i];
    }

    private static int Heaviest(ReadOnlySpan<double> weights)
    {
        int best = 0;
        for (int i = 1; i < weights.Length; i++)
        {
            if (weights[i] > weights[best])
                best = i;
        }

        return best;
    }
}
