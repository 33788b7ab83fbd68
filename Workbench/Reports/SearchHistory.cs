namespace Workbench.Reports;

/// <summary>What a search has tried before it chose a row's options; all values are of the validation split, or of the other folds.</summary>
/// <param name="Row">label of the row of the leaderboard that came of it</param>
/// <param name="Method">the searched method's name</param>
/// <param name="Sampler">which proposed the trials: <c>grid</c>, <c>random</c>, <c>sobol</c>, <c>tpe</c></param>
/// <param name="Objective">what was searched for, e.g. <c>ndcg@10</c>; greater is better</param>
/// <param name="Parameters">names of the searched options, in the order of the file</param>
/// <param name="Trials">in the order in which they were proposed</param>
/// <param name="Chosen">number of the chosen trial; null if none was good for anything</param>
public sealed record SearchHistory(
    string Row,
    string Method,
    string Sampler,
    string Objective,
    IReadOnlyList<string> Parameters,
    IReadOnlyList<SearchedTrial> Trials,
    int? Chosen)
{
    /// <summary>Those of the parameters that are searched by their logarithm.</summary>
    public IReadOnlyList<string> Logarithmic { get; init; } = [];
}

/// <summary>One proposal of a search and what came of it.</summary>
/// <param name="Number">0-based, in the order of proposals</param>
/// <param name="Options">the searched options by name, as in YAML; those whose condition did not hold are missing</param>
/// <param name="Status"><c>ok</c>; <c>stopped</c>: halved away before its last epoch; <c>failed</c></param>
/// <param name="Reason">one line, if failed</param>
/// <param name="Value">of the objective, at the last epochs that it was given; null if failed</param>
/// <param name="Epochs">that it was given; null for a method without epochs</param>
/// <param name="Seconds">of training and evaluating, over all its pieces</param>
/// <param name="FinishedAfter">seconds of work done by the whole search until it ended, for curves of convergence</param>
public sealed record SearchedTrial(
    int Number,
    IReadOnlyDictionary<string, object?> Options,
    string Status,
    string? Reason,
    double? Value,
    int? Epochs,
    double Seconds,
    double FinishedAfter)
{
    public const string Ok = "ok";
    public const string Stopped = "stopped";
    public const string Failed = "failed";
}

/// <summary>A point of a training's learning curve.</summary>
/// <param name="Epoch">1-based</param>
/// <param name="Loss">of the epoch; null if the method has none</param>
/// <param name="Validation">of held-out data; null if the method does not look</param>
public sealed record LearningPoint(int Epoch, double? Loss, double? Validation);
