using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>How often an item shared other dialogues with the mentioned items, or with the language model's.</summary>
/// <remarks>Legend: m an item of the query, i a candidate, c(m, i) dialogues with both, n(m) dialogues with m, p(i) share of i in all occurrences.</remarks>
internal sealed class CoMentionFeatures(bool llm) : FeatureSource
{
    // Pseudo-dialogues of the prior, and of one that is seen.
    private const float Prior = 10, Shrink = 2;

    internal override FeatureGroup Group => FeatureGroup.CoMention;

    internal override bool NeedsStatistics => true;

    internal override IReadOnlyList<FeatureGroup> AlsoNeeds => llm ? [FeatureGroup.Llm] : [];

    internal override IReadOnlyList<int> Leading { get; } = [1, 3];

    internal override IReadOnlyList<string> Names { get; } = llm
        ? ["co-mention with llm items", "co-mention with llm items, cosine", "co-mention with llm items, log", "follows llm items"]
        : ["co-mention", "co-mention, cosine", "co-mention, log", "follows", "co-mention with last", "co-mention, max"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        DialogueStatistics counts = turn.Statistics!;
        int[] items = llm ? turn.LlmItems : turn.Mentioned;
        if (items.Length == 0)
            return;
        for (int place = 0; place < items.Length; place++)
        {
            int of = items[place];
            float n = counts.Occurring[of], weight = llm ? Discount(place) : 1;
            Conditional(counts.Following, of, n, weight, columns[3]);
            ReadOnlySpan<int> others = counts.Together.Items(of);
            ReadOnlySpan<float> shared = counts.Together.Counts(of);
            for (int i = 0; i < others.Length; i++)
            {
                int other = others[i];
                float m = counts.Occurring[other], share = (m + 0.5f) / (counts.TotalOccurring + 1), conditional = shared[i] / (n + Shrink);
                columns[0][other] += weight * conditional;
                columns[1][other] += weight * shared[i] / MathF.Sqrt((n + Shrink) * (m + Shrink));
                columns[2][other] += weight * MathF.Log(1 + (shared[i] / (Prior * share * 50)));
                if (!llm)
                {
                    columns[4][other] += place == items.Length - 1 ? conditional : 0;
                    columns[5][other] = MathF.Max(columns[5][other], conditional);
                }
            }
        }

        // Square roots: the first dialogue says more than the tenth.
        for (int column = 0; column < Names.Count; column++)
        {
            if (column == 2)
                continue;
            foreach (ref float value in columns[column])
                value = MathF.Sqrt(value);
        }
    }

    private static void Conditional(SparseCounts pairs, int of, float n, float weight, Span<float> scores)
    {
        ReadOnlySpan<int> others = pairs.Items(of);
        ReadOnlySpan<float> shared = pairs.Counts(of);
        for (int i = 0; i < others.Length; i++)
            scores[others[i]] += weight * shared[i] / (n + Shrink);
    }
}
