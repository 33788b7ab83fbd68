using Trainers;
using Workbench.Reranking.Fusion;

namespace Workbench.Reranking.Adapting;

/// <summary>Fits <c>bias</c> or <c>gate</c> on turns with replies.</summary>
/// <param name="adapted">gives g</param>
/// <param name="collaborative">what <c>gate</c> mixes in; null for none</param>
internal sealed class AdaptFitting(IQueryScorer adapted, IHistoryScorer? collaborative, AdaptOptions options, TrainingRun run)
{
    // How much a bias is shrunk is chosen on them.
    private const int InnerFolds = 12;

    /// <summary>On all turns.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    internal Adaption Whole(IReadOnlyList<FittingTurn> turns)
    {
        AdaptedTurn[] telling = Telling(turns);
        return Fit(telling, Collaborative(telling), Inner(turns));
    }

    /// <summary>Once per fold, on all turns outside it.</summary>
    /// <exception cref="UserErrorException">There is nothing to learn from.</exception>
    internal AdaptedScorer Crossed(IReadOnlyList<FittingTurn> turns)
    {
        AdaptedTurn[] telling = Telling(turns);
        float[][] cf = Collaborative(telling);
        var folds = new DialogueFolds(turns.Select(turn => turn.Conversation), options.Folds, run.Seed);
        DialogueFolds inner = Inner(turns);
        var adaptions = new Adaption[options.Folds];
        for (int fold = 0; fold < adaptions.Length; fold++)
        {
            int[] others = [.. Enumerable.Range(0, telling.Length).Where(t => folds.Of(telling[t].Conversation) != fold)];
            adaptions[fold] = Fit([.. others.Select(t => telling[t])], cf.Length == 0 ? [] : [.. others.Select(t => cf[t])], inner);
        }

        return new AdaptedScorer(adapted, collaborative, adaptions, folds);
    }

    /// <param name="collaborative">by turn CF of what was mentioned, for <c>gate</c></param>
    private Adaption Fit(AdaptedTurn[] turns, float[][] collaborative, DialogueFolds inner) => options is GateOptions
        ? new Adaption(null, Gate.Fit(turns, collaborative, run))
        : new Adaption(ItemBiasFitting.Fit(turns, adapted.ItemCount, turn => inner.Of(turn.Conversation), run), 1);

    private DialogueFolds Inner(IReadOnlyList<FittingTurn> turns) => new(turns.Select(turn => turn.Conversation), InnerFolds, run.Seed + 1);

    private AdaptedTurn[] Telling(IReadOnlyList<FittingTurn> turns)
    {
        AdaptedTurn[] telling = [.. turns.Where(turn => turn.Targets.Length > 0).Select(turn => AdaptedTurn.Of(turn, adapted))];
        return telling.Length > 0 ? telling : throw new UserErrorException("there is no turn to learn from: none with replies has a target in the catalogue");
    }

    private float[][] Collaborative(AdaptedTurn[] turns) =>
        options is GateOptions ? [.. turns.Select(turn => Gate.Collaborative(Gate.Required(collaborative), turn.Mentioned))] : [];
}
