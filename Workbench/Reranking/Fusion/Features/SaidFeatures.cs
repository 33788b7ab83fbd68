using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>What was recommended in other dialogues after the same words.</summary>
/// <remarks>Per word w and item i: log(1 + c(w, i) / (k p(i))), k pseudo-dialogues, p(i) the share of i among targets: naive Bayes up to what all items share.</remarks>
internal sealed class SaidFeatures : FeatureSource
{
    private const float Prior = 20;

    internal override FeatureGroup Group => FeatureGroup.Text;

    internal override bool NeedsStatistics => true;

    internal override IReadOnlyList<int> Leading { get; } = [0, 2];

    internal override IReadOnlyList<string> Names { get; } = ["recommended after the words", "recommended after the last words", "recommended after the words, weighted"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        Add(turn.Text.Words, turn.Statistics!, columns[0], columns[2]);
        Add(turn.Text.LastWords, turn.Statistics!, columns[1], default);
    }

    private static void Add(string[] words, DialogueStatistics counts, Span<float> scores, Span<float> weighted)
    {
        float scale = 1 / MathF.Sqrt(Math.Max(1, words.Length));
        foreach (string word in words)
        {
            float n = counts.Said(word, out ReadOnlySpan<int> items, out ReadOnlySpan<float> said);
            float idf = MathF.Log(1 + (counts.Dialogues / (n + 1)));
            for (int i = 0; i < items.Length; i++)
            {
                float share = (counts.Recommended[items[i]] + 1) / (counts.TotalRecommended + 1);
                scores[items[i]] += scale * MathF.Log(1 + (said[i] / (Prior * share * 20)));
                if (!weighted.IsEmpty)
                    weighted[items[i]] += scale * idf * said[i] / (n + 5);
            }
        }

        foreach (ref float value in weighted)
            value = MathF.Sqrt(value);
    }
}
