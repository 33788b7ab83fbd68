using Tests.Gradients;
using Trainers;
using Workbench.Reranking.Fusion.Fitting;

namespace Tests.Workbench.Reranking.Fusion;

public sealed class LinearFittingTests
{
    private static readonly FittingRows Rows = SampleRows.Of(60, 12, 5, 3, rows => Array.IndexOf(rows, rows.MaxBy(row => (2 * row[0]) - row[1] + (0.5 * row[2]))));

    private static readonly double[] Scales = [1, 0.5, 2, 1, 3];

    private static ListwiseSoftmax Loss(double ridge, int threads = 1) => new(Rows, Scales, [.. Enumerable.Range(0, Rows.Turns)], ridge, SampleRows.Threads(threads));

    [Fact]
    public void The_gradient_is_that_of_the_loss()
    {
        double[] at = [0.3, -0.2, 0.1, 0.7, -0.4], gradient = new double[5];
        Loss(0.8).Evaluate(at, gradient);
        GradientCheck.Proves(w => Loss(0.8).Evaluate(w, new double[5]), at, gradient, seed: 5);
    }

    [Fact]
    public void The_loss_is_the_negative_log_likelihood_of_targets_among_what_candidates_stand_for()
    {
        double[] w = [0.3, -0.2, 0.1, 0.7, -0.4];
        double expected = 0.4 * w.Sum(x => x * x);
        for (int turn = 0; turn < Rows.Turns; turn++)
        {
            double[] scores = [.. Enumerable.Range(turn * 12, 12).Select(j => Enumerable.Range(0, 5).Sum(f => w[f] * Scales[f] * Rows.Values[(j * 5) + f]))];
            double all = scores.Select((score, j) => Math.Exp(score) * (j % 5 == 4 ? 3 : 1)).Sum();
            int target = Array.IndexOf(Rows.Relevance, 1.0, turn * 12) - (turn * 12);
            expected -= Math.Log(Math.Exp(scores[target]) * (target % 5 == 4 ? 3 : 1) / all);
        }

        Assert.Equal(expected, Loss(0.8).Evaluate(w, new double[5]), 1e-9);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        double[] w = [0.3, -0.2, 0.1, 0.7, -0.4], one = new double[5], four = new double[5];
        Assert.Equal(Loss(1, 1).Evaluate(w, one), Loss(1, 4).Evaluate(w, four));
        Assert.Equal(one, four);
    }

    [Fact]
    public void What_decides_gets_the_weights()
    {
        (LinearWeights weights, float[][] without) = LinearFitting.Fit(Rows, ["a", "b", "c", "d", "e"], new TrainingRun(Threads: 2));
        Assert.Equal(["a", "b", "c"], weights.Names.Zip(weights.Standardised).OrderByDescending(pair => Math.Abs(pair.Second)).Take(3).Select(pair => pair.First));
        Assert.True(weights.Weights[0] > 0 && weights.Weights[1] < 0 && weights.Weights[2] > 0);
        Assert.Equal(3, without.Length);
    }

    [Fact]
    public void A_feature_that_is_the_same_for_all_items_of_a_turn_gets_no_weight()
    {
        FittingRows constant = Rows with { Values = [.. Rows.Values.Select((value, i) => i % 5 == 4 ? i / 60 : value)] };
        Assert.Equal(0, LinearFitting.Fit(constant, ["a", "b", "c", "d", "e"], new TrainingRun()).Weights.Weights[4], 1e-6);
    }

    [Fact]
    public void The_minimum_of_a_bowl_is_found()
    {
        double[] centre = [3, -1, 0.5, 8], stretch = [1, 30, 200, 0.5];
        double[] found = Lbfgs.Minimise(
            (x, gradient) =>
            {
                for (int i = 0; i < 4; i++)
                    gradient[i] = stretch[i] * (x[i] - centre[i]);
                return x.Select((value, i) => stretch[i] / 2 * (value - centre[i]) * (value - centre[i])).Sum();
            },
            new double[4], steps: 100, tolerance: 1e-9);
        Assert.All(found.Zip(centre), pair => Assert.Equal(pair.Second, pair.First, 1e-8));
    }
}
