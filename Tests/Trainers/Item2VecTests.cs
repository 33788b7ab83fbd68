using Trainers;
using Trainers.Pooling;

namespace Tests.Trainers;

public sealed class Item2VecTests
{
    private static readonly Interactions Interactions = Planted.Interactions(users: 150, items: 41, seed: 8);

    private static PooledEmbeddings Train(Item2VecOptions options, TrainingRun? run = null, Interactions? interactions = null) =>
        (PooledEmbeddings)new Item2Vec(options).Train(interactions ?? Interactions, run ?? new TrainingRun());

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void The_loss_is_reported_and_falls(int? window)
    {
        var reports = new List<TrainingProgress>();
        Train(new Item2VecOptions { Dimension = 8, Epochs = 10, Window = window }, new TrainingRun(Progress: new Reports(reports)));
        Assert.Equal(Enumerable.Range(1, 10), reports.Select(report => report.Epoch));
        Assert.InRange(reports[0].Loss!.Value, 0, 6 * Math.Log(2) + 1e-3); // Zero vectors: one positive and five negatives.
        Assert.True(reports[^1].Loss < 0.95 * reports[0].Loss);
    }

    [Theory]
    [InlineData(SkipGramScoring.InIn, null)]
    [InlineData(SkipGramScoring.InOut, null)]
    [InlineData(SkipGramScoring.InOut, 3)]
    public void Planted_groups_are_found(SkipGramScoring scoring, int? window)
    {
        // Users prefer items of their own group, which is their number modulo 4.
        PooledEmbeddings model = Train(new Item2VecOptions { Dimension = 8, Scoring = scoring, Window = window, Epochs = 100 });
        var scores = new float[model.ItemCount];
        model.Score([1, 5, 9], 0, scores);
        double inside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 1]), outside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 2]);
        Assert.True(inside > outside + 0.2, $"{inside} against {outside}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void Long_histories_in_groups_or_windows_do_not_depend_on_threads(int? window)
    {
        var random = new Random(4);
        Interactions longer = Planted.Of(600, [.. Enumerable.Range(0, 25).Select(_ => Enumerable.Range(0, random.Next(2, 500)).Select(_ => random.Next(590)).ToArray())]);
        var options = new Item2VecOptions { Dimension = 20, Window = window, MaxPairs = 3_000, Subsampling = 1e-3, Epochs = 3 };
        float[] expected = Train(options, interactions: longer).Values;
        Assert.Equal(expected, Train(options, new TrainingRun(Threads: 5), longer).Values);
    }

    [Fact]
    public void The_average_is_between_both()
    {
        float[] Values(ItemVectors vectors) => Train(new Item2VecOptions { Dimension = 5, Vectors = vectors }).Values;
        (float[] input, float[] output, float[] average) = (Values(ItemVectors.Input), Values(ItemVectors.Output), Values(ItemVectors.Average));
        for (int i = 0; i < average.Length; i++)
            Assert.Equal((input[i] + output[i]) / 2, average[i]);
    }

    [Fact]
    public void Order_matters_with_a_window_alone()
    {
        Interactions forwards = Planted.Of(9, [[0, 1, 2, 3], [4, 5, 6, 7], [0, 2, 4, 6]]), backwards = Planted.Of(9, [[3, 0, 2, 1], [6, 4, 7, 5], [6, 0, 4, 2]]);
        Assert.Equal(Train(new Item2VecOptions(), interactions: forwards).Values, Train(new Item2VecOptions(), interactions: backwards).Values);
        Assert.NotEqual(Train(new Item2VecOptions { Window = 1 }, interactions: forwards).Values, Train(new Item2VecOptions { Window = 1 }, interactions: backwards).Values);
    }

    [Fact]
    public void Nothing_to_learn_from_is_said_in_one_line() =>
        Assert.Equal($"item2vec has nothing to learn from: none of {Interactions.Count} ratings reaches min_rating 5.5",
            Assert.Throws<UserErrorException>(() => Train(new Item2VecOptions { MinRating = 5.5 })).Message);
}
