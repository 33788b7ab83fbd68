namespace Evaluation.Significance;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, cheap to start, so that every resample has a generator of its own.</summary>
internal struct SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>The generator of one resample: results do not depend on which thread makes it.</summary>
    public static SplitMix64 For(ulong seed, int resample) => new(Mix(seed ^ Mix((ulong)resample + 0x9E3779B97F4A7C15)));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
