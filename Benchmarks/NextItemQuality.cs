using Data.Splitting;
using Evaluation.Ranking;
using Trainers;

namespace Benchmarks;

/// <summary>HR@10 and NDCG@10 of each user's last item among all items but those of the history, which holds the validation item.</summary>
internal static class NextItemQuality
{
    private const int Cutoff = 10;

    public static (double Hit, double Ndcg) Of(IHistoryScorer scorer, NextItemSplit split, int threads)
    {
        Interactions histories = split.TrainWithValidation();
        var gains = new double[histories.UserCount];
        Parallel.For(0, gains.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new float[histories.ItemCount], (user, _, scores) =>
        {
            scorer.Score(histories.ItemsOf(user), user, scores);
            Span<int> top = stackalloc int[Cutoff];
            Span<float> topScores = stackalloc float[Cutoff];
            int count = TopK.Select(scores, histories.ItemsOf(user), [], top, topScores);
            int rank = split.TestItems(user) is [var target] ? top[..count].IndexOf(target) : -1;
            gains[user] = rank < 0 ? 0 : 1 / Math.Log2(rank + 2);
            return scores;
        }, _ => { });
        return (gains.Average(gain => gain > 0 ? 1.0 : 0), gains.Average());
    }
}
