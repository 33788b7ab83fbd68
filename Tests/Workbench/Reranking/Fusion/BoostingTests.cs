using Trainers;
using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Fitting;

namespace Tests.Workbench.Reranking.Fusion;

public sealed class BoostingTests
{
    // No straight line ranks so: the two signs must agree.
    private static readonly FittingRows Rows = SampleRows.Of(150, 10, 3, 11, rows => Array.IndexOf(rows, rows.MaxBy(row => row[0] * row[1])));

    private static readonly LinearWeights Nothing = new(["a", "b", "c"], [0, 0, 0], [0, 0, 0], 1);

    // Three features are too few to leave some out.
    private static readonly BoostingSettings Settings = new() { Trees = 60, Rate = 0.2, FeatureShare = 1 };

    private static RegressionTree[] Fit(int threads, BoostingSettings? settings = null, ulong seed = 1) =>
        new BoostedFitting(settings ?? Settings, new TrainingRun(seed, Threads: threads)).Fit(Rows, Nothing, [[0, 0, 0], [0, 0, 0], [0, 0, 0]]);

    [Fact]
    public void Trees_rank_by_what_no_weights_can()
    {
        RegressionTree[] trees = Fit(2);
        int first = 0;
        FittingRows others = SampleRows.Of(150, 10, 3, 12, rows => Array.IndexOf(rows, rows.MaxBy(row => row[0] * row[1])));
        for (int turn = 0; turn < others.Turns; turn++)
        {
            int best = Enumerable.Range(turn * 10, 10).MaxBy(j => trees.Sum(tree => tree.Of(others.Values.AsSpan(j * 3, 3))));
            first += others.Relevance[best] > 0 ? 1 : 0;
        }

        Assert.True(first > 75, $"{first} of 150 targets come first");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        RegressionTree[] one = Fit(1), four = Fit(4);
        Assert.Equal(one.Length, four.Length);
        Assert.All(one.Zip(four), pair =>
        {
            Assert.Equal(pair.First.Features, pair.Second.Features);
            Assert.Equal(pair.First.Thresholds, pair.Second.Thresholds);
            Assert.Equal(pair.First.Values, pair.Second.Values);
        });
    }

    [Fact]
    public void A_tree_sees_a_share_of_the_features_and_of_the_turns()
    {
        int[][] SplitBy(RegressionTree[] trees) => [.. trees.Select(tree => tree.Features.Where(feature => feature >= 0).Distinct().ToArray())];
        Assert.Contains(SplitBy(Fit(2)), features => features.Length > 1);
        int[][] third = SplitBy(new BoostedFitting(Settings with { FeatureShare = 0.3 }, new TrainingRun()).Fit(Rows, Nothing, []));
        Assert.All(third, features => Assert.InRange(features.Length, 0, 1));
        Assert.Equal([0, 1, 2], third.SelectMany(features => features).Distinct().Order());

        float[] Root(ulong seed, double share) => Fit(1, Settings with { TurnShare = share }, seed)[0].Values;
        Assert.Equal(Root(1, 1), Root(2, 1));
        Assert.NotEqual(Root(1, 0.5), Root(2, 0.5));
    }

    [Fact]
    public void Noise_grows_few_trees()
    {
        FittingRows noise = SampleRows.Of(150, 10, 3, 13, _ => 3);
        var rows = noise with { Relevance = [.. noise.Relevance.Select((_, j) => j % 10 == (j / 10 * 7 % 10) ? 1.0 : 0.0)] };
        RegressionTree[] trees = new BoostedFitting(Settings, new TrainingRun()).Fit(rows, Nothing, [[0, 0, 0], [0, 0, 0], [0, 0, 0]]);
        Assert.InRange(trees.Length, 0, 15);
    }

    [Fact]
    public void A_value_goes_into_the_first_bin_that_reaches_to_it()
    {
        BinnedRows rows = BinnedRows.Of([[0, 0, 0, 1, 2, 3, -1]], SampleRows.Threads(1));
        float[] edges = rows.Edges[0];
        Assert.Equal(edges.Order(), edges);
        float[] values = [0, 0, 0, 1, 2, 3, -1];
        for (int i = 0; i < values.Length; i++)
        {
            int bin = rows.Column(0)[i];
            Assert.True(bin == edges.Length || values[i] <= edges[bin]);
            Assert.True(bin == 0 || values[i] > edges[bin - 1]);
        }
    }
}
