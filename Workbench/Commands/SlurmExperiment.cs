using System.Globalization;
using Trainers;
using Workbench.Cluster;
using Workbench.Cluster.Slurm;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary>An experiment whose trials are run by workers on Slurm: submitted, followed, reported like one of this machine's.</summary>
internal static class SlurmExperiment
{
    /// <summary>Workers see within moments that nothing is left, but for one that is still reading its data.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary><c>workbench run FILE --on slurm</c></summary>
    /// <returns>the exit code</returns>
    internal static int Run(Experiment experiment, RunChoice choice, bool dry, CancellationToken cancellation)
    {
        if (choice.Studies is not { } studies)
            throw new UserErrorException("--fresh keeps no trials, and workers meet in what is kept: leave it out with --on slurm");
        if (experiment.Budget.Time is not null)
            throw new UserErrorException("`budget.time` is measured by one program's clock, and workers begin when the cluster lets them: use `budget.trials` or `slurm.time` with --on slurm");
        WorkerFolder folder = WorkerFolder.Of(studies);
        if (dry)
            return Show(experiment, folder, cancellation);

        ReportFolder.RequireWritable(ExperimentRun.FolderOf(experiment, choice.Output));
        using Study study = Study.Open(studies, experiment.Name);
        using var run = new SlurmRun(experiment, study, folder, new SlurmCluster(new SlurmProgram()));
        bool goesOn = run.Continue();
        if (goesOn)
            CommandLine.Complain($"the study is on Slurm already ({Arrays(run)}): following it");
        if (experiment.Source is { } source && !goesOn)
            study.Remember(source);
        if (choice.RetryFailed && !goesOn)
            study.ForgetFailed();
        return Follow(experiment, choice, study, run, goesOn, cancellation);
    }

    /// <summary><c>workbench attach STUDY</c></summary>
    internal static int Attach(RunChoice choice, string name, CancellationToken cancellation)
    {
        string studies = choice.Studies!;
        using Study study = StudyNames.Open(studies, name);
        if (ExperimentRun.Told(ExperimentFile.Read(study.Experiment(), [], Catalogs.All)) is not { } experiment)
            return CommandLine.UsersMistake;
        using var run = new SlurmRun(experiment, study, WorkerFolder.Of(studies), new SlurmCluster(new SlurmProgram()));
        if (!run.Continue())
            throw new UserErrorException($"the study `{name}` is not on Slurm: `workbench run FILE --on slurm` submits it");
        return Follow(experiment, choice with { Output = choice.Output ?? run.Account.Output, Summary = choice.Summary ?? run.Account.Summary }, study, run, goesOn: true, cancellation);
    }

    /// <summary><c>workbench cancel STUDY</c></summary>
    internal static int Cancel(string studies, string name, CancellationToken cancellation)
    {
        using Study study = StudyNames.Open(studies, name);
        if (ExperimentRun.Told(ExperimentFile.Read(study.Experiment(), [], Catalogs.All)) is not { } experiment)
            return CommandLine.UsersMistake;
        using var run = new SlurmRun(experiment, study, WorkerFolder.Of(studies), new SlurmCluster(new SlurmProgram()));
        if (!run.Continue())
            throw new UserErrorException($"the study `{name}` is not on Slurm: there is nothing to cancel");
        IReadOnlyList<long> arrays = run.Cancel();
        IReadOnlyList<ArrayTask> alive = run.SeeEnds();
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); alive.Count > 0 && clock.Elapsed < TimeSpan.FromSeconds(40); alive = run.SeeEnds())
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
        string left = alive.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {alive.Count} workers have not ended yet");
        CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
            $"cancelled {(arrays.Count == 0 ? "no array, all had ended" : string.Join(", ", arrays))}{left}; {study.Store.Done().Count} trials are kept: `workbench run FILE --on slurm` goes on from there"));
        return CommandLine.Success;
    }

    private static int Follow(Experiment experiment, RunChoice choice, Study study, SlurmRun run, bool goesOn, CancellationToken cancellation)
    {
        string output = ExperimentRun.FolderOf(experiment, choice.Output);
        using Study watching = Study.Open(choice.Studies!, experiment.Name);
        watching.OnlyWatches = true;
        SlurmFollower? follower = null;
        try
        {
            RunProduct product = RunScreen.Show(choice.Json, observer =>
            {
                if (!goesOn)
                    run.Begin(Survey(experiment, study, observer, cancellation), Path.GetFullPath(output), choice.Summary is { } file ? Path.GetFullPath(file) : null);
                observer.ClusterGoesOn($"slurm: {Arrays(run)}; scripts and logs are in {WorkerFolder.Of(choice.Studies!).FolderOf(experiment.Name)}");
                follower = new SlurmFollower(run, watching, observer);
                return follower.While(token => Pipeline.Run(experiment, RunContext.Of(experiment, observer, token) with { Study = watching }), cancellation);
            });
            int code = ExperimentRun.Report(product, experiment, choice, output, study);
            run.End(Patience);
            MachinesReport.Write(output, run, study, WorkerFolder.Of(choice.Studies!), experiment);
            return code;
        }
        catch (OperationCanceledException) when (follower is not null && !cancellation.IsCancellationRequested)
        {
            MachinesReport.Write(output, run, study, WorkerFolder.Of(choice.Studies!), experiment);
            if (follower.IsCancelled)
            {
                CommandLine.Complain(FormattableString.Invariant($"cancelled: {study.Store.Done().Count} trials are kept, `workbench run FILE --on slurm` goes on from there"));
                return CommandLine.Interrupted;
            }

            run.End(TimeSpan.Zero);
            throw follower.Failure is { } failure ? new UserErrorException(failure.Message, inner: failure) : new UserErrorException(
                $"no worker is left, and not all trials are done: {MachinesReport.LastWords(run, WorkerFolder.Of(choice.Studies!), experiment)}; {Path.Combine(output, MachinesReport.FileName)} tells of all. What was done is kept, and the same command goes on when that is mended");
        }
        catch (OperationCanceledException) when (run.Account is { IsOver: false })
        {
            CommandLine.Complain($"detached: the workers go on ({Arrays(run)}). `workbench attach {experiment.Name}` follows them again and makes the report, `workbench cancel {experiment.Name}` ends them");
            return CommandLine.Interrupted;
        }
    }

    private static int Show(Experiment experiment, WorkerFolder folder, CancellationToken cancellation)
    {
        IReadOnlyList<TrialClass> classes = Survey(experiment, null, new SilentObserver(), cancellation);
        for (int i = 0; i < classes.Count; i++)
        {
            string script = folder.ScriptOf(experiment.Name, 1, i + 1);
            CommandLine.Say($"# {classes[i]}: {classes[i].Holds}");
            CommandLine.Say($"# {script}");
            foreach (string line in BatchScript.Of(experiment, folder, classes[i], [.. Enumerable.Range(i * experiment.Slurm.Workers, experiment.Slurm.Workers)]).TrimEnd().Split('\n'))
                CommandLine.Say(line);
            CommandLine.Say($"# submitted by: sbatch {string.Join(' ', SlurmCluster.ArgumentsOf(WorkerProgram.Quoted(script)))}");
        }

        return CommandLine.Success;
    }

    /// <summary>Looks at the data and, for workers that must not, asks the language models.</summary>
    private static IReadOnlyList<TrialClass> Survey(Experiment experiment, Study? study, IRunObserver observer, CancellationToken cancellation) =>
        [new TrialClass(experiment.Slurm.Memory?.Bytes ?? 2L << 30, (int?)experiment.Slurm.Time?.Time.TotalMinutes, "all trials")];

    private static string Arrays(SlurmRun run) => $"arrays {string.Join(", ", run.Account.Submissions.Select(one => one.Job).Where(job => job > 0))}";
}
