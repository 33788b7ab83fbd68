using System.CommandLine;
using Workbench.Experiments;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary><c>workbench worker --study NAME</c>: one more machine, or one more process, for a run.</summary>
internal static class WorkerCommand
{
    internal static Command Create()
    {
        var name = new Option<string>("--study") { Description = "the study's name: that of the experiment which `workbench run` began", HelpName = "NAME", Required = true };
        var place = new StudyOptions();
        var set = new Option<string[]>("--set") { Description = "replace a key of the experiment for this worker, such as threads, memory or dataset.path=DIR; repeatable", HelpName = "KEY=VALUE" };
        var command = new Command("worker", "Do trials of a study, beside whoever else does, until none is left.") { name, set };
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Work(size => place.Of(parsed, size), parsed.GetValue(name)!, parsed.GetValue(set) ?? [], cancellation), CancellationToken.None));
        return command;
    }

    /// <param name="place">of studies, for the size of artifacts that the experiment gives</param>
    private static int Work(Func<long?, StudyRoot> place, string name, string[] settings, CancellationToken cancellation)
    {
        ExperimentFileResult read = Read(place(null), name, settings);
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        if (read.Experiment is not { } experiment)
            return CommandLine.UsersMistake;
        using Study study = place(experiment.ArtifactsInDatabase?.Bytes).Open(name);
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

    private static ExperimentFileResult Read(StudyRoot root, string name, string[] settings)
    {
        using Study study = root.Find(name);
        return ExperimentFile.Read(study.Experiment(), settings, Catalogs.All);
    }
}
