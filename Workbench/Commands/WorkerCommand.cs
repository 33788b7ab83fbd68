using System.CommandLine;
using Workbench.Experiments;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary><c>workbench worker --study NAME</c>: one more machine, or one more process, for a run.</summary>
internal static class WorkerCommand
{
    /// <summary>Exit code of a worker that leaves trials to those with more memory.</summary>
    internal const int LeftBigger = 75;

    internal static Command Create()
    {
        var name = new Option<string>("--study") { Description = "the study's name: that of the experiment which `workbench run` began", HelpName = "NAME", Required = true };
        var studies = new Option<string>("--studies") { Description = "the folder of studies", DefaultValueFactory = _ => "studies", HelpName = "DIR" };
        var set = new Option<string[]>("--set") { Description = "replace a key of the experiment for this worker, such as threads, memory or dataset.path=DIR; repeatable", HelpName = "KEY=VALUE" };
        var most = new Option<string?>("--at-most") { Description = "leave trials that need more memory than this to other workers, e.g. 8GB", HelpName = "SIZE" };
        var command = new Command("worker", "Do trials of a study, beside whoever else does, until none is left.") { name, studies, set, most };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Work(parsed.GetValue(studies)!, parsed.GetValue(name)!, parsed.GetValue(set) ?? [], cancellation), CancellationToken.None));
        return command;
    }

    private static int Work(string folder, string name, string[] settings, CancellationToken cancellation)
    {
        using Study study = StudyNames.Open(folder, name);
        (study.Worker, study.Log) = (Cluster.Worker.Here, CommandLine.Tell);
        ExperimentFileResult read = ExperimentFile.Read(study.Experiment(), settings, Catalogs.All);
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        if (read.Experiment is not { } experiment)
            return CommandLine.UsersMistake;
        try
        {
            Pipeline.Work(experiment, study, RunContext.Of(experiment, RunScreen.Lines(), cancellation));
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain("interrupted: what this worker had taken is anybody's again");
            return CommandLine.Interrupted;
        }

        return CommandLine.Success;
    }
}
