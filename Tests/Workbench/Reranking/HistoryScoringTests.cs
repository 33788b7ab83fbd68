using Tests.Workbench.MlNet;
using Trainers;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

public sealed class HistoryScoringTests
{
    /// <summary>Counts how often an item of three is in the history; knows nothing of item 2.</summary>
    private sealed class Counting(float[]? without = null) : IHistoryScorer
    {
        public int ItemCount => 3;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores)
        {
            scores.Clear();
            without?.CopyTo(scores);
            foreach (int item in history)
                scores[item] += item == 2 ? 0 : 1;
        }
    }

    /// <summary>Scores of four items; item 1 was never seen in training.</summary>
    private sealed class Trained() : ItemEmbeddings(4, 2, [1, 0, 0, 0, 0, 1, 1, 1]), IHistoryScorer
    {
        public int ItemCount => 4;

        public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => new float[] { -2, 0, -1, -3 }.CopyTo(scores);
    }

    [Fact]
    public void What_training_saw_nothing_of_comes_last()
    {
        var scores = new float[4];
        Assert.True(new HistoryScoring(new Trained()).TryScore(new Query([0], [], 0), scores));
        Assert.Equal([-2, float.MinValue, -1, -3], scores);
        Assert.Equal([2, 0, 3, 1], Ranked.Items(new RankingTransformer(new HistoryScoring(new Trained()), new RankingOptions(ExcludeMentioned: false)), [0], [], 4));
    }

    [Fact]
    public void The_history_is_what_was_mentioned()
    {
        var scores = new float[3];
        Assert.True(new HistoryScoring(new Counting()).TryScore(new Query([1, 1, 0], [2], 0), scores));
        Assert.Equal([1, 2, 0], scores);
        Assert.Equal(3, new HistoryScoring(new Counting()).ItemCount);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 2 })]
    public void A_scorer_that_cannot_tell_items_apart_leaves_the_query_to_the_fallback(int[] history)
    {
        Assert.False(new HistoryScoring(new Counting()).TryScore(new Query(history, [], 0), new float[3]));
        var transformer = new RankingTransformer(new HistoryScoring(new Counting()), new RankingOptions(ExcludeMentioned: false, Fallback: [1, 3, 2]));
        Assert.Equal([1, 2, 0], Ranked.Items(transformer, history, [], 3));
        Assert.Equal(1, transformer.FallbacksUsed);
    }

    [Fact]
    public void A_scorer_that_knows_better_without_a_history_needs_no_fallback() =>
        Assert.True(new HistoryScoring(new Counting([0, 2, 1])).TryScore(new Query([], [], 0), new float[3]));

    [Fact]
    public void The_fallback_puts_the_lists_items_first()
    {
        var transformer = new RankingTransformer(new HistoryScoring(new Counting()), new RankingOptions(Fallback: [1, 3, 2]));
        Assert.Equal([2, 0, 1], Ranked.Items(transformer, [], [2, 0], 3));
    }
}
