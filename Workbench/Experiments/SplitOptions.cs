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

    /// <summary>Dialogues drawn with the first seed, whatever the dataset says: for conversations without splits (task conversation).</summary>
    Dialogue,
}

/// <summary>How train, validation and test are divided. After reading, <see cref="By"/> is never null, and the shares and <see cref="Quantile"/> are not where they have an effect.</summary>
public sealed record SplitOptions
{
    /// <summary>Of <see cref="SplitBy.GlobalTime"/>, where the file gives none.</summary>
    public const double DefaultQuantile = 0.8;

    /// <summary>Of <see cref="SplitBy.Dialogue"/>, where the file gives none.</summary>
    public const double DefaultValidationShare = 0.1;

    /// <summary>Of <see cref="SplitBy.Dialogue"/>, where the file gives none.</summary>
    public const double DefaultTestShare = 0.2;

    [Option("leave-last-out or global-time in the task next-item, where leave-last-out is the default; conversations keep the dataset's own division, or are divided anew by dialogue")]
    public SplitBy? By { get; init; }

    [Option("dialogue: the share of dialogues for validation; default 0.1", Min = 0, Max = 0.9)]
    public double? ValidationShare { get; init; }

    [Option("dialogue: the share of dialogues for the test; default 0.2", Min = 0.01, Max = 0.9)]
    public double? TestShare { get; init; }

    [Option("global-time: the share of interactions before the test begins; default 0.8", Min = 0.01, Max = 0.99)]
    public double? Quantile { get; init; }
}
