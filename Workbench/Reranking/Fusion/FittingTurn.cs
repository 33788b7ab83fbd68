namespace Workbench.Reranking.Fusion;

/// <summary>A turn that something may be learned from. Items are rows.</summary>
/// <param name="Conversation">turns of one dialogue share it, and a fold</param>
/// <param name="Context">what was said before, a line per utterance, as in the Context column</param>
/// <param name="Mentioned">oldest first</param>
/// <param name="Targets">what was recommended</param>
/// <param name="LlmItems">what the language model named, best first; empty for none</param>
public sealed record FittingTurn(string Conversation, string Context, int[] Mentioned, int[] Targets, int[] LlmItems)
{
    /// <summary>What was fitted on them says so.</summary>
    internal static string Described(IReadOnlyCollection<FittingTurn> turns) =>
        FormattableString.Invariant($"fitted on {turns.Count(turn => turn.Targets.Length > 0):N0} turns of {turns.DistinctBy(turn => turn.Conversation).Count():N0} dialogues");
}
