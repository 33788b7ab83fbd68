using System.CommandLine;
using Workbench.Cluster;
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
        var begin = new Option<string?>("--begin") { Description = "the experiment, for a study that nobody has begun yet", HelpName = "FILE" };
        var place = new StudyOptions();
        var set = new Option<string[]>("--set") { Description = "replace a key of the experiment for this worker, such as threads, memory or dataset.path=DIR; repeatable", HelpName = "KEY=VALUE" };
        var most = new Option<string?>("--at-most") { Description = "what this worker may use, e.g. 8GB: trials that need more are left to others (exit code 75 if only such are left)", HelpName = "SIZE" };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !MemorySize.TryParse(text, out _))
                result.AddError("--at-most takes an amount of memory such as 500MB or 8GB");
        });
        var command = new Command("worker", "Do trials of a study, beside whoever else does, until none is left.") { name, begin, set, most };
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Work(
                size => place.Of(parsed, size), parsed.GetValue(name)!, parsed.GetValue(begin), parsed.GetValue(set) ?? [],
                parsed.GetValue(most) is { } text && MemorySize.TryParse(text, out MemorySize size) ? size : null, cancellation),
            CancellationToken.None));
        return command;
    }

    /// <param name="place">of studies, for the size of artifacts that the experiment gives</param>
    private static int Work(Func<long?, StudyRoot> place, string name, string? begin, string[] settings, MemorySize? most, CancellationToken cancellation)
    {
        ExperimentFileResult read = Read(place(null), name, begin, settings);
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        if (read.Experiment is not { } experiment)
            return CommandLine.UsersMistake;
        using Study study = place(experiment.ArtifactsInDatabase?.Bytes).Open(name);
        (study.Worker, study.Log) = (Worker.Here, CommandLine.Tell);
        RunContext context = RunContext.Of(experiment, RunScreen.Lines(), cancellation);
        try
        {
            Pipeline.Work(experiment, study, most is { } size ? WorkerMemory.Bounded(context, experiment, size) : context);
        }
        catch (TrialsLeftException left)
        {
            CommandLine.Complain($"{left.Message} than {most}: they are left to workers with more");
            return LeftBigger;
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain("interrupted: what this worker had taken is anybody's again");
            return CommandLine.Interrupted;
        }

        return CommandLine.Success;
    }

    /// <summary>What the study was begun with; of a study that nobody has begun, the file.</summary>
    private static ExperimentFileResult Read(StudyRoot root, string name, string? begin, string[] settings)
    {
        using Study study = begin is null ? root.Find(name) : root.Open(name);
        study.RequireSameProgram();
        if (study.IsBegun || begin is null)
            return ExperimentFile.Read(study.Experiment(), settings, Catalogs.All);
        ExperimentFileResult read = ExperimentFile.Read(begin, settings, Catalogs.All);
        if (read.Experiment is { } experiment && experiment.Name != name)
            throw new Trainers.UserErrorException($"the experiment's name is `{experiment.Name}`, not `{name}`", begin);
        if (read.Experiment?.Source is { } source)
            study.Remember(source);
        return read;
    }
}
