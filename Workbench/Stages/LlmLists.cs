namespace Workbench.Stages;

/// <summary>What a language model named, matched to items.</summary>
/// <param name="Items">a list per query, best first; repetitions only where the publisher's own matches are used</param>
/// <param name="Notes">match rates and what took no part</param>
public sealed record LlmLists(IReadOnlyList<int[]> Items, IReadOnlyList<string> Notes);
