using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>Draws until something new and runnable comes; in small finite spaces the rest is enumerated, so that all of it is found.</summary>
internal sealed class Unseen(SearchSpace space)
{
    private const int Attempts = 200;

    private IReadOnlyList<Assignment>? _all;
    private bool _enumerated;

    /// <summary>Null if nothing is left, or, in a space without an end, if nothing new could be drawn.</summary>
    /// <param name="taken">what has been proposed already</param>
    /// <param name="random">of this proposal</param>
    /// <param name="draw">a proposal, by the number of the attempt</param>
    internal Assignment? Draw(IReadOnlySet<Assignment> taken, SplitMix64 random, Func<int, Assignment> draw)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Assignment one = draw(attempt);
            if (!taken.Contains(one) && space.Accepts(one))
                return one;
        }

        if (!_enumerated)
            (_all, _enumerated) = (space.Enumerate(), true);
        Assignment[] rest = [.. (_all ?? []).Where(one => !taken.Contains(one))];
        return rest.Length == 0 ? null : rest[random.NextInt(rest.Length)];
    }

    internal static HashSet<Assignment> Taken(IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending) =>
        [.. observed.Select(one => one.Assignment), .. pending];
}
