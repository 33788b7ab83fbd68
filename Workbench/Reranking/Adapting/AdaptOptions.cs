using Trainers.Options;
using Workbench.Reranking.Fusion;

namespace Workbench.Reranking.Adapting;

/// <summary>Options of the adapt step of Reindex-Then-Adapt: it changes the scores of another reranker.</summary>
public abstract record AdaptOptions : FittedOptions
{
    [Option("the reranker whose scores are adapted, with its default options")]
    [Search(Choices = ["max-pool", "mean-pool", "softmax-pool"])]
    public string Of { get; init; } = "max-pool";
}

/// <summary>Options of <c>bias</c>.</summary>
public sealed record BiasOptions : AdaptOptions;

/// <summary>Options of <c>gate</c>.</summary>
public sealed record GateOptions : AdaptOptions;
