using System.CommandLine;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;

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
        var json = new Option<bool>("--json") { Description = "print leaderboard.json instead of a table" };
        var dry = new Option<bool>("--dry-run") { Description = "say what asking the language models would cost, and do nothing" };
        var command = new Command("run", "Run an experiment and write its leaderboard.") { file, set, output, jobs, json, dry };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed.GetValue(file)!, Settings(parsed.GetValue(set), parsed.GetValue(jobs)), parsed.GetValue(output), parsed.GetValue(json), parsed.GetValue(dry), cancellation),
            CancellationToken.None));
        return command;
    }

    private static string[] Settings(string[]? set, int? jobs) =>
        jobs is { } count ? [.. set ?? [], FormattableString.Invariant($"jobs={count}")] : set ?? [];

    private static int Run(string file, string[] settings, string? output, bool json, bool dry, CancellationToken cancellation)
    {
        ExperimentFileResult read = ExperimentFile.Read(file, settings, Catalogs.All);
        if (read.Experiment is not { } experiment)
        {
            foreach (FileError error in read.Errors)
                Console.Error.WriteLine(error);
            return CommandLine.UsersMistake;
        }

        if (dry)
        {
            foreach (string line in Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)))
                CommandLine.Say(line);
            return CommandLine.Success;
        }

        string folder = output ?? Path.Combine("reports", experiment.Name);
        ReportFolder.RequireWritable(folder);
        RunProduct product = RunScreen.Show(json, observer => Pipeline.Run(experiment, RunContext.Of(experiment, observer, cancellation)));
        ReportFolder.Write(product, experiment.Reports, folder);
        if (json)
            Console.Out.Write(LeaderboardJson.Write(product.Leaderboard));
        else
            LeaderboardScreen.Show(product.Leaderboard, folder);
        return product.Leaderboard.Rows.All(row => row.Status == LeaderboardRow.Failed) ? CommandLine.UsersMistake : CommandLine.Success;
    }
}
