namespace Workbench.Stages;

/// <summary>What a language model named, matched to items.</summary>
/// <param name="Items">a list per query, best first; repetitions only where the publisher's own matches are used</param>
/// <param name="Notes">match rates and what took no part</param>
public sealed record LlmLists(IReadOnlyList<int[]> Items, IReadOnlyList<string> Notes)
{
    /// <summary>The reply of each query; null where there is none.</summary>
    public IReadOnlyList<string?> Texts { get; init; } = [];

    /// <summary>The matched items of each query, by their rows in the whole dataset, whether in the catalogue or not.</summary>
    public IReadOnlyList<int[]> Matched { get; init; } = [];
}
