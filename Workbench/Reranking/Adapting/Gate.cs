using Trainers;
using Workbench.Reranking.Fusion.Features;

namespace Workbench.Reranking.Adapting;

/// <summary>alpha g + (1 - alpha) CF, both z-scored per turn (He et al. 2025, Reindex-Then-Adapt); alpha is what gives the fitting turns the best NDCG@10.</summary>
internal static class Gate
{
    private const int Depth = 10, Steps = 20;

    internal static IHistoryScorer Required(IHistoryScorer? collaborative) =>
        collaborative ?? throw new UserErrorException("`gate` mixes in collaborative filtering, and the catalogue has no ratings to learn it from: drop this row");

    /// <summary>CF of a history, z-scored; zeros without one.</summary>
    internal static float[] Collaborative(IHistoryScorer scorer, ReadOnlySpan<int> history)
    {
        var scores = new float[scorer.ItemCount];
        if (history.IsEmpty)
            return scores;
        scorer.Score(history, 0, scores);
        FeatureSource.Standardise(scores);
        return scores;
    }

    /// <summary>The best of 0, 0.05 .. 1; of equal ones the greatest, which trusts the reranker.</summary>
    /// <param name="collaborative">as many as turns, I each</param>
    internal static float Fit(IReadOnlyList<AdaptedTurn> turns, IReadOnlyList<float[]> collaborative, TrainingRun run)
    {
        var gains = new double[turns.Count, Steps + 1];
        Parallel.For(0, turns.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation }, t =>
        {
            var mixed = new float[turns[t].Scores.Length];
            for (int step = 0; step <= Steps; step++)
            {
                Mix(turns[t].Scores, collaborative[t], step / (float)Steps, mixed);
                foreach (int item in turns[t].Mentioned)
                    mixed[item] = float.NegativeInfinity;
                foreach (int target in turns[t].Targets)
                {
                    int before = 0;
                    for (int item = 0; item < mixed.Length && before < Depth; item++)
                        before += mixed[item] > mixed[target] || (mixed[item] == mixed[target] && item < target) ? 1 : 0;
                    gains[t, step] += before < Depth ? 1 / Math.Log2(before + 2) : 0;
                }
            }
        });

        (float best, double most) = (1, -1);
        for (int step = Steps; step >= 0; step--)
        {
            double sum = 0;
            for (int t = 0; t < turns.Count; t++)
                sum += gains[t, step];
            if (sum > most)
                (best, most) = (step / (float)Steps, sum);
        }

        return best;
    }

    internal static void Mix(ReadOnlySpan<float> g, ReadOnlySpan<float> collaborative, float alpha, Span<float> mixed)
    {
        for (int item = 0; item < mixed.Length; item++)
            mixed[item] = (alpha * g[item]) + ((1 - alpha) * collaborative[item]);
    }
}
