using Data;
using Data.Synthetic;

namespace Benchmarks;

/// <summary>Generated ratings of MovieLens-1M's size: 1 M of 6,040 users and 3,706 items.</summary>
internal static class SyntheticMovieLens
{
    internal static LinkedDataset Dataset { get; } = SyntheticDataset.Generate(
        new SyntheticOptions { Users = 6_040, Items = 3_706, Ratings = 1_000_000, Conversations = 0, UnratedShare = 0, UnmentionedShare = 0 });
}
