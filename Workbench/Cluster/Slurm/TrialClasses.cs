using System.Globalization;
using Workbench.Experiments;

namespace Workbench.Cluster.Slurm;

/// <summary>Groups an experiment's trials by what they need: workers of 1, 2, 4 ... GiB, each class with its own array and limit of time.</summary>
internal static class TrialClasses
{
    private const long Least = 1L << 30;

    /// <summary>A worker's own beginning, and reading the data.</summary>
    private const double MinutesToBegin = 10;

    private const double Generous = 2;

    /// <summary>Ascending by memory; one class where the experiment says how much.</summary>
    public static IReadOnlyList<TrialClass> Of(Experiment experiment, ExperimentSurvey survey)
    {
        SlurmOptions options = experiment.Slurm;
        if (options.Memory is { } given)
            return [Class(given.Bytes, survey.Needs)];
        TrialClass[] classes =
        [
            .. from need in survey.Needs
               group need by Math.Min(PowerOfTwo(WorkerMemory.Of(survey.InUse, need.Bytes)), Math.Max(Least, options.MaxMemory.Bytes)) into trials
               orderby trials.Key
               select Class(trials.Key, [.. trials]),
        ];

        // Lists of language models train nothing.
        return classes.Length > 0 ? classes : [Class(PowerOfTwo(WorkerMemory.Of(survey.InUse, 0)), [])];

        TrialClass Class(long memory, IReadOnlyList<TrainingNeed> needs) =>
            new(memory, options.Time is { } time ? (int)Math.Ceiling(time.Time.TotalMinutes) : Minutes(experiment, needs), Holds(needs));
    }

    private static long PowerOfTwo(long bytes) => Math.Max(Least, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)bytes));

    /// <summary>Twice what the work takes by the times that are known, the longest training once more; null where one is not known.</summary>
    private static int? Minutes(Experiment experiment, IReadOnlyList<TrainingNeed> needs)
    {
        if (needs.Count == 0 || needs.Any(need => need.Seconds is null))
            return null;
        double all = needs.Sum(need => need.Seconds!.Value * Trainings(need.Entry, experiment));
        double seconds = all / (experiment.Slurm.Workers * experiment.Jobs) + needs.Max(need => need.Seconds!.Value);
        return (int)Math.Ceiling((MinutesToBegin + Generous * seconds / 60) / 10) * 10;
    }

    private static double Trainings(Configuration entry, Experiment experiment) =>
        (entry.Space is null ? 0 : SearchedEntry.Of(entry, experiment).Whole) + experiment.Seeds.Count;

    private static string Holds(IReadOnlyList<TrainingNeed> needs) => needs.Count == 0 ? "all trials"
        : string.Join(", ", needs.Select(need => need.Bytes == 0 ? need.Entry.Label : string.Create(CultureInfo.InvariantCulture, $"{need.Entry.Label} ({need.Bytes / 1e6:0.0} MB)")));
}
