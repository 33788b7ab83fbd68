using Trainers.Pooling;

namespace Tests.Trainers.Pooling;

public sealed class PooledEmbeddingsTests
{
    // Three items of two dimensions; queries and candidates differ.
    private static readonly float[] Queries = [1, 0, 0, 2, 3, 4];

    private static readonly float[] Candidates = [2, 0, 1, 1, 0, 0];

    private static float[] Score(HistoryPooling pooling, Similarity similarity, int? last, float[]? biases, params int[] history)
    {
        var model = new PooledEmbeddings(2, Queries, Queries, Candidates, biases, pooling, similarity, last);
        var scores = new float[3];
        model.Score(history, 0, scores);
        return scores;
    }

    [Fact]
    public void The_mean_is_that_of_the_similarities()
    {
        Assert.Equal([1, 1.5f, 0], Score(HistoryPooling.Mean, Similarity.Dot, null, null, 0, 1));
        Assert.Equal([1.5f, 2, 0.5f], Score(HistoryPooling.Mean, Similarity.Dot, null, [0.5f, 0.5f, 0.5f], 0, 1));
        Assert.Equal([4f / 3, 4f / 3, 0], Score(HistoryPooling.Mean, Similarity.Dot, null, null, 0, 1, 0));
    }

    [Fact]
    public void The_greatest_is_that_of_the_similarities() =>
        Assert.Equal([6, 7, 0], Score(HistoryPooling.Max, Similarity.Dot, null, null, 0, 2, 1));

    [Fact]
    public void Cosines_are_of_length_1_and_zero_stays_zero()
    {
        float[] scores = Score(HistoryPooling.Mean, Similarity.Cosine, null, null, 2);
        Assert.Equal(0.6f, scores[0], 1e-6f);
        Assert.Equal(7 / 5f / MathF.Sqrt(2), scores[1], 1e-6f);
        Assert.Equal(0, scores[2]);
    }

    [Fact]
    public void Only_the_last_items_count()
    {
        Assert.Equal(Score(HistoryPooling.Mean, Similarity.Dot, null, null, 0, 1), Score(HistoryPooling.Mean, Similarity.Dot, 2, null, 2, 2, 0, 1));
        Assert.Equal(Score(HistoryPooling.Max, Similarity.Dot, null, null, 0), Score(HistoryPooling.Max, Similarity.Dot, 1, null, 2, 0));
    }

    [Fact]
    public void An_empty_history_scores_the_biases()
    {
        Assert.Equal([0, 0, 0], Score(HistoryPooling.Max, Similarity.Dot, null, null));
        Assert.Equal([1, 2, 3], Score(HistoryPooling.Mean, Similarity.Dot, null, [1, 2, 3]));
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(HistoryPooling.Mean, Similarity.Dot, null, null, 3));
        Assert.Throws<ArgumentException>(() => new PooledEmbeddings(2, Queries, [1, 2], Candidates, null, HistoryPooling.Mean, Similarity.Dot, null));
    }
}
