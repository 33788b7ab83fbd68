using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>
/// Tree-structured Parzen estimator: observed trials are divided into the best share and the rest; of candidates drawn from the density of the best, the one
/// is proposed at which that density is greatest in proportion to the density of the rest.
/// </summary>
/// <remarks>
/// Bergstra, Bardenet, Bengio, Kegl: Algorithms for Hyper-Parameter Optimization, NIPS 2011, with densities over all parameters together, and with successive
/// halving those of the greatest rung that enough trials have reached, as in Falkner, Klein, Hutter: BOHB, ICML 2018. Deviations: the first trials are a
/// scrambled Sobol sequence, and none is random later on. Failed trials are among the rest; so are pending ones, as liars of the worst value, so that parallel proposals keep
/// away from each other.
/// </remarks>
public sealed class TreeParzenSampler(SearchSpace space, ulong seed, TreeParzenSettings? settings = null) : ISampler
{
    private readonly TreeParzenSettings _settings = settings ?? new TreeParzenSettings();
    private readonly SobolSampler _startup = new(space, seed);
    private readonly Unseen _unseen = new(space);

    public Assignment? Propose(int number, IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending)
    {
        Assignment[] ranked = Ranked(observed);
        if (number < _settings.Startup || ranked.Length < 2)
            return _startup.Propose(number, observed, pending);

        int best = Math.Clamp((int)Math.Ceiling(_settings.BestShare * ranked.Length), 1, Math.Min(ranked.Length - 1, _settings.MostBest));
        var upper = new ParzenMixture(space, ranked[..best]);
        var lower = new ParzenMixture(space, [.. ranked[best..], .. observed.Where(one => one.HasFailed).Select(one => one.Assignment), .. pending]);

        SplitMix64 random = SplitMix64.ForStream(seed, (ulong)number);
        HashSet<Assignment> taken = Unseen.Taken(observed, pending);
        (Assignment? proposal, double greatest) = (null, double.NegativeInfinity);
        for (int i = 0; i < _settings.Candidates; i++)
        {
            Assignment candidate = upper.Draw(random);
            double[] places = space.PlacesOf(candidate);
            double gain = upper.LogDensity(places) - lower.LogDensity(places);
            if (gain > greatest && !taken.Contains(candidate) && space.Accepts(candidate))
                (proposal, greatest) = (candidate, gain);
        }

        return proposal ?? _unseen.Draw(taken, random, _ => RandomSampler.Draw(space, random));
    }

    /// <summary>The trials that did not fail at the greatest rung that D + 3 of them have reached, or at the first, the best first; ties keep the order of the trials.</summary>
    private Assignment[] Ranked(IReadOnlyList<Observation> observed)
    {
        Observation[] Reached(int rung) => [.. observed.Where(one => one.Values.Count > rung && one.Values[rung] is not null)];

        (int rung, Observation[] ranked) = (0, Reached(0));
        while (Reached(rung + 1) is var next && next.Length >= space.Parameters.Count + 3)
            (rung, ranked) = (rung + 1, next);
        return [.. ranked.Where(one => !one.HasFailed).OrderByDescending(one => one.Values[rung]!.Value).Select(one => one.Assignment)];
    }
}

/// <summary>How a <see cref="TreeParzenSampler"/> weighs what it has seen.</summary>
/// <param name="Startup">trials before the model is asked</param>
/// <param name="BestShare">gamma: of the observed trials</param>
/// <param name="MostBest">at most so many of them</param>
/// <param name="Candidates">drawn for each proposal</param>
public sealed record TreeParzenSettings(int Startup = 10, double BestShare = 0.15, int MostBest = 25, int Candidates = 64);
