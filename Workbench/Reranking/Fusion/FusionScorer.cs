using System.Buffers;
using System.Numerics.Tensors;
using Evaluation.Ranking;
using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Features;

namespace Workbench.Reranking.Fusion;

/// <summary>Ranks by fitted models: one for all dialogues, or for each dialogue the one that was not fitted on it.</summary>
/// <param name="features">F features of I items</param>
/// <param name="models">by fold, or one</param>
/// <param name="folds">null for one model</param>
internal sealed class FusionScorer(FeatureSet features, FusionModel[] models, DialogueFolds? folds) : IQueryScorer
{
    // Deeper ones keep the linear order.
    private const int Reordered = 300;

    public int ItemCount => features.ItemCount;

    public bool ReadsDialogue => true;

    public bool TryScore(Query query, Span<float> scores)
    {
        Dialogue dialogue = query.Dialogue ?? throw new InvalidOperationException("A fusion reads what was said: the query has no dialogue.");
        FusionModel model = models[folds is null ? 0 : Math.Max(0, folds.Of(dialogue.Conversation))];
        var turn = FusionTurn.Of(query.Mentioned, query.LlmItems, dialogue.Context, model.Statistics);
        float[] table = ArrayPool<float>.Shared.Rent(features.Names.Count * ItemCount);
        try
        {
            Span<float> values = table.AsSpan(0, features.Names.Count * ItemCount);
            features.Fill(turn, values);
            scores.Clear();
            for (int f = 0; f < features.Names.Count; f++)
                TensorPrimitives.MultiplyAdd(values.Slice(f * ItemCount, ItemCount), model.Linear.Weights[f], scores, scores);
            if (model.Trees.Length > 0)
                AddTrees(model.Trees, values, query.Mentioned, scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(table);
        }

        return true;
    }

    /// <summary>
    /// Trees put the best of the linear ranker in order; those of the query take no place among them. What trees say has no level of its own,
    /// so all of them are lifted above the rest.
    /// </summary>
    private void AddTrees(RegressionTree[] trees, ReadOnlySpan<float> values, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        var items = new int[Math.Min(Reordered, scores.Length)];

        // One more, always 0: for features that a travelled tree asks for in vain.
        var row = new float[features.Names.Count + 1];
        int found = TopK.Select(scores, mentioned, [], items, new float[items.Length]);
        foreach (int item in items.AsSpan(0, found))
        {
            for (int f = 0; f < features.Names.Count; f++)
                row[f] = values[(f * ItemCount) + item];
            foreach (RegressionTree tree in trees)
                scores[item] += tree.Of(row);
        }

        float most = TensorPrimitives.Max(scores) + 1, least = float.PositiveInfinity;
        foreach (int item in items.AsSpan(0, found))
            least = MathF.Min(least, scores[item]);
        foreach (int item in items.AsSpan(0, found))
            scores[item] += most - least;
    }
}
