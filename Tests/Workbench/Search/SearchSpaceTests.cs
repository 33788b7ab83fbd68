using FsCheck;
using FsCheck.Fluent;
using Trainers.Sampling;
using Workbench.Search;

namespace Tests.Workbench.Search;

public sealed class SearchSpaceTests
{
    private static readonly SearchDomain[] Domains =
    [
        new NumberDomain(-3, 7.5, Log: false), new NumberDomain(1e-5, 0.3, Log: true), new IntDomain(-4, 9, Log: false), new IntDomain(1, 1000, Log: true),
        new ChoiceDomain(["a", "b", null, true]),
    ];

    [Fact]
    public void A_value_is_in_its_domain_and_at_its_place() => Prop.ForAll<ulong>(seed =>
    {
        foreach (SearchDomain one in Domains)
        {
            object? value = one.At(new SplitMix64(seed).NextDouble());
            Assert.True(one.Contains(value));
            Assert.Equal(value, one.At(one.PlaceOf(value)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_ends_are_reached()
    {
        foreach (SearchDomain domain in Domains)
        {
            IReadOnlyList<object?> grid = domain.Grid(5);
            Assert.Equal(domain.At(0), grid[0]);
            Assert.Equal(domain.At(1), grid[^1]);
            Assert.Equal(grid.Count, grid.Distinct().Count());
        }

        Assert.Equal([0.0, 0.25, 0.5, 0.75, 1.0], new NumberDomain(0, 1, false).Grid(5));
        Assert.Equal([0.001, 0.01, 0.1], new NumberDomain(0.001, 0.1, true).Grid(3));
        Assert.Equal([1L, 2L, 3L], new IntDomain(1, 3, false).Grid(5));
        Assert.Equal([1L, 10L, 100L], new IntDomain(1, 100, true).Grid(3));
    }

    [Fact]
    public void A_range_of_all_whole_numbers_is_one_too()
    {
        var all = new IntDomain(1, long.MaxValue, Log: true);
        Assert.Null(all.Count);
        Assert.All((double[])[0, 0.3, 1], place => Assert.True(all.Contains(all.At(place))));
        Assert.Equal(5, all.Grid(5).Count);
        Assert.Null(new SearchSpace([new SearchParameter("a", all)]).Size);
    }

    [Fact]
    public void Whole_numbers_are_equally_likely_and_by_logarithm_small_ones_more()
    {
        var even = new IntDomain(1, 4, Log: false);
        var log = new IntDomain(1, 64, Log: true);
        object[] places = [.. Enumerable.Range(0, 1000).Select(i => even.At((i + 0.5) / 1000)!)];
        Assert.All(places.GroupBy(value => value), group => Assert.Equal(250, group.Count()));
        int half = Enumerable.Range(0, 1000).Count(i => (long)log.At((i + 0.5) / 1000)! <= 6);
        Assert.InRange(half, 450, 600);
    }

    [Fact]
    public void Only_options_whose_condition_holds_are_there() => Prop.ForAll<ulong>(seed =>
    {
        var random = new SplitMix64(seed);
        Assignment one = SampleSpaces.Conditional.At([.. SampleSpaces.Conditional.Parameters.Select(_ => random.NextDouble())]);
        Assert.True(one.TryGet("algorithm", out object? algorithm));
        Assert.True(one.TryGet("depth", out object? depth));
        Assert.Equal(algorithm is "bpr", one.TryGet("rate", out _));
        Assert.Equal(algorithm is not "bpr", one.TryGet("weight", out _));
        Assert.Equal(algorithm is "bpr" && (long)depth! >= 2, one.TryGet("exponent", out _));
        Assert.True(SampleSpaces.Conditional.Contains(one));
        Assert.Equal(one, SampleSpaces.Conditional.At(SampleSpaces.Conditional.PlacesOf(one).Select(place => double.IsNaN(place) ? 0.3 : place).ToArray()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_grid_has_every_combination_once()
    {
        Assignment[] all = [.. SampleSpaces.Finite.Grid(10)];
        Assert.Equal(7, all.Length);
        Assert.Equal(7, all.Distinct().Count());
        Assert.Equal(7, SampleSpaces.Finite.Size);
        Assert.Equal(7, SampleSpaces.Restricted.Grid(10).Count());
        Assert.Null(SampleSpaces.Conditional.Size);
        // ials and libmf: 2 weights x 2 depths x 2 dimensions; bpr: 2 rates x 2 dimensions x (depth 1, or depth 3 with 2 exponents).
        Assert.Equal((2 * 2 * 2 * 2) + (2 * 2 * (1 + 2)), SampleSpaces.Conditional.Grid(2).Count());
    }

    [Fact]
    public void Texts_tell_values_apart()
    {
        var space = new SearchSpace([new SearchParameter("a", new ChoiceDomain(["none", null, "true", true, "a, b=1", 1.0])), new SearchParameter("b", new ChoiceDomain([1, "1"]))]);
        Assert.Equal(12, space.Grid(2).Select(one => one.Text).Distinct().Count());
        Assert.Equal("a=\"none\", b=1", space.Grid(2).First().Text);
    }

    [Fact]
    public void What_makes_no_space_is_refused()
    {
        var number = new NumberDomain(0, 1, false);
        Assert.Throws<ArgumentException>(() => new SearchSpace([new SearchParameter("a", number), new SearchParameter("a", number)]));
        Assert.Throws<ArgumentException>(() => new SearchSpace([new SearchParameter("a", number, [new SearchCondition("b", [1])])]));
        Assert.Throws<ArgumentException>(() => new SearchSpace([new SearchParameter("a", number, [new SearchCondition("a", [1])])]));
        Assert.Throws<ArgumentException>(() => new SearchSpace(
            [new SearchParameter("a", number, [new SearchCondition("b", [1])]), new SearchParameter("b", number, [new SearchCondition("a", [1])])]));
    }
}
