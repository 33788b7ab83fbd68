namespace Workbench.Search.Samplers;

/// <summary>What a trial has come to.</summary>
/// <param name="Assignment">its options</param>
/// <param name="Values">of the objective, greater is better, at each rung that it was evaluated at; null where it failed, and then it is the last</param>
public sealed record Observation(Assignment Assignment, IReadOnlyList<double?> Values)
{
    public bool HasFailed => Values[^1] is null;
}

/// <summary>Proposes what to try next: a pure function of its arguments and of the seed that it was made with.</summary>
public interface ISampler
{
    /// <summary>The next assignment, other than all those that have been proposed; null if there is none left.</summary>
    /// <param name="number">0-based, of the trial</param>
    /// <param name="observed">trials whose result is known</param>
    /// <param name="pending">trials whose result is not known yet</param>
    Assignment? Propose(int number, IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending);
}

/// <summary>Which sampler.</summary>
public enum SamplerKind
{
    /// <summary>A model of good and bad assignments (tree-structured Parzen estimator).</summary>
    Tpe,

    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>A scrambled Sobol sequence: spread evenly.</summary>
    Sobol,

    /// <summary>Every combination.</summary>
    Grid,
}

/// <summary>Samplers by name.</summary>
public static class SamplerCatalog
{
    /// <param name="kind">which</param>
    /// <param name="space">what is searched</param>
    /// <param name="seed">of all its draws</param>
    /// <param name="gridPoints">values of a number in a grid</param>
    public static ISampler Create(SamplerKind kind, SearchSpace space, ulong seed, int gridPoints) => kind switch
    {
        SamplerKind.Grid => new GridSampler(space, seed, gridPoints),
        SamplerKind.Random => new RandomSampler(space, seed),
        SamplerKind.Sobol => new SobolSampler(space, seed),
        SamplerKind.Tpe => new TreeParzenSampler(space, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such sampler."),
    };
}
