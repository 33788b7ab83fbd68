using System.CommandLine;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary><c>workbench run FILE</c>: from a declared experiment to its leaderboard.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "the experiment", DefaultValueFactory = _ => "experiments.yaml" };
        var set = new Option<string[]>("--set") { Description = "replace a key of the file, e.g. dataset.path=DIR or evaluation.cutoffs=[1,5]; repeatable", HelpName = "KEY=VALUE" };
        var output = new Option<string?>("--out") { Description = "where the report goes; default: reports/<name>", HelpName = "DIR" };
        var jobs = new Option<int?>("--jobs") { Description = "how many rows run at the same time", HelpName = "N" };
        var studies = new Option<string>("--studies") { Description = "the folder that keeps every trial, so that none is run twice and a run that was stopped goes on", DefaultValueFactory = _ => "studies", HelpName = "DIR" };
        var fresh = new Option<bool>("--fresh") { Description = "keep nothing and answer nothing from what is kept" };
        var retry = new Option<bool>("--retry-failed") { Description = "run trials again that had failed" };
        var json = new Option<bool>("--json") { Description = "print leaderboard.json instead of a table" };
        var dry = new Option<bool>("--dry-run") { Description = "say what asking the language models would cost, and do nothing" };
        var command = new Command("run", "Run an experiment and write its leaderboard.") { file, set, output, jobs, studies, fresh, retry, json, dry };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var choice = new Choice(parsed.GetValue(output), parsed.GetValue(fresh) ? null : parsed.GetValue(studies), parsed.GetValue(retry), parsed.GetValue(json), parsed.GetValue(dry));
                return Run(parsed.GetValue(file)!, Settings(parsed.GetValue(set), parsed.GetValue(jobs)), choice, cancellation);
            },
            CancellationToken.None));
        return command;
    }

    private sealed record Choice(string? Output, string? Studies, bool RetryFailed, bool Json, bool Dry);

    private static string[] Settings(string[]? set, int? jobs) =>
        jobs is { } count ? [.. set ?? [], FormattableString.Invariant($"jobs={count}")] : set ?? [];

    private static int Run(string file, string[] settings, Choice choice, CancellationToken cancellation)
    {
        ExperimentFileResult read = ExperimentFile.Read(file, settings, Catalogs.All);
        if (read.Experiment is not { } experiment)
        {
            foreach (FileError error in read.Errors)
                Console.Error.WriteLine(error);
            return CommandLine.UsersMistake;
        }

        if (choice.Dry)
        {
            foreach (string line in Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)))
                CommandLine.Say(line);
            return CommandLine.Success;
        }

        string folder = choice.Output ?? Path.Combine("reports", experiment.Name);
        ReportFolder.RequireWritable(folder);
        using Study? study = choice.Studies is { } studies ? Study.Open(studies, experiment.Name) : null;
        if (choice.RetryFailed)
            study?.ForgetFailed();
        RunProduct product;
        try
        {
            product = RunScreen.Show(choice.Json, observer => Pipeline.Run(experiment, RunContext.Of(experiment, observer, cancellation) with { Study = study }));
        }
        catch (OperationCanceledException) when (study is not null)
        {
            CommandLine.Complain(FormattableString.Invariant($"interrupted: {study.Store.Done().Count} trials are kept in {Study.PathOf(choice.Studies!, experiment.Name)}, the same command goes on from there"));
            return CommandLine.Interrupted;
        }

        ReportFolder.Write(product, experiment.Reports, folder);
        if (choice.Json)
            Console.Out.Write(LeaderboardJson.Write(product.Leaderboard));
        else
            LeaderboardScreen.Show(product.Leaderboard, folder);
        if (product.Outcomes.FirstOrDefault(outcome => outcome.Mistake is not null)?.Mistake is { } mistake)
            throw new InvalidOperationException($"a row failed by it, see the report; {mistake.Message}", mistake);
        return product.Leaderboard.Rows.All(row => row.Status == LeaderboardRow.Failed) ? CommandLine.UsersMistake : CommandLine.Success;
    }
}
