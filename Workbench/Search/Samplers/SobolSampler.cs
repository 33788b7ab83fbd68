using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>A scrambled Sobol sequence over the places of the domains; what it would repeat in a finite space is drawn at random instead.</summary>
/// <remarks>Parameters beyond the sequence's dimensions have independent places.</remarks>
public sealed class SobolSampler(SearchSpace space, ulong seed) : ISampler
{
    private readonly SobolSequence _sequence = new(Math.Min(space.Parameters.Count, SobolSequence.MostDimensions), seed);
    private readonly Unseen _unseen = new(space);

    public Assignment? Propose(int number, IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending)
    {
        SplitMix64 random = SplitMix64.ForStream(seed, (ulong)number);
        return _unseen.Draw(Unseen.Taken(observed, pending), random, attempt => attempt == 0 ? Point(number, random) : RandomSampler.Draw(space, random));
    }

    private Assignment Point(int number, SplitMix64 random)
    {
        var places = new double[space.Parameters.Count];
        for (int i = 0; i < places.Length; i++)
            places[i] = i < SobolSequence.MostDimensions ? _sequence.At((uint)number, i) : random.NextDouble();
        return space.At(places);
    }
}
