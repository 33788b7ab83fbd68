using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Reranking.Fusion;

/// <summary>Options of every reranker that is fitted on turns with a language model's replies.</summary>
public abstract record FittedOptions
{
    [Option("folds of the cross-fitting, by dialogue: a turn is ranked by what the other folds taught", Min = 2, Max = 50)]
    public int Folds { get; init; } = 5;

    [Option("a linked folder, or a file that `save` wrote: fitted there as a whole and applied here unchanged; without it the rows are cross-fitted"), Key(IsPath = true)]
    public string? FitOn { get; init; }

    [Option("a file for the reranker as fitted on all turns with replies; none without"), Key(IsPath = true)]
    public string? Save { get; init; }
}
