using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>Which ratings count. Minimum rating first, then items, then users.</summary>
public sealed record FilterOptions
{
    [Option("items with fewer ratings are left out", Min = 0)]
    public int MinItemRatings { get; init; }

    [Option("users with fewer ratings are left out", Min = 0)]
    public int MinUserRatings { get; init; }

    [Option("repeat both until nothing is left out (the k-core)")]
    public bool Iterate { get; init; }

    [Option("ratings below are no interactions; 0 keeps all", Min = 0, Max = 100)]
    public double MinRating { get; init; }
}
