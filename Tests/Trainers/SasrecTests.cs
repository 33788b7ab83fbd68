using Trainers;
using Trainers.SelfAttention;

namespace Tests.Trainers;

public sealed class SasrecTests
{
    // After item i comes i + 1, around a circle of 12; everybody starts elsewhere. Item 12 is nobody's.
    private static readonly Interactions Circle = Planted.Of(13, [.. Enumerable.Range(0, 96).Select(user =>
        (IReadOnlyList<int>)[.. Enumerable.Range(0, 4 + user % 5).Select(i => (user + i) % 12)])]);

    private static SasrecEmbeddings Train(SasrecOptions options, Interactions? interactions = null, TrainingRun? run = null) =>
        (SasrecEmbeddings)new Sasrec(options).Train(interactions ?? Circle, run ?? new TrainingRun());

    private static float[] Score(SasrecEmbeddings model, params int[] history)
    {
        var scores = new float[model.ItemCount];
        model.Score(history, 0, scores);
        return scores;
    }

    [Theory]
    [InlineData(SasrecLoss.Bce)]
    [InlineData(SasrecLoss.Gbce)]
    [InlineData(SasrecLoss.SampledSoftmax)]
    [InlineData(SasrecLoss.CrossEntropy)]
    [InlineData(SasrecLoss.CrossEntropyUnseen)]
    public void A_planted_order_is_learnt(SasrecLoss loss)
    {
        var options = new SasrecOptions
        {
            Loss = loss, Dimension = 16, Epochs = 60, LearningRate = 1e-2, BatchSize = 16, MaxLength = 8, ValidationUsers = 0, Negatives = loss is SasrecLoss.CrossEntropy or SasrecLoss.CrossEntropyUnseen ? null : 3, Dropout = 0,
        };
        SasrecEmbeddings model = Train(options);
        for (int item = 0; item < 12; item++)
        {
            // Nobody has an item twice, so what is in a history was never learnt to be wrong.
            int[] history = [(item + 10) % 12, (item + 11) % 12, item];
            float[] scores = Score(model, history);
            foreach (int seen in history)
                scores[seen] = float.NegativeInfinity;
            Assert.Equal((item + 1) % 12, Array.IndexOf(scores, scores.Max()));
        }
    }

    [Fact]
    public void The_order_of_a_history_counts_and_what_lies_beyond_the_length_does_not()
    {
        SasrecEmbeddings model = Train(new SasrecOptions { Dimension = 12, Epochs = 3, MaxLength = 4 });
        Assert.NotEqual(Score(model, 1, 2, 3), Score(model, 3, 2, 1));
        Assert.Equal(Score(model, 5, 6, 7, 8), Score(model, 1, 9, 5, 6, 7, 8));
        Assert.NotEqual(Score(model, 5, 6, 7, 8), Score(model, 6, 7, 8));
    }

    [Fact]
    public void Items_that_nobody_has_are_skipped_and_come_last()
    {
        SasrecEmbeddings model = Train(new SasrecOptions { Dimension = 12, Epochs = 3 });
        float[] scores = Score(model, 1, 2);
        Assert.Equal(scores.Min(), scores[12]);
        Assert.Equal(scores, Score(model, 1, 12, 2, 12));
        Assert.All(Score(model, 12), score => Assert.Equal(0, score));
    }

    [Fact]
    public void Training_stops_when_patience_ends_and_keeps_the_best_epoch()
    {
        var options = new SasrecOptions { Dimension = 8, LearningRate = 0.05, Dropout = 0, Patience = 3, Epochs = 200 };
        SasrecEmbeddings model = Train(options);
        Assert.InRange(model.BestEpoch, 1, 199);
        SasrecEmbeddings again = Train(options with { Epochs = model.BestEpoch });
        Assert.Equal(model.Values, again.Values);
        Assert.Equal(model.ValidationNdcg, again.ValidationNdcg);
        Assert.True(model.ValidationNdcg > 0.5, $"{model.ValidationNdcg}");
    }

    [Fact]
    public void Validation_items_decide_when_to_stop_and_nothing_is_held_out_of_what_is_learned()
    {
        // What comes next on the circle, and for every third user nothing.
        int[] next = [.. Enumerable.Range(0, Circle.UserCount).Select(user => user % 3 == 0 ? -1 : (Circle.ItemsOf(user)[^1] + 1) % 12)];
        var sequences = new TrainingSequences(Circle, 8, int.MaxValue, seed: 1, next);
        Assert.Equal(Enumerable.Range(0, Circle.UserCount).Where(user => user % 3 != 0), sequences.HeldOutUsers);
        Assert.All(sequences.HeldOutUsers, user => Assert.Equal(next[user], sequences.HeldOutItemOf(user)));
        Assert.All(Enumerable.Range(0, Circle.UserCount), user => Assert.Equal(Circle.ItemsOf(user).ToArray(), sequences.HistoryOf(user).ToArray()));
        Assert.Equal(10, new TrainingSequences(Circle, 8, 10, seed: 1, next).HeldOutUsers.Length);

        var options = new SasrecOptions { Dimension = 8, LearningRate = 0.05, Dropout = 0, Patience = 3, Epochs = 200 };
        SasrecEmbeddings right = Train(options, run: new TrainingRun { Validation = next });
        Assert.True(right.ValidationNdcg > 0.9, $"{right.ValidationNdcg}");

        // Learning what is true lowers a validation that is false, so that the best epoch comes early; but the parameters of an epoch are the same.
        int[] wrong = [.. next.Select(item => item < 0 ? -1 : (item + 5) % 12)];
        SasrecEmbeddings misled = Train(options, run: new TrainingRun { Validation = wrong });
        Assert.True(misled.BestEpoch < right.BestEpoch, $"{misled.BestEpoch}, {right.BestEpoch}");
        Assert.Equal(Train(options with { Epochs = misled.BestEpoch, ValidationUsers = 0 }).Values, misled.Values);
    }

    [Fact]
    public void A_validation_item_that_nobody_has_or_of_nobody_is_not_looked_at() => Assert.Empty(
        new TrainingSequences(Circle, 8, int.MaxValue, seed: 1, [12, -1]).HeldOutUsers);

    [Fact]
    public void Heads_that_do_not_divide_the_dimension_are_refused() => Assert.Equal(
        "sasrec cannot divide `dimension` 64 among 3 `heads`: choose a divisor",
        Assert.Throws<UserErrorException>(() => Train(new SasrecOptions { Heads = 3 })).Message);

    [Fact]
    public void The_managed_engine_refuses_a_gpu() => Assert.Equal(
        "sasrec computes on `device: cuda` by `engine: torch` only: choose that engine, or leave `device` out",
        Assert.Throws<UserErrorException>(() => Train(new SasrecOptions { Device = SasrecDevice.Cuda })).Message);

#if !MLNET_PACKAGES
    [Fact]
    public void A_build_without_torch_says_so() => Assert.Equal(
        "sasrec has no `engine: torch` in this build, which lacks TorchSharp: build with -p:MLNet=packages from a feed that has it, or use `engine: managed`",
        Assert.Throws<UserErrorException>(() => Train(new SasrecOptions { Engine = SasrecEngine.Torch })).Message);
#endif

    [Fact]
    public void A_rate_that_explodes_is_said_in_one_line()
    {
        var e = Record.Exception(() => Train(new SasrecOptions { LearningRate = 1, InitStddev = 10, Dimension = 4, Epochs = 5 }));
        Assert.True(e is null or UserErrorException, e?.ToString());
    }
}
