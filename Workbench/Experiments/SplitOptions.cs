using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>How train, validation and test are divided.</summary>
public enum SplitBy
{
    /// <summary>Each user's last interaction is the test, the one before is validation (task next-item).</summary>
    LeaveLastOut,

    /// <summary>One point in time for all users (task next-item).</summary>
    GlobalTime,

    /// <summary>As the dataset divides its dialogues (task conversation).</summary>
    Dataset,
}

/// <summary>How train, validation and test are divided. After reading, <see cref="By"/> is never null, and <see cref="Quantile"/> is not where it has an effect.</summary>
public sealed record SplitOptions
{
    /// <summary>Of <see cref="SplitBy.GlobalTime"/>, where the file gives none.</summary>
    public const double DefaultQuantile = 0.8;

    [Option("leave-last-out or global-time in the task next-item, where leave-last-out is the default; conversations keep the dataset's own division")]
    public SplitBy? By { get; init; }

    [Option("global-time: the share of interactions before the test begins; default 0.8", Min = 0.01, Max = 0.99)]
    public double? Quantile { get; init; }
}
