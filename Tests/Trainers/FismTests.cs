using Trainers;
using Trainers.FactoredSimilarity;

namespace Tests.Trainers;

public sealed class FismTests
{
    private static readonly Interactions Interactions = Planted.Interactions(users: 150, items: 41, seed: 8);

    private static FismEmbeddings Train(FismOptions options, Interactions? interactions = null, TrainingRun? run = null) =>
        (FismEmbeddings)new Fism(options).Train(interactions ?? Interactions, run ?? new TrainingRun());

    private static float[] Score(FismEmbeddings model, params int[] history)
    {
        var scores = new float[model.ItemCount];
        model.Score(history, 0, scores);
        return scores;
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Theory]
    [InlineData(FismVariant.Auc)]
    [InlineData(FismVariant.Rmse)]
    [InlineData(FismVariant.Softmax)]
    public void The_loss_falls_and_planted_groups_are_found(FismVariant variant)
    {
        // Users prefer items of their own group, which is their number modulo 4.
        var reports = new List<TrainingProgress>();
        var options = new FismOptions { Variant = variant, Dimension = 8, Epochs = 40, LearningRate = 0.01, Regularization = 0.1, BatchUsers = 16, Negatives = 8 };
        FismEmbeddings model = Train(options, run: new TrainingRun(Progress: new Reports(reports)));
        Assert.Equal(Enumerable.Range(1, 40), reports.Select(report => report.Epoch));
        Assert.True(reports[^1].Loss < 0.8 * reports[0].Loss, $"{reports[0].Loss} to {reports[^1].Loss}");
        float[] scores = Score(model, 1, 5, 9);
        double inside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 1]), outside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 2]);
        Assert.True(inside > outside + 0.2, $"{inside} against {outside}");
    }

    [Theory]
    [InlineData(FismVariant.Auc)]
    [InlineData(FismVariant.Rmse)]
    [InlineData(FismVariant.Softmax)]
    public void Every_variant_gives_the_same_bits_whatever_the_threads(FismVariant variant)
    {
        var options = new FismOptions { Variant = variant, Dimension = 20, Epochs = 3, BatchUsers = 7 };
        float[] expected = Score(Train(options), 1, 2, 3);
        foreach (int threads in (int[])[2, 3, 7])
            Assert.Equal(expected, Score(Train(options, run: new TrainingRun(Threads: threads)), 1, 2, 3));
    }

    [Fact]
    public void Only_the_last_items_count_if_so_wished()
    {
        var options = new FismOptions { Dimension = 5, Epochs = 2 };
        FismEmbeddings all = Train(options), last = Train(options with { LastItems = 3 });
        Assert.Equal(all.Values, last.Values);
        Assert.Equal(Score(all, 3, 17, 8), Score(last, 1, 2, 3, 17, 8));
        Assert.Equal(Score(all, 3, 8), Score(last, 3, 8));
        Assert.NotEqual(Score(all, 1, 3, 17, 8), Score(last, 1, 3, 17, 8));
    }

    [Fact]
    public void Users_that_teach_nothing_are_refused_in_one_line()
    {
        foreach (Interactions nothing in (Interactions[])[Planted.Of(3, [[0], [1], [2, 2]]), Planted.Of(2, [[0, 1], [1, 0]])])
        {
            Assert.Equal("fism has nothing to learn from: it needs a user who has two items and lacks a third",
                Assert.Throws<UserErrorException>(() => Train(new FismOptions(), nothing)).Message);
        }
    }

    [Fact]
    public void A_history_is_scored_by_the_definition()
    {
        var options = new FismOptions { Variant = FismVariant.Auc, Dimension = 5, Alpha = 0.3, ItemBias = false, InitStddev = 0.5, Epochs = 2 };
        FismEmbeddings q = Train(options), p = Train(options with { Vectors = FismVectors.History }), mean = Train(options with { Vectors = FismVectors.Mean });
        int[] history = [3, 17, 8];
        float[] scores = Score(q, [17, 3, 8, 3, 40]); // 40 is nobody's.
        for (int item = 0; item < 40; item++)
        {
            int[] summed = [.. history.Where(j => j != item)];
            double dot = summed.Sum(j => Enumerable.Range(0, 5).Sum(k => (double)p[j][k] * q[item][k]));
            Assert.Equal(Math.Pow(summed.Length, -0.3) * dot, scores[item], 1e-5);
            Assert.All(Enumerable.Range(0, 5), k => Assert.Equal((p[item][k] + q[item][k]) / 2, mean[item][k], 1e-6));
        }

        Assert.True(scores[40] < scores[..40].Min());
    }

    [Fact]
    public void Without_a_history_the_biases_rank()
    {
        FismEmbeddings model = Train(new FismOptions { Dimension = 4, Epochs = 100, LearningRate = 0.02 }, Planted.Of(6, [[0, 1], [0, 2], [0, 3], [0, 4], [0, 1]]));
        float[] scores = Score(model);
        Assert.Equal(0, Array.IndexOf(scores, scores.Max()));
        Assert.Equal(5, Array.IndexOf(scores, scores.Min()));
        Assert.All(Score(Train(new FismOptions { Dimension = 4, ItemBias = false }))[..40], score => Assert.Equal(0, score));
    }

    [Fact]
    public void Scoring_allocates_nothing_once_warm()
    {
        FismEmbeddings model = Train(new FismOptions { Dimension = 20, Epochs = 1 });
        var scores = new float[model.ItemCount];
        int[] history = [1, 2, 3];
        model.Score(history, 0, scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            model.Score(history, i, scores);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_is_wrong_is_told_in_one_line()
    {
        FismEmbeddings model = Train(new FismOptions { Dimension = 4, Epochs = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(model, 41));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(model, -1));
        Assert.Contains("min_rating 6", Assert.Throws<UserErrorException>(() => Train(new FismOptions { MinRating = 6 })).Message, StringComparison.Ordinal);
        var wild = new FismOptions { Variant = FismVariant.Auc, InitStddev = 10, LearningRate = 1, Alpha = 0, Epochs = 300, Regularization = 1_000 };
        Assert.Contains("`learning_rate` (1)", Assert.Throws<UserErrorException>(() => Train(wild)).Message, StringComparison.Ordinal);
    }
}
