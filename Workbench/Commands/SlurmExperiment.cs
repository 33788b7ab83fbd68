using System.Globalization;
using Trainers;
using Workbench.Cluster;
using Workbench.Cluster.Slurm;
using Workbench.Experiments;
using Workbench.Llm;
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
    internal static int Run(Experiment experiment, RunChoice choice, bool dry, bool detach, CancellationToken cancellation)
    {
        if (choice.Studies is not { } studies)
            throw new UserErrorException("--fresh keeps no trials, and workers meet in what is kept: leave it out with --on slurm");
        if (experiment.Budget.Time is not null)
            throw new UserErrorException("`budget.time` is measured by one program's clock, and workers begin when the cluster lets them: use `budget.trials` or `slurm.time` with --on slurm");
        WorkerFolder folder = WorkerFolder.Of(studies);
        StudyRoot root = RootOf(experiment, studies);
        if (dry)
            return Show(experiment, folder, PastTimes.Of(root), cancellation);

        ReportFolder.RequireWritable(ExperimentRun.FolderOf(experiment, choice.Output));
        using Study study = root.Open(experiment.Name);
        using var run = new SlurmRun(experiment, study, folder, new SlurmCluster(new SlurmProgram()));
        bool goesOn = run.Continue();
        if (goesOn)
            CommandLine.Complain($"the study is on Slurm already ({Arrays(run)}): following it");
        if (experiment.Source is { } source && !goesOn)
            study.Remember(source);
        if (choice.RetryFailed && !goesOn)
            study.ForgetFailed();
        if (!detach)
            return Follow(experiment, choice, study, run, goesOn, cancellation);
        if (!goesOn)
            Begin(run, experiment, choice, study, RunScreen.Lines(), cancellation);
        Detached(experiment, run);
        return CommandLine.Success;
    }

    /// <summary><c>workbench attach STUDY</c></summary>
    internal static int Attach(RunChoice choice, StudyRoot place, string name, CancellationToken cancellation)
    {
        string studies = choice.Studies!;
        using Study study = place.Find(name);
        study.RequireSameProgram();
        if (ExperimentRun.Told(ExperimentFile.Read(study.Experiment(), [], Catalogs.All)) is not { } experiment)
            return CommandLine.UsersMistake;
        using var run = new SlurmRun(experiment, study, WorkerFolder.Of(studies), new SlurmCluster(new SlurmProgram()));
        if (!run.Continue())
            throw new UserErrorException($"the study `{name}` is not on Slurm: `workbench run FILE --on slurm` submits it");
        return Follow(experiment, choice with { Output = choice.Output ?? run.Account.Output, Summary = choice.Summary ?? run.Account.Summary }, study, run, goesOn: true, cancellation);
    }

    /// <summary><c>workbench cancel STUDY</c></summary>
    internal static int Cancel(StudyRoot place, string name, CancellationToken cancellation)
    {
        using Study study = place.Find(name);
        if (ExperimentRun.Told(ExperimentFile.Read(study.Experiment(), [], Catalogs.All)) is not { } experiment)
            return CommandLine.UsersMistake;
        using var run = new SlurmRun(experiment, study, WorkerFolder.Of(place.Folder), new SlurmCluster(new SlurmProgram()));
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
        using Study watching = RootOf(experiment, choice.Studies!).Open(experiment.Name);
        watching.OnlyWatches = true;
        SlurmFollower? follower = null;
        try
        {
            RunProduct product = RunScreen.Show(choice.Json, observer =>
            {
                if (!goesOn)
                    Begin(run, experiment, choice, study, observer, cancellation);
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
            Detached(experiment, run);
            return CommandLine.Interrupted;
        }
    }

    private static void Begin(SlurmRun run, Experiment experiment, RunChoice choice, Study study, IRunObserver observer, CancellationToken cancellation)
    {
        IReadOnlyList<TrialClass> classes = Classes(experiment, study, PastTimes.Of(RootOf(experiment, choice.Studies!)), observer, cancellation);
        run.Begin(classes, Path.GetFullPath(ExperimentRun.FolderOf(experiment, choice.Output)), choice.Summary is { } file ? Path.GetFullPath(file) : null);
    }

    private static void Detached(Experiment experiment, SlurmRun run)
    {
        string where = experiment.Store == StoreKind.Postgres ? " --store postgres" : "";
        CommandLine.Complain($"detached: the workers go on ({Arrays(run)}). `workbench attach {experiment.Name}{where}` follows them and makes the report, `workbench cancel {experiment.Name}{where}` ends them");
    }

    private static int Show(Experiment experiment, WorkerFolder folder, PastTimes past, CancellationToken cancellation)
    {
        IReadOnlyList<TrialClass> classes = Classes(experiment, null, past, new SilentObserver(), cancellation);
        if (experiment.Llms.Any(llm => llm.Options is LlmOptions { Replies: ReplySource.Live }))
        {
            foreach (string line in Pipeline.Estimate(experiment, RunContext.Of(experiment, null, cancellation)))
                CommandLine.Say($"# asked here before anything is submitted: {line}");
        }

        for (int i = 0; i < classes.Count; i++)
        {
            string script = folder.ScriptOf(experiment.Name, 1, i + 1);
            CommandLine.Say($"# {script}, for {classes[i].Holds}");
            foreach (string line in BatchScript.Of(experiment, folder, classes[i], [.. Enumerable.Range(i * experiment.Slurm.Workers, experiment.Slurm.Workers)]).TrimEnd().Split('\n'))
                CommandLine.Say(line);
            CommandLine.Say($"# submitted by: sbatch {string.Join(' ', SlurmCluster.ArgumentsOf(WorkerProgram.Quoted(script)))}");
        }

        return CommandLine.Success;
    }

    /// <summary>Looks at the data and, for workers that must not, asks the language models.</summary>
    private static IReadOnlyList<TrialClass> Classes(Experiment experiment, Study? study, PastTimes past, IRunObserver observer, CancellationToken cancellation) =>
        TrialClasses.Of(experiment, Pipeline.Survey(experiment, past.SecondsOf, RunContext.Of(experiment, observer, cancellation) with { Study = study }));

    private static StudyRoot RootOf(Experiment experiment, string studies) => StudyRoot.Of(experiment.Store, studies, experiment.ArtifactsInDatabase?.Bytes);

    private static string Arrays(SlurmRun run) => $"arrays {string.Join(", ", run.Account.Submissions.Select(one => one.Job).Where(job => job > 0))}";
}
