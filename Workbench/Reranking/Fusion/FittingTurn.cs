namespace Workbench.Reranking.Fusion;

/// <summary>A turn that something may be learned from. Items are rows.</summary>
/// <param name="Conversation">turns of one dialogue share it, and a fold</param>
/// <param name="Context">what was said before, a line per utterance, as in the Context column</param>
/// <param name="Mentioned">oldest first</param>
/// <param name="Targets">what was recommended</param>
/// <param name="LlmItems">what the language model named, best first; empty for none</param>
public sealed record FittingTurn(string Conversation, string Context, int[] Mentioned, int[] Targets, int[] LlmItems);
