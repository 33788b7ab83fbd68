using Trainers.Options;

namespace Workbench.Experiments;

/// <summary>What one unit of a mean is.</summary>
public enum ProtocolKind
{
    /// <summary>One per user: the held-out interaction.</summary>
    NextItem,

    /// <summary>One per (turn, target): He et al. 2023.</summary>
    PerItem,

    /// <summary>One per turn: the Reddit-ML32M table.</summary>
    PerTurn,
}

/// <summary>Where rows are evaluated.</summary>
public enum EvaluationSplit
{
    Test,
    Validation,
}

/// <summary>How rows are compared.</summary>
public sealed record EvaluationOptions
{
    [Option("what one unit is; default by task: per-item and per-turn, or next-item"), Key(MinCount = 1)]
    public IReadOnlyList<ProtocolKind> Protocols { get; init; } = [];

    [Option("metrics of the leaderboard"), Key(MinCount = 1, IsMetric = true)]
    public IReadOnlyList<string> Metrics { get; init; } = ["hit", "ndcg", "mrr"];

    [Option("the lengths at which lists are cut", Min = 1, Max = 10_000), Key(MinCount = 1)]
    public IReadOnlyList<int> Cutoffs { get; init; } = [1, 5, 10];

    [Option("how long rankings are; no cutoff may be greater", Min = 1, Max = 10_000)]
    public int Depth { get; init; } = 50;

    [Option("leave out what the user knows already: the history, or the items mentioned before")]
    public bool ExcludeSeen { get; init; } = true;

    [Option("resamples of the bootstrap intervals; 0 for none", Min = 0, Max = 1_000_000)]
    public int Bootstrap { get; init; } = 1000;

    [Option("where rows are evaluated")]
    public EvaluationSplit Split { get; init; } = EvaluationSplit.Test;
}
