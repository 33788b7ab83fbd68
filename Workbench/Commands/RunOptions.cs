using System.CommandLine;

namespace Workbench.Commands;

/// <summary>What commands that run an experiment have in common.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _output = new("--out") { Description = "where the report goes; default: reports/<name>", HelpName = "DIR" };

    private readonly Option<int?> _jobs = new("--jobs") { Description = "how many trials run at the same time", HelpName = "N" };

    private readonly Option<string> _studies = new("--studies")
    {
        Description = "the folder that keeps every trial, so that none is run twice and a run that was stopped goes on",
        DefaultValueFactory = _ => "studies",
        HelpName = "DIR",
    };

    private readonly Option<string?> _store = StudyOptions.Store("what keeps trials: one machine's folder, or a database that many machines work with; default: the experiment's `store`");

    private readonly Option<bool> _fresh = new("--fresh") { Description = "answer nothing from what is kept, and keep nothing" };

    private readonly Option<bool> _retry = new("--retry-failed") { Description = "run trials again that had failed" };

    private readonly Option<bool> _json = new("--json") { Description = "print leaderboard.json instead of a table" };

    private readonly Option<string?> _summary = new("--summary") { Description = "append the best rows to this file, such as $GITHUB_STEP_SUMMARY", HelpName = "FILE" };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _jobs, _studies, _store, _fresh, _retry, _json, _summary])
            command.Add(option);
    }

    /// <summary>For a run that was begun already.</summary>
    internal void AddToFollowing(Command command)
    {
        foreach (Option option in (Option[])[_output, _json, _summary])
            command.Add(option);
    }

    internal string[] Settings(ParseResult parsed) =>
        [.. parsed.GetValue(_jobs) is { } count ? [FormattableString.Invariant($"jobs={count}")] : Array.Empty<string>(), .. StudyOptions.Settings(parsed.GetValue(_store))];

    internal RunChoice Of(ParseResult parsed) => new(
        parsed.GetValue(_output), parsed.GetValue(_fresh) ? null : parsed.GetValue(_studies), parsed.GetValue(_retry), parsed.GetValue(_json), parsed.GetValue(_summary));
}
