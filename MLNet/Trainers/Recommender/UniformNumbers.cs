namespace Microsoft.ML.Trainers.Recommender;

/// <summary>Numbers that look random and are the same in every run: the genuine trainer does not look at the context's seed either.</summary>
/// <remarks>Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
internal sealed class UniformNumbers
{
    private ulong _state;

    /// <summary>Uniform in [0, 1).</summary>
    public float Next() => (Bits() >> 40) * (1f / (1 << 24));

    /// <summary>0 .. count - 1 in some order.</summary>
    public int[] Order(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(Bits() % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private ulong Bits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
