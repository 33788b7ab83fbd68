using Workbench.Search;

namespace Tests.Workbench.Search;

/// <summary>Spaces of every kind of domain, with conditions and without.</summary>
internal static class SampleSpaces
{
    public static SearchSpace Conditional { get; } = new(
    [
        new SearchParameter("rate", new NumberDomain(0.01, 0.3, Log: true), [new SearchCondition("algorithm", ["bpr"])]),
        new SearchParameter("algorithm", new ChoiceDomain(["ials", "bpr", "libmf"])),
        new SearchParameter("weight", new NumberDomain(-1, 1, Log: false), [new SearchCondition("algorithm", ["ials", "libmf"])]),
        new SearchParameter("exponent", new NumberDomain(0, 1, Log: false), [new SearchCondition("depth", [2L, 3]), new SearchCondition("algorithm", ["bpr"])]),
        new SearchParameter("depth", new IntDomain(1, 3, Log: false)),
        new SearchParameter("dimension", new IntDomain(8, 256, Log: true)),
    ]);

    /// <summary>4 with a, and 3 without: 7 assignments.</summary>
    public static SearchSpace Finite { get; } = new(
    [
        new SearchParameter("a", new IntDomain(1, 4, Log: false), [new SearchCondition("b", [true])]),
        new SearchParameter("b", new ChoiceDomain([true, false, null, "x, b=true"])),
    ]);

    /// <summary>12 assignments of which 7 can be run.</summary>
    public static SearchSpace Restricted { get; } = new(
        [new SearchParameter("heads", new ChoiceDomain([1, 2, 4])), new SearchParameter("dimension", new IntDomain(4, 7, Log: false))],
        assignment => assignment.TryGet("heads", out object? heads) && assignment.TryGet("dimension", out object? dimension) && (long)dimension! % (int)heads! == 0);

    public static SearchSpace Cube(int dimensions) =>
        new([.. Enumerable.Range(0, dimensions).Select(i => new SearchParameter($"x{i}", new NumberDomain(0, 1, Log: false)))]);
}
