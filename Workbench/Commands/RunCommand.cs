using System.CommandLine;
using Workbench.Experiments;
using Workbench.Stages;

namespace Workbench.Commands;

/// <summary><c>workbench run FILE</c>: from a declared experiment to its leaderboard.</summary>
internal static class RunCommand
{
    private const string Local = "local";
    private const string Slurm = "slurm";

    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "the experiment", DefaultValueFactory = _ => "experiments.yaml" };
        var set = new Option<string[]>("--set") { Description = "replace a key of the file, e.g. dataset.path=DIR or evaluation.cutoffs=[1,5]; repeatable", HelpName = "KEY=VALUE" };
        var dry = new Option<bool>("--dry-run") { Description = "say what asking the language models would cost, or what would be submitted to a cluster, and do nothing" };
        var on = new Option<string>("--on") { Description = "where trials run: on this machine, or on workers of a cluster", DefaultValueFactory = _ => Local, HelpName = "local|slurm" };
        on.AcceptOnlyFromAmong(Local, Slurm);
        var options = new RunOptions();
        var command = new Command("run", "Run an experiment and write its leaderboard.") { file, set, on, dry };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => ExperimentRun.Read(parsed.GetValue(file)!, [.. parsed.GetValue(set) ?? [], .. options.Settings(parsed)]) is not { } experiment ? CommandLine.UsersMistake
                : parsed.GetValue(on) == Slurm ? SlurmExperiment.Run(experiment, options.Of(parsed), parsed.GetValue(dry), cancellation)
                : parsed.GetValue(dry) ? Estimate(experiment, cancellation)
                : ExperimentRun.Of(experiment, options.Of(parsed), cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Estimate(Experiment experiment, CancellationToken cancellation)
    {
        foreach (string line in Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)))
            CommandLine.Say(line);
        return CommandLine.Success;
    }
}
