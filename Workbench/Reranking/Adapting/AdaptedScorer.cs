using Trainers;
using Workbench.Reranking.Fusion;

namespace Workbench.Reranking.Adapting;

/// <summary>An adapted reranker: for each dialogue by what the other folds taught.</summary>
/// <param name="adapted">gives g</param>
/// <param name="adapt">by fold: from g and the mentioned items to scores</param>
/// <param name="folds">of the dialogues it was fitted on</param>
internal sealed class AdaptedScorer(IQueryScorer adapted, AdaptedScorer.Adapt[] adapt, DialogueFolds folds) : IQueryScorer
{
    internal delegate void Adapt(ReadOnlySpan<float> g, ReadOnlySpan<int> mentioned, Span<float> scores);

    public int ItemCount => adapted.ItemCount;

    public bool ReadsDialogue => true;

    public bool TryScore(Query query, Span<float> scores)
    {
        Dialogue dialogue = query.Dialogue ?? throw new InvalidOperationException("An adapted reranker must know the dialogue: the query has none.");
        adapt[Math.Max(0, folds.Of(dialogue.Conversation))](AdaptedTurn.Standardised(adapted, query), query.Mentioned, scores);
        return true;
    }

    /// <summary>Fits <c>bias</c> or <c>gate</c> once per fold, on all turns outside it.</summary>
    internal static AdaptedScorer Fit(IQueryScorer adapted, IHistoryScorer? collaborative, AdaptOptions options, IReadOnlyList<FittingTurn> turns, TrainingRun run)
    {
        AdaptedTurn[] telling = [.. turns.Where(turn => turn.Targets.Length > 0).Select(turn => AdaptedTurn.Of(turn, adapted))];
        if (telling.Length == 0)
            throw new UserErrorException("there is no turn to learn from: none with replies has a target in the catalogue");
        var folds = new DialogueFolds(turns.Select(turn => turn.Conversation), options.Folds, run.Seed);
        var inner = new DialogueFolds(turns.Select(turn => turn.Conversation), 12, run.Seed + 1);
        float[][] cf = options is GateOptions ? [.. telling.Select(turn => Gate.Collaborative(Required(collaborative), turn.Mentioned))] : [];
        var adapt = new Adapt[options.Folds];
        for (int fold = 0; fold < adapt.Length; fold++)
        {
            int[] others = [.. Enumerable.Range(0, telling.Length).Where(t => folds.Of(telling[t].Conversation) != fold)];
            if (options is GateOptions)
            {
                float alpha = Gate.Fit([.. others.Select(t => telling[t])], [.. others.Select(t => cf[t])], run);
                adapt[fold] = (g, mentioned, scores) => Gate.Mix(g, Gate.Collaborative(Required(collaborative), mentioned), alpha, scores);
            }
            else
            {
                ItemBias bias = ItemBiasFitting.Fit([.. others.Select(t => telling[t])], adapted.ItemCount, turn => inner.Of(turn.Conversation), run);
                adapt[fold] = (g, _, scores) => bias.Adapt(g, scores);
            }
        }

        return new AdaptedScorer(adapted, adapt, folds);
    }

    private static IHistoryScorer Required(IHistoryScorer? collaborative) =>
        collaborative ?? throw new UserErrorException("`gate` mixes in collaborative filtering, and the catalogue has no ratings to learn it from: drop this row");
}
