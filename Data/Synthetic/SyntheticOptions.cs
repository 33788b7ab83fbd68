using Trainers.Options;

namespace Data.Synthetic;

/// <summary>The size and nature of a generated linked dataset.</summary>
public sealed record SyntheticOptions
{
    [Option("raters", Min = 1, Max = 2_000_000)]
    public int Users { get; init; } = 2_000;

    [Option("catalogue items", Min = 20, Max = 200_000)]
    public int Items { get; init; } = 1_500;

    [Option("ratings in all; at least 3 per user, at most a third of all pairs", Min = 3, Max = 64_000_000)]
    public int Ratings { get; init; } = 150_000;

    [Option("dialogues in all; a fifth of them is for the test, a tenth for validation", Min = 0, Max = 1_000_000)]
    public int Conversations { get; init; } = 1_500;

    [Option("planted tastes: each item belongs to one or two, each person likes a few", Min = 1, Max = 64)]
    public int Tastes { get; init; } = 16;

    [Option("how steeply popularity falls with the rank of an item", Min = 0, Max = 2)]
    public double PopularityExponent { get; init; } = 0.8;

    [Option("share of people whose main taste changes over time", Min = 0, Max = 1)]
    public double Drift { get; init; } = 0.3;

    [Option("chance that an item is followed by the one that continues it", Min = 0, Max = 1)]
    public double Follow { get; init; } = 0.15;

    [Option("of all items, those that only conversations know", Min = 0, Max = 0.5)]
    public double UnratedShare { get; init; } = 0.06;

    [Option("of all items, those that only ratings know", Min = 0, Max = 0.9)]
    public double UnmentionedShare { get; init; } = 0.3;

    [Option("how often the simulated language model prefers the more popular of several items", Min = 0, Max = 1)]
    public double LlmPopularityBias { get; init; } = 0.6;

    [Option("seed of the data; a run's own seed does not change it", Min = 0)]
    public long Seed { get; init; } = 7;
}
