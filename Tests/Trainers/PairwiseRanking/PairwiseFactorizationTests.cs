using Trainers;

namespace Tests.Trainers.PairwiseRanking;

public sealed class PairwiseFactorizationTests
{
    private static readonly MatrixFactorizationOptions Options = new() { Algorithm = FactorizationAlgorithm.Bpr, Dimension = 8 };

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Theory]
    [InlineData(PairwiseScoring.FoldIn)]
    [InlineData(PairwiseScoring.Mean)]
    [InlineData(PairwiseScoring.Max)]
    public void Planted_groups_are_found(PairwiseScoring scoring)
    {
        var reports = new List<TrainingProgress>();
        Interactions interactions = Planted.Interactions(users: 150, items: 41, seed: 8);
        var model = (IHistoryScorer)new MatrixFactorization(Options with { Scoring = scoring, Epochs = 200 }).Train(interactions, new TrainingRun(Progress: new Reports(reports)));
        var scores = new float[model.ItemCount];
        model.Score([1, 5, 9], 0, scores);
        double inside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 1]), outside = Enumerable.Range(3, 6).Average(i => scores[4 * i + 2]);
        Assert.True(inside > outside + 0.1, $"{inside} against {outside}");
        Assert.Equal(200, reports.Count);
        Assert.True(reports[^1].Loss < 0.8 * Math.Log(2));
    }

    [Fact]
    public void Many_cells_give_the_same_bits_whatever_the_threads()
    {
        // 600 items make 4 blocks of each side.
        var random = new Random(4);
        Interactions interactions = Planted.Of(601, [.. Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, random.Next(2, 60)).Select(_ => random.Next(600)).ToArray())]);
        float[] Values(int threads, double exponent) =>
            new MatrixFactorization(Options with { Dimension = 20, Epochs = 3, NegativeExponent = exponent }).Train(interactions, new TrainingRun(Threads: threads)).Values;
        foreach (double exponent in (double[])[0, 0.75])
        {
            float[] expected = Values(1, exponent);
            Assert.All((int[])[2, 3, 7], threads => Assert.Equal(expected, Values(threads, exponent)));
        }
    }

    [Fact]
    public void A_folded_in_history_does_not_depend_on_order_or_repetition()
    {
        Interactions interactions = Planted.Interactions(users: 60, items: 33, seed: 2);
        var model = (IHistoryScorer)new MatrixFactorization(Options).Train(interactions, new TrainingRun());
        float[] Score(params int[] history)
        {
            var scores = new float[33];
            model.Score(history, 0, scores);
            return scores;
        }

        Assert.Equal(Score(1, 5, 9), Score(9, 1, 5, 1));
        Assert.NotEqual(Score(1, 5, 9), Score(1, 5, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(33));
    }

    [Fact]
    public void Somebody_who_has_everything_teaches_nothing()
    {
        Assert.Equal(
            "matrix-factorization (bpr) has nothing to learn from: no user who has an item lacks another, to which it would be preferred",
            Assert.Throws<UserErrorException>(() => new MatrixFactorization(Options).Train(Planted.Of(3, [[0, 1, 2]]), new TrainingRun())).Message);

        // Beside somebody who lacks one, too: there each epoch has one sample less than there are positives.
        var log = new ProgressLog();
        new MatrixFactorization(Options with { Epochs = 2 }).Train(Planted.Of(3, [[0, 1, 2], [0, 2]]), new TrainingRun(Progress: log));
        Assert.Equal([2, 2], log.Select(progress => progress.Work!.Value.Count));
    }
}
