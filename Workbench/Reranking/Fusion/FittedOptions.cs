using Trainers.Options;

namespace Workbench.Reranking.Fusion;

/// <summary>Options of every reranker that is fitted on turns with a language model's replies.</summary>
public abstract record FittedOptions
{
    [Option("folds of the cross-fitting, by dialogue: a turn is ranked by what the other folds taught", Min = 2, Max = 50)]
    public int Folds { get; init; } = 5;
}
