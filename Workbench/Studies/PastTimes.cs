using Workbench.Experiments;

namespace Workbench.Studies;

/// <summary>How long trainings have taken in the studies of a place: of a configuration itself, or else of its method with whichever options.</summary>
internal sealed class PastTimes
{
    private readonly IReadOnlyList<TrialRecord> _trials;

    private PastTimes(IReadOnlyList<TrialRecord> trials) => _trials = trials;

    /// <summary>Of a place that may not be there; then nothing is known.</summary>
    internal static PastTimes Of(StudyRoot root)
    {
        var trials = new List<TrialRecord>();
        foreach (string name in root.IsThere ? root.Names() : [])
        {
            using Study study = root.Open(name);
            trials.AddRange(study.Store.Done().Where(trial => trial.Failure is null));
        }

        return new PastTimes(trials);
    }

    /// <summary>Mean seconds of a training; of a searched entry, of its trials. Trials that were cut short are not whole ones, and count where nothing else is known.</summary>
    /// <returns>null if it never ran</returns>
    internal double? SecondsOf(Configuration configuration)
    {
        string method = $"{configuration.Name} (";
        return Mean(trial => trial.Label == configuration.Label)
            ?? Mean(trial => IsOf(trial) && !trial.Label.EndsWith(" epochs", StringComparison.Ordinal))
            ?? Mean(IsOf);

        bool IsOf(TrialRecord trial) => trial.Label == configuration.Name || trial.Label.StartsWith(method, StringComparison.Ordinal);
    }

    private double? Mean(Func<TrialRecord, bool> counts)
    {
        double[] seconds = [.. _trials.Where(trial => trial.Kind is TrialRecord.Search or TrialRecord.Row).Where(counts).Select(trial => trial.Seconds)];
        return seconds.Length == 0 ? null : seconds.Average();
    }
}
