using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>How often an item was recommended or occurs in other dialogues.</summary>
internal sealed class PopularityFeatures : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Popularity;

    internal override bool NeedsStatistics => true;

    internal override IReadOnlyList<string> Names { get; } =
        ["log recommended", "log occurring", "recommended", "log recommended, nothing mentioned", "log recommended, at the beginning"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        DialogueStatistics counts = turn.Statistics!;
        float scale = 1000f / Math.Max(1, counts.Dialogues);
        for (int item = 0; item < columns.ItemCount; item++)
        {
            float log = MathF.Log(1 + (scale * counts.Recommended[item]));
            columns[0][item] = log;
            columns[1][item] = MathF.Log(1 + (scale * counts.Occurring[item]));
            columns[2][item] = MathF.Sqrt(scale * counts.Recommended[item]);
            columns[3][item] = turn.Mentioned.Length == 0 ? log : 0;
            columns[4][item] = turn.Text.Lines <= 2 ? log : 0;
        }
    }
}
