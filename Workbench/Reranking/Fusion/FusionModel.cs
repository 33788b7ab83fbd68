using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Fitting;
using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion;

/// <summary>A fitted fusion: what ranks, and the statistics of dialogues that it ranks with.</summary>
/// <param name="Options">as it was fitted</param>
/// <param name="Linear">the linear ranker</param>
/// <param name="Trees">added to it; none for a linear one</param>
/// <param name="Statistics">null where the tier has none</param>
internal sealed record FusionModel(FusionOptions Options, LinearWeights Linear, RegressionTree[] Trees, DialogueStatistics? Statistics);
