using System.CommandLine;
using Data;

namespace Workbench.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    private const string AllTurns = "all";

    internal static Option<bool> SkipBadRows() => new("--skip-bad-rows")
    {
        Description = "leave malformed rows out and count them, instead of refusing the file",
    };

    internal static Option<int> Threads() => new("--threads")
    {
        Description = "at most so many threads; results do not depend on it",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        Validators = { result => { if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1) result.AddError("--threads must be at least 1"); } },
    };

    internal static Option<int> Top() => new("--top")
    {
        Description = "how many titles",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
        Validators = { result => { if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1) result.AddError("--top must be at least 1"); } },
    };

    internal static Option<string> TurnSplit(string description)
    {
        var split = new Option<string>("--split") { Description = description, HelpName = "SPLIT", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("test", "validation", "train", AllTurns);
        return split;
    }

    /// <summary>The turns that <see cref="TurnSplit"/> means, in the dataset's order.</summary>
    internal static IEnumerable<Turn> TurnsOf(LinkedDataset dataset, string split) =>
        dataset.Turns.Where(turn => split == AllTurns || turn.Split.ToString().Equals(split, StringComparison.OrdinalIgnoreCase));

    internal static Option<string> Out(string description) => new("--out") { Description = description, Required = true, HelpName = "DIR" };
}
