using Trainers;
using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Features;
using Workbench.Reranking.Fusion.Fitting;
using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion;

/// <summary>Fits a fusion on turns with replies.</summary>
/// <remarks>
/// A fitting turn sees statistics of dialogues outside its own inner fold only, as a new turn will: otherwise the ranker would trust them too much.
/// </remarks>
internal sealed class FusionFitting(FusionSources sources, FusionOptions options, FeatureSet features, TrainingRun run)
{
    private const int InnerFolds = 6, ChoiceParts = 3, First = 6, Sampled = 50;

    private readonly DialogueFacts[] _spoken = options.Tier is FusionTier.Validation or FusionTier.All ? DialogueFacts.Of(sources.Spoken) : [];

    internal FusionModel Fit(IReadOnlyList<FittingTurn> turns)
    {
        FittingTurn[] telling = [.. turns.Where(turn => turn.Targets.Length > 0)];
        if (telling.Length == 0)
            throw new UserErrorException("`fusion` has no turn to learn from: none with replies has a target in the catalogue");
        var inner = new DialogueFolds(turns.Select(turn => turn.Conversation), InnerFolds, run.Seed);
        DialogueFacts[] facts = options.Tier == FusionTier.All ? DialogueFacts.Of(turns) : [];
        DialogueStatistics?[] statistics = Statistics(facts, inner);
        FittingRows rows = Rows(telling, inner, statistics);
        (LinearWeights linear, float[][] withoutPart) = LinearFitting.Fit(rows, features.Names, run);
        RegressionTree[] trees = options.Ranker == FusionRanker.Boosted ? new BoostedFitting(new BoostingSettings(), run).Fit(rows, linear, withoutPart) : [];
        return new FusionModel(options, linear, trees, UsesStatistics ? DialogueStatistics.Of([.. _spoken, .. facts], features.ItemCount) : null);
    }

    private bool UsesStatistics => options.Tier is FusionTier.Validation or FusionTier.All;

    /// <summary>For each inner fold those of all dialogues outside it.</summary>
    private DialogueStatistics?[] Statistics(DialogueFacts[] facts, DialogueFolds inner)
    {
        if (!UsesStatistics)
            return new DialogueStatistics?[InnerFolds];
        if (facts.Length == 0)
            return [.. Enumerable.Repeat(DialogueStatistics.Of(_spoken, features.ItemCount), InnerFolds)];
        var made = new DialogueStatistics[InnerFolds];
        Parallel.For(0, InnerFolds, InParallel, fold => made[fold] = DialogueStatistics.Of([.. _spoken, .. facts.Where(dialogue => inner.Of(dialogue.Conversation) != fold)], features.ItemCount));
        return made;
    }

    private ParallelOptions InParallel => new() { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };

    private FittingRows Rows(FittingTurn[] turns, DialogueFolds inner, DialogueStatistics?[] statistics)
    {
        int items = features.ItemCount, count = features.Names.Count;
        var sampling = new CandidateSampling(features, First, Sampled, run.Seed);
        var chosen = new (int[] Items, double[] LogWeights, float[] Values)[turns.Length];
        Parallel.For(0, turns.Length, InParallel, () => new float[count * items], (t, _, table) =>
        {
            FittingTurn turn = turns[t];
            features.Fill(FusionTurn.Of(turn.Mentioned, turn.LlmItems, turn.Context, statistics[inner.Of(turn.Conversation)]), table);
            (int[] rows, double[] weights) = sampling.Choose(t, turn, table);
            var values = new float[rows.Length * count];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int f = 0; f < count; f++)
                    values[(i * count) + f] = table[(f * items) + rows[i]];
            }

            chosen[t] = (rows, weights, values);
            return table;
        }, _ => { });

        var offsets = new int[turns.Length + 1];
        for (int t = 0; t < turns.Length; t++)
            offsets[t + 1] = offsets[t] + chosen[t].Items.Length;
        var all = new float[(long)offsets[^1] * count];
        for (int t = 0; t < turns.Length; t++)
            chosen[t].Values.CopyTo(all, (long)offsets[t] * count);
        return new FittingRows(
            count, offsets, all, [.. chosen.SelectMany(turn => turn.LogWeights)],
            [.. turns.SelectMany((turn, t) => chosen[t].Items.Select(item => turn.Targets.Contains(item) ? 1.0 : 0.0))],
            [.. turns.Select(turn => inner.Of(turn.Conversation) % ChoiceParts)]);
    }
}
