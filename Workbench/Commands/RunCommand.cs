using System.CommandLine;
using Trainers;
using Trainers.Storage;
using Workbench.Cluster.Kubernetes;
using Workbench.Experiments;
using Workbench.Stages;

namespace Workbench.Commands;

/// <summary><c>workbench run FILE</c>: from a declared experiment to its leaderboard.</summary>
internal static class RunCommand
{
    private const string Local = "local";
    private const string Slurm = "slurm";
    private const string Kubernetes = "kubernetes";

    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "the experiment", DefaultValueFactory = _ => "experiments.yaml" };
        var set = new Option<string[]>("--set") { Description = "replace a key of the file, e.g. dataset.path=DIR or evaluation.cutoffs=[1,5]; repeatable", HelpName = "KEY=VALUE" };
        var dry = new Option<bool>("--dry-run") { Description = "say what asking the language models would cost, or what would be submitted to a cluster, and do nothing" };
        var on = new Option<string>("--on") { Description = "where trials run: on this machine, or on workers of a cluster", DefaultValueFactory = _ => Local, HelpName = "local|slurm|kubernetes" };
        on.AcceptOnlyFromAmong(Local, Slurm, Kubernetes);
        var detach = new Option<bool>("--detach") { Description = "with --on slurm: submit, and do not follow; `workbench attach` makes the report" };
        var options = new RunOptions();
        var command = new Command("run", "Run an experiment and write its leaderboard.") { file, set, on, detach, dry };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => ExperimentRun.Read(parsed.GetValue(file)!, [.. parsed.GetValue(set) ?? [], .. options.Settings(parsed)]) is not { } experiment ? CommandLine.UsersMistake
                : parsed.GetValue(on) == Slurm ? SlurmExperiment.Run(experiment, options.Of(parsed), parsed.GetValue(dry), parsed.GetValue(detach), cancellation)
                : parsed.GetValue(on) == Kubernetes ? Manifests(experiment, parsed.GetValue(dry), options.Of(parsed).Output)
                : parsed.GetValue(dry) ? Estimate(experiment, cancellation)
                : ExperimentRun.Of(experiment, options.Of(parsed), cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Manifests(Experiment experiment, bool dry, string? output)
    {
        if (!dry)
            throw new UserErrorException("manifests are generated, and nothing is sent to Kubernetes from here: add --dry-run, with --out FILE for a file, and use `kubectl apply -f FILE`");
        string manifests = KubernetesManifests.Of(experiment);
        if (output is null)
            Console.Out.Write(manifests);
        else
            AtomicFile.Write(output, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(manifests)));
        return CommandLine.Success;
    }

    private static int Estimate(Experiment experiment, CancellationToken cancellation)
    {
        foreach (string line in Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)))
            CommandLine.Say(line);
        return CommandLine.Success;
    }
}
