using Tests.Gradients;
using Trainers;
using Trainers.Sampling;
using Workbench.Reranking.Adapting;

namespace Tests.Workbench.Reranking;

public sealed class AdaptingTests
{
    private const int Items = 15;

    private static readonly AdaptedTurn[] Turns = Generated(120, 3);

    /// <summary>The first items are found much more than their scores say.</summary>
    private static AdaptedTurn[] Generated(int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(t =>
        {
            float[] scores = [.. Enumerable.Range(0, Items).Select(_ => (float)random.NextGaussian())];
            int target = Enumerable.Range(0, Items).MaxBy(item => scores[item] + (item < 3 ? 1.5 : 0) + random.NextGaussian());
            return new AdaptedTurn($"{t}", scores, [(target + 1) % Items], [target]);
        })];
    }

    private static ParallelOptions Threads(int count) => new() { MaxDegreeOfParallelism = count };

    [Fact]
    public void The_gradient_of_bias_is_that_of_its_loss()
    {
        var random = new SplitMix64(5);
        double[] at = [.. Enumerable.Range(0, 2 * Items).Select(_ => random.NextGaussian() / 3)], gradient = new double[2 * Items];
        ItemBiasFitting.Evaluate(Turns, 0.7, at, gradient, Threads(2));
        GradientCheck.Proves(v => ItemBiasFitting.Evaluate(Turns, 0.7, v, new double[2 * Items], Threads(1)), at, gradient, seed: 2);
    }

    [Fact]
    public void Bias_learns_what_is_found_more_than_scored()
    {
        ItemBias bias = ItemBiasFitting.Fit(Turns, Items, turn => int.Parse(turn.Conversation, System.Globalization.CultureInfo.InvariantCulture), new TrainingRun());
        Assert.True(bias.Biases[..3].Min() > bias.Biases[3..].Average());
        var scores = new float[Items];
        bias.Adapt(new float[Items], scores);
        Assert.Equal(bias.Biases, scores);
    }

    [Fact]
    public void The_gate_trusts_who_is_right()
    {
        float[][] noise = [.. Generated(Turns.Length, 9).Select(turn => turn.Scores)];
        Assert.InRange(Gate.Fit(Turns, noise, new TrainingRun()), 0.7f, 1);
        AdaptedTurn[] swapped = [.. Turns.Zip(noise, (turn, other) => turn with { Scores = other })];
        Assert.InRange(Gate.Fit(swapped, [.. Turns.Select(turn => turn.Scores)], new TrainingRun()), 0, 0.3f);
    }

    [Theory]
    [InlineData("bias")]
    [InlineData("gate")]
    public void Adapted_rows_are_cross_fitted_and_complete(string name)
    {
        string yaml = SmallRun.Conversation.Replace("rerankers: [max-pool]", $"rerankers: [{name}]", StringComparison.Ordinal);
        var one = Assert.Single(SmallRun.Of(SmallRun.Read(yaml), 1).Outcomes, outcome => outcome.Plan.Label.EndsWith($", {name}, cross-fitted", StringComparison.Ordinal));
        var four = Assert.Single(SmallRun.Of(SmallRun.Read(yaml), 4).Outcomes, outcome => outcome.Plan.Label == one.Plan.Label);
        Assert.Null(one.Row.Error);
        Assert.Equal(one.Lists!.Items, four.Lists!.Items);
        Assert.Equal(one.Lists.Scores, four.Lists.Scores);
        Assert.All(Enumerable.Range(0, one.Lists.QueryCount), query => Assert.Equal(20, one.Lists.LengthOf(query)));
    }
}
