using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>What a recommender of ratings says of the mentioned items as a history, or of the language model's items as one; z-scored per turn.</summary>
internal sealed class CollaborativeFeatures(IHistoryScorer scorer, bool llm) : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Cf;

    internal override IReadOnlyList<FeatureGroup> AlsoNeeds => llm ? [FeatureGroup.Llm] : [];

    internal override IReadOnlyList<string> Names { get; } = llm ? ["cf of llm items", "cf of llm items, top"] : ["cf of mentioned", "cf of mentioned, top", "cf of last mentioned"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        int[] history = llm ? turn.LlmItems : turn.Mentioned;
        if (history.Length == 0)
            return;
        Score(history, columns[0], columns[1]);
        if (llm)
            return;
        scorer.Score(history.AsSpan(history.Length - 1), 0, columns[2]);
        Standardise(columns[2]);
    }

    /// <summary>Twice: as it is, and with a log above the mean, where few items have all the weight.</summary>
    private void Score(int[] history, Span<float> scores, Span<float> logs)
    {
        scorer.Score(history, 0, scores);
        Standardise(scores);
        for (int item = 0; item < scores.Length; item++)
            logs[item] = MathF.Log(1 + MathF.Max(0, scores[item]));
        TensorPrimitives.Min(scores, 10f, scores);
    }
}
