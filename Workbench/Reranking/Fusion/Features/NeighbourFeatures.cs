using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>What was recommended in other dialogues that sound like this one: in the nearest, and in all by the square of their likeness.</summary>
internal sealed class NeighbourFeatures : FeatureSource
{
    private const int Nearest = 30;
    private const float Prior = 0.02f;

    internal override FeatureGroup Group => FeatureGroup.Text;

    internal override bool NeedsStatistics => true;

    internal override IReadOnlyList<int> Leading { get; } = [0, 1];

    internal override IReadOnlyList<string> Names { get; } =
        ["in dialogues that sound alike", "in dialogues that sound alike, over popularity", "in the nearest dialogues", "said by one who sounds alike"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        DialogueStatistics statistics = turn.Statistics!;
        SpokenDialogues spoken = statistics.Spoken;
        float[] likeness = spoken.Similarities(turn.Text.Terms);
        Add(likeness, spoken, 2, columns[0]);
        float all = 0;
        foreach (float one in likeness)
            all += one * one;
        for (int item = 0; item < columns.ItemCount; item++)
        {
            float share = (statistics.Recommended[item] + 0.5f) / (statistics.TotalRecommended + 1);
            columns[1][item] = all > 0 ? MathF.Log(1 + (columns[0][item] / all / (share + Prior))) : 0;
            columns[0][item] = MathF.Sqrt(columns[0][item]);
        }

        float[] sorted = [.. likeness.OrderDescending().Take(Nearest + 1)];
        float bar = sorted.Length == 0 ? 0 : sorted[^1];
        Add([.. likeness.Select(one => one > bar ? one : 0)], spoken, 1, columns[2]);
        Add(spoken.Similarities(turn.Text.Terms.Where(term => term.StartsWith("r ", StringComparison.Ordinal))), spoken, 2, columns[3]);
        foreach (ref float value in columns[3])
            value = MathF.Sqrt(value);
    }

    private static void Add(float[] likeness, SpokenDialogues spoken, int power, Span<float> scores)
    {
        for (int dialogue = 0; dialogue < likeness.Length; dialogue++)
        {
            float weight = power == 2 ? likeness[dialogue] * likeness[dialogue] : likeness[dialogue];
            if (weight == 0)
                continue;
            foreach (int item in spoken.Recommended.Items(dialogue))
                scores[item] += weight;
        }
    }
}
