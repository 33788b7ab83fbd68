namespace Workbench.Reranking.Fusion.Features;

/// <summary>How much is known of the turn: the same for all items, so that it tells trees alone when to trust what.</summary>
internal sealed class TurnFeatures : FeatureSource
{
    internal override FeatureGroup Group => FeatureGroup.None;

    internal override IReadOnlyList<int> Leading { get; } = [];

    internal override IReadOnlyList<string> Names { get; } = ["items mentioned", "items listed", "utterances", "words said"];

    internal override void Fill(FusionTurn turn, FeatureColumns columns)
    {
        columns[0].Fill(turn.Mentioned.Length);
        columns[1].Fill(turn.LlmItems.Length);
        columns[2].Fill(turn.Text.Lines);
        columns[3].Fill(turn.Text.Words.Length);
    }
}
