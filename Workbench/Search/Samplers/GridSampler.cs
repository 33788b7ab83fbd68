using Trainers.Sampling;

namespace Workbench.Search.Samplers;

/// <summary>Every combination once, in an order drawn by the seed: a grid that is cut short by a budget has looked everywhere a little.</summary>
public sealed class GridSampler : ISampler
{
    /// <summary>More combinations are a mistake rather than a plan.</summary>
    public const int MostPoints = 10_000;

    private readonly Assignment[] _all;

    /// <exception cref="ArgumentException">The grid has more than <see cref="MostPoints"/> points.</exception>
    public GridSampler(SearchSpace space, ulong seed, int points)
    {
        if (!IsSmall(space, points))
            throw new ArgumentException($"The grid has more than {MostPoints} points.", nameof(points));
        _all = [.. space.Grid(points).Distinct()];
        SplitMix64.ForStream(seed, 0).Shuffle(_all.AsSpan());
    }

    public int Count => _all.Length;

    /// <summary>False if a grid would have more than <see cref="MostPoints"/> points, runnable or not.</summary>
    public static bool IsSmall(SearchSpace space, int points) =>
        !new SearchSpace(space.Parameters).Grid(points, MostPoints + 1).Skip(MostPoints).Any();

    public Assignment? Propose(int number, IReadOnlyList<Observation> observed, IReadOnlyList<Assignment> pending) =>
        number < _all.Length ? _all[number] : null;
}
