using Trainers;

namespace Workbench.Reranking.Adapting;

/// <summary>What <c>bias</c> or <c>gate</c> learned.</summary>
/// <param name="Bias">of <c>bias</c>; null for <c>gate</c></param>
/// <param name="Share">of <c>gate</c>: alpha, how much the adapted reranker is trusted</param>
internal sealed record Adaption(ItemBias? Bias, float Share)
{
    /// <param name="g">I: the adapted reranker's scores, z-scored</param>
    /// <param name="collaborative">for <c>gate</c></param>
    /// <param name="mentioned">the history that it scores</param>
    /// <param name="scores">I</param>
    internal void Adapt(ReadOnlySpan<float> g, IHistoryScorer? collaborative, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        if (Bias is not null)
            Bias.Adapt(g, scores);
        else
            Gate.Mix(g, Gate.Collaborative(Gate.Required(collaborative), mentioned), Share, scores);
    }
}
