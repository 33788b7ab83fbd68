using Workbench.Reranking.Fusion.Statistics;
using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion;

/// <summary>A turn as features see it. Nothing of what is to be found is in it.</summary>
/// <param name="Mentioned">oldest first</param>
/// <param name="LlmItems">best first</param>
/// <param name="Text">what was said before</param>
/// <param name="Statistics">of dialogues other than this one; null where the tier has none</param>
internal sealed record FusionTurn(int[] Mentioned, int[] LlmItems, ConversationText Text, DialogueStatistics? Statistics)
{
    /// <param name="llmItems">less those that are mentioned: models repeat them, and they keep no place</param>
    internal static FusionTurn Of(ReadOnlySpan<int> mentioned, ReadOnlySpan<int> llmItems, string context, DialogueStatistics? statistics)
    {
        int[] known = mentioned.ToArray();
        return new FusionTurn(known, [.. llmItems.ToArray().Except(known)], new ConversationText(context), statistics);
    }
}
