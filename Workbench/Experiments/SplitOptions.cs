using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>How train, validation and test are divided.</summary>
public enum SplitBy
{
    /// <summary>By task; never after reading.</summary>
    Auto,

    /// <summary>Each user's last interaction is the test, the one before is validation (task next-item).</summary>
    LeaveLastOut,

    /// <summary>One point in time for all users (task next-item).</summary>
    GlobalTime,

    /// <summary>As the dataset divides its dialogues (task conversation).</summary>
    Dataset,
}

/// <summary>How train, validation and test are divided.</summary>
public sealed record SplitOptions
{
    [Option("leave-last-out or global-time in the task next-item, where auto is leave-last-out; conversations keep the dataset's own division")]
    public SplitBy By { get; init; } = SplitBy.Auto;

    [Option("global-time: the share of interactions before the test begins", Min = 0.01, Max = 0.99)]
    public double Quantile { get; init; } = 0.9;
}
