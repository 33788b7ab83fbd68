namespace Workbench.Reranking.Fusion.Features;

/// <summary>Where the language model put an item.</summary>
internal sealed class LlmListFeatures : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.Llm;

    internal override IReadOnlyList<string> Names { get; } = ["llm list", "llm rank discount", "llm rank reciprocal", "llm top 3", "llm rank linear"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        for (int rank = 0; rank < turn.LlmItems.Length; rank++)
        {
            int item = turn.LlmItems[rank];
            columns[0][item] = 1;
            columns[1][item] = Discount(rank);
            columns[2][item] = 1f / (rank + 1);
            columns[3][item] = rank < 3 ? 1 : 0;
            columns[4][item] = 1 - (rank / 20f);
        }
    }
}
