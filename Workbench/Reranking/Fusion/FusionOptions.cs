using Trainers.Options;

namespace Workbench.Reranking.Fusion;

/// <summary>What a fusion may know of. The tiers are rows of their own, so that nobody mistakes one for another.</summary>
public enum FusionTier
{
    /// <summary>The language model's list and collaborative filtering of ratings.</summary>
    LlmCf,

    /// <summary>All but statistics of dialogues.</summary>
    NoDialogues,

    /// <summary>Statistics of the train and validation dialogues too.</summary>
    Validation,

    /// <summary>Statistics of the fitting dialogues as well, those of other folds.</summary>
    All,
}

/// <summary>The model that joins the features.</summary>
public enum FusionRanker
{
    /// <summary>Weights, by a listwise softmax.</summary>
    Linear,

    /// <summary>Regression trees on top of the linear model, by the same loss.</summary>
    Boosted,
}

/// <summary>Options of <c>fusion</c>.</summary>
public sealed record FusionOptions : FittedOptions
{
    [Option("what it may know of: llm-cf, the list and ratings CF; no-dialogues, all but statistics of dialogues; validation, those of train and validation dialogues too; all, those of the fitting dialogues as well")]
    public FusionTier Tier { get; init; } = FusionTier.All;

    [Option("the model that joins the features")]
    [Search(Choices = [FusionRanker.Linear, FusionRanker.Boosted])]
    public FusionRanker Ranker { get; init; } = FusionRanker.Linear;

    [Option("a source that is left out, to see what it adds")]
    public FeatureGroup Without { get; init; } = FeatureGroup.None;
}
