using Trainers.Sampling;
using Workbench.Search;
using Workbench.Search.Samplers;

namespace Tests.Workbench.Search.Samplers;

/// <summary>What all samplers keep.</summary>
public sealed class SamplerTests
{
    public static TheoryData<SamplerKind> Kinds => [.. Enum.GetValues<SamplerKind>()];

    /// <summary>Proposes with a lag of three; every seventh trial fails.</summary>
    private static List<Assignment> Run(SamplerKind kind, SearchSpace space, ulong seed, int most)
    {
        ISampler sampler = SamplerCatalog.Create(kind, space, seed, 4);
        var proposed = new List<Assignment>();
        while (proposed.Count < most)
        {
            int known = Math.Max(0, proposed.Count - 3);
            Observation[] observed = [.. proposed.Take(known).Select((one, i) => new Observation(one, [i % 7 == 6 ? null : Value(one)]))];
            if (sampler.Propose(proposed.Count, observed, [.. proposed.Skip(known)]) is not { } next)
                break;
            proposed.Add(next);
        }

        return proposed;
    }

    private static double Value(Assignment one) => SplitMix64.Mix((ulong)one.Text.Length * 31 + one.Text[^1]) % 1000 / 1000.0;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Proposals_are_of_the_space_and_different(SamplerKind kind)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            List<Assignment> proposed = Run(kind, SampleSpaces.Conditional, seed, 60);
            Assert.Equal(60, proposed.Count);
            Assert.Equal(60, proposed.Distinct().Count());
            Assert.All(proposed, one => Assert.True(SampleSpaces.Conditional.Contains(one), one.Text));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_and_another_gives_others(SamplerKind kind)
    {
        Assert.Equal(Run(kind, SampleSpaces.Conditional, 5, 40), Run(kind, SampleSpaces.Conditional, 5, 40));
        Assert.NotEqual(Run(kind, SampleSpaces.Conditional, 5, 40), Run(kind, SampleSpaces.Conditional, 6, 40));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_finite_space_is_tried_whole_and_then_exhausted(SamplerKind kind)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            Assert.Equivalent(SampleSpaces.Finite.Grid(10).Select(one => one.Text).Order(), Run(kind, SampleSpaces.Finite, seed, 100).Select(one => one.Text).Order(), strict: true);
            List<Assignment> restricted = Run(kind, SampleSpaces.Restricted, seed, 100);
            Assert.Equal(7, restricted.Count);
            Assert.All(restricted, one => Assert.True(SampleSpaces.Restricted.Accepts(one)));
        }
    }

    [Fact]
    public void A_grid_too_large_is_refused_without_being_made()
    {
        SearchSpace space = SampleSpaces.Cube(30);
        Assert.False(GridSampler.IsSmall(space, 10));
        Assert.Throws<ArgumentException>(() => new GridSampler(space, 1, 10));
        Assert.True(GridSampler.IsSmall(SampleSpaces.Cube(4), 10));
    }

    [Fact]
    public void A_grid_cut_short_has_looked_everywhere()
    {
        List<Assignment> proposed = Run(SamplerKind.Grid, SampleSpaces.Cube(3), 3, 12);
        for (int d = 0; d < 3; d++)
            Assert.Equal(4, proposed.Select(one => one.Values[d].Value).Distinct().Count());
    }
}
