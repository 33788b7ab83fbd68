using Workbench.Reranking.Fusion;
using Workbench.Reranking.Fusion.Features;

namespace Workbench.Reranking.Adapting;

/// <summary>A turn to learn an adaption from.</summary>
/// <param name="Conversation">its fold is the dialogue's</param>
/// <param name="Scores">I: g, the adapted reranker's scores, z-scored; zeros where it has nothing to say</param>
/// <param name="Mentioned">items that are no candidates</param>
/// <param name="Targets">to be found</param>
internal sealed record AdaptedTurn(string Conversation, float[] Scores, int[] Mentioned, int[] Targets)
{
    internal static AdaptedTurn Of(FittingTurn turn, IQueryScorer adapted) =>
        new(turn.Conversation, Standardised(adapted, new Query(turn.Mentioned, turn.LlmItems, 0)), turn.Mentioned, turn.Targets);

    /// <summary>g of a query. What a reranker keeps out of its ranking has the least of its scores.</summary>
    internal static float[] Standardised(IQueryScorer adapted, Query query)
    {
        var scores = new float[adapted.ItemCount];
        if (!adapted.TryScore(query, scores))
            return new float[scores.Length];
        float least = float.PositiveInfinity;
        foreach (float score in scores)
            least = float.IsNegativeInfinity(score) ? least : MathF.Min(least, score);
        for (int item = 0; item < scores.Length; item++)
            scores[item] = float.IsNegativeInfinity(scores[item]) ? least : scores[item];
        FeatureSource.Standardise(scores);
        return scores;
    }
}
