using Data.Synthetic;
using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>Where the data is: generated, a linked folder, or sources that are linked on the fly.</summary>
public sealed record DatasetOptions
{
    [Option("generate a dataset"), Key(Group = "synthetic")]
    public SyntheticOptions? Synthetic { get; init; }

    [Option("the folder of a linked dataset"), Key(Group = "path", IsPath = true)]
    public string? Path { get; init; }

    [Option("folders or zip files of ratings, to be linked on the fly"), Key(Group = "sources", IsPath = true, MinCount = 1)]
    public IReadOnlyList<string> Ratings { get; init; } = [];

    [Option("a links.csv that gives MovieLens ids their IMDb ids, if the ratings have none"), Key(Group = "sources", IsPath = true)]
    public string? ImdbLinks { get; init; }

    [Option("a folder of conversations, to be linked on the fly"), Key(Group = "sources", IsPath = true)]
    public string? Conversations { get; init; }
}
