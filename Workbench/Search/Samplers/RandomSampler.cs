using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>Independent draws, evenly over the places of each domain (Bergstra and Bengio, JMLR 2012).</summary>
public sealed class RandomSampler(SearchSpace space, ulong seed) : ISampler
{
    private readonly Unseen _unseen = new(space);

    public Assignment? Propose(int number, IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending)
    {
        SplitMix64 random = SplitMix64.ForStream(seed, (ulong)number);
        return _unseen.Draw(Unseen.Taken(observed, pending), random, _ => Draw(space, random));
    }

    internal static Assignment Draw(SearchSpace space, SplitMix64 random)
    {
        var places = new double[space.Parameters.Count];
        for (int i = 0; i < places.Length; i++)
            places[i] = random.NextDouble();
        return space.At(places);
    }
}
