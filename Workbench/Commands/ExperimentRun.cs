using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Stages;
using Workbench.Studies;

namespace Workbench.Commands;

/// <summary>How a run of an experiment was asked for.</summary>
/// <param name="Output">folder of the report; null for reports/&lt;name&gt;</param>
/// <param name="Studies">folder that keeps trials; null keeps none beyond the run</param>
/// <param name="RetryFailed">trials that failed are run again</param>
/// <param name="Json">leaderboard.json instead of a table</param>
/// <param name="Summary">a file to append a summary to; null for none</param>
internal sealed record RunChoice(string? Output, string? Studies, bool RetryFailed, bool Json, string? Summary);

/// <summary>Runs an experiment for a person: study, progress, report, table.</summary>
internal static class ExperimentRun
{
    /// <returns>the exit code</returns>
    internal static int Of(Experiment experiment, RunChoice choice, CancellationToken cancellation)
    {
        string folder = FolderOf(experiment, choice.Output);
        ReportFolder.RequireWritable(folder);
        using var temporary = choice.Studies is null ? new TemporaryFolder() : null;
        StudyRoot root = choice.Studies is { } kept ? StudyRoot.Of(experiment.Store, kept, experiment.ArtifactsInDatabase?.Bytes) : StudyRoot.Of(StoreKind.Sqlite, temporary!.Path);
        using Study study = root.Open(experiment.Name);
        if (experiment.Source is { } source)
            study.Remember(source);
        if (choice.RetryFailed)
            study.ForgetFailed();
        RunProduct product;
        try
        {
            product = RunScreen.Show(choice.Json, observer => Pipeline.Run(experiment, RunContext.Of(experiment, observer, cancellation) with { Study = study }));
        }
        catch (OperationCanceledException) when (choice.Studies is not null)
        {
            CommandLine.Complain(FormattableString.Invariant($"interrupted: {study.Store.Done().Count} trials are kept in {root.PlaceOf(experiment.Name)}, the same command goes on from there"));
            return CommandLine.Interrupted;
        }

        return Report(product, experiment, choice, folder, study);
    }

    /// <summary>Writes and shows what came of a run.</summary>
    /// <returns>the exit code</returns>
    internal static int Report(RunProduct product, Experiment experiment, RunChoice choice, string folder, Study study)
    {
        ReportFolder.Write(product, experiment.Reports, folder);
        study.Remember(product.Leaderboard);
        if (choice.Summary is { } summary)
            StepSummary.Append(summary, product.Leaderboard, Path.Combine(folder, "leaderboard.md"));
        if (choice.Json)
            Console.Out.Write(LeaderboardJson.Write(product.Leaderboard));
        else
            LeaderboardScreen.Show(product.Leaderboard, folder);
        if (product.Outcomes.FirstOrDefault(outcome => outcome.Mistake is not null)?.Mistake is { } mistake)
            throw new InvalidOperationException($"a row failed by it, see the report; {mistake.Message}", mistake);
        return product.Leaderboard.Rows.All(row => row.Status == LeaderboardRow.Failed) ? CommandLine.UsersMistake : CommandLine.Success;
    }

    /// <summary>Of the report.</summary>
    internal static string FolderOf(Experiment experiment, string? output) => output ?? Path.Combine("reports", experiment.Name);

    /// <summary>Tells the mistakes of a file, if it has some.</summary>
    internal static Experiment? Read(string file, string[] settings) => Told(ExperimentFile.Read(file, settings, Catalogs.All));

    /// <summary>The experiment; null after its mistakes were told.</summary>
    internal static Experiment? Told(ExperimentFileResult read)
    {
        foreach (FileError error in read.Errors)
            Console.Error.WriteLine(error);
        return read.Experiment;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("workbench-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
