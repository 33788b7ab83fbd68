using Trainers;
using Workbench.Reranking.Fusion;

namespace Workbench.Reranking.Adapting;

/// <summary>An adapted reranker: one adaption for all dialogues, or for each dialogue the one that was not fitted on it.</summary>
/// <param name="adapted">gives g</param>
/// <param name="collaborative">what <c>gate</c> mixes in</param>
/// <param name="adaptions">by fold, or one</param>
/// <param name="folds">of the dialogues they were fitted on; null for one</param>
internal sealed class AdaptedScorer(IQueryScorer adapted, IHistoryScorer? collaborative, Adaption[] adaptions, DialogueFolds? folds) : IQueryScorer
{
    public int ItemCount => adapted.ItemCount;

    public bool ReadsDialogue => true;

    public bool TryScore(Query query, Span<float> scores)
    {
        Dialogue dialogue = query.Dialogue ?? throw new InvalidOperationException("An adapted reranker must know the dialogue: the query has none.");
        Adaption adaption = adaptions[folds is null ? 0 : Math.Max(0, folds.Of(dialogue.Conversation))];
        adaption.Adapt(AdaptedTurn.Standardised(adapted, query), collaborative, query.Mentioned, scores);
        return true;
    }
}
