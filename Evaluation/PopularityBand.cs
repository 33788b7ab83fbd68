namespace Evaluation;

/// <summary>Items whose count is at least <paramref name="Min"/> and less than <paramref name="End"/>.</summary>
public sealed record PopularityBand(string Name, int Min, int End)
{
    /// <summary>Cold below 10, warm below 100, popular from there, as in Reindex-Then-Adapt.</summary>
    public static IReadOnlyList<PopularityBand> Defaults { get; } =
        [new("cold", 0, 10), new("warm", 10, 100), new("popular", 100, int.MaxValue)];

    public bool Contains(int count) => count >= Min && (count < End || End == int.MaxValue);
}
