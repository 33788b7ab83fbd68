using System.Globalization;
using Evaluation;

namespace Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly EvaluationPlan Small = new() { Cutoffs = [1, 2, 3] };

    [Fact]
    public void Two_turns_by_hand()
    {
        // Turn a: targets 2 and 9, list 4 2 7. Turn b: target 1, list 1 3. Turn c: no target.
        var holdout = new Holdout("by hand", 10, ["a", "b", "c"], [[2, 9], [1], []]);
        var rankings = new Rankings(3, 3, 10);
        rankings.FillInOrder(0, [4, 2, 7]);
        rankings.FillInOrder(1, [1, 3]);
        EvaluationResult result = Judge.Run(holdout, rankings, Small);

        ProtocolResult perTurn = result["per-turn"];
        Assert.Equal(0.5, perTurn["hit@1"].Mean);
        Assert.Equal(0.5, perTurn["hit@1"].StandardError, 15);
        Assert.Equal(1, perTurn["hit@3"].Mean);
        Assert.Equal(0.75, perTurn["recall@3"].Mean);
        Assert.Equal((0.63092975357145753 / 1.6309297535714575 + 1) / 2, perTurn["ndcg@3"].Mean, 14);
        Assert.Equal(2, perTurn["hit@1"].N);
        Assert.Equal([0, 1], perTurn.Units.Queries);

        ProtocolResult perItem = result["per-item"];
        Assert.Equal(3, perItem["hit@3"].N);
        Assert.Equal(2 / 3.0, perItem["hit@3"].Mean, 15);
        Assert.Equal((0.63092975357145753 + 1) / 3, perItem["ndcg@3"].Mean, 14);
        Assert.Equal([2, 9, 1], perItem.Units.Targets!);
        Assert.Equal([1.0, 0, 1], perItem.ValuesOf("hit@2"));
        Assert.Equal((0, 1), (result.EmptyLists, result.ShortLists));
        Assert.Equal(1, result.Holdout.QueriesWithoutTarget);
    }

    [Fact]
    public void A_target_named_twice_is_two_items_but_one_target_of_its_turn()
    {
        var holdout = new Holdout("twice", 10, ["a"], [[2, 5, 2]]);
        var rankings = new Rankings(1, 3, 10);
        rankings.FillInOrder(0, [2]);
        EvaluationResult result = Judge.Run(holdout, rankings, Small);
        Assert.Equal(2 / 3.0, result["per-item"]["hit@1"].Mean, 15);
        Assert.Equal(0.5, result["per-turn"]["recall@1"].Mean, 15);
    }

    [Fact]
    public void An_item_that_stands_twice_in_a_list_counts_once_at_its_better_rank()
    {
        var holdout = new Holdout("repeats", 10, ["a"], [[2, 5]]);
        var rankings = new Rankings(1, 4, 10);
        rankings.FillInOrder(0, [3, 2, 2, 5]);
        EvaluationResult result = Judge.Run(holdout, rankings, Small with { Cutoffs = [3, 4] });
        Assert.Equal(1 / 3.0, result["per-turn"]["precision@3"].Mean, 15);
        Assert.Equal(0.5, result["per-turn"]["mrr@3"].Mean, 15);
        Assert.Equal([2, 4], result["per-turn"].Units.Ranks);
    }

    [Fact]
    public void A_query_without_a_list_is_a_miss_and_counted()
    {
        var holdout = new Holdout("empty", 10, ["a", "b"], [[2], [3]]);
        var rankings = new Rankings(2, 3, 10);
        rankings.FillInOrder(0, [2]);
        EvaluationResult result = Judge.Run(holdout, rankings, Small);
        Assert.Equal(0.5, result["per-turn"]["hit@1"].Mean);
        Assert.Equal(1, result.EmptyLists);
    }

    [Fact]
    public void A_constant_scorer_gains_nothing_when_ties_go_against_it()
    {
        var holdout = new Holdout("lucky", 100, ["a"], [[0]]);
        var rankings = new Rankings(1, 10, 100);
        rankings.Fill(0, new float[100], []);
        Estimate estimate = Judge.Run(holdout, rankings, Small)["per-turn"]["hit@1"];
        Assert.Equal((1.0, 0.0), (estimate.Mean, estimate.Pessimistic));
    }

    [Fact]
    public void Equal_scores_that_a_tie_rank_orders_are_no_tie()
    {
        var holdout = new Holdout("tie ranks", 100, ["a", "b"], [[70], [3]]);
        int[] ranks = [.. Enumerable.Repeat(int.MaxValue, 100)];
        ranks[70] = 1;
        var rankings = new Rankings(2, 10, 100, withTieRanks: true);
        rankings.Fill(0, new float[100], [], ranks);
        rankings.Fill(1, new float[100], [], ranks);
        ProtocolResult result = Judge.Run(holdout, rankings, Small with { Cutoffs = [1, 10] })["per-turn"];
        Assert.Equal((0.5, 0.5), (result["hit@1"].Mean, result["hit@1"].Pessimistic));
        Assert.Equal((1.0, 0.5), (result["hit@10"].Mean, result["hit@10"].Pessimistic));
    }

    [Fact]
    public void The_last_place_of_a_list_is_no_tie_if_what_follows_scores_less()
    {
        var holdout = new Holdout("cut", 4, ["a", "b"], [[1], [1]]);
        var rankings = new Rankings(2, 2, 4);
        rankings.Fill(0, [4, 3, 2, 1], []);
        rankings.Fill(1, [4, 3, 3, 1], []);
        Estimate estimate = Judge.Run(holdout, rankings, Small with { Cutoffs = [2] })["per-turn"]["hit@2"];
        Assert.Equal((1.0, 0.5), (estimate.Mean, estimate.Pessimistic));
    }

    [Fact]
    public void Results_do_not_depend_on_threads_culture_or_company()
    {
        var sample = new Sample(7, 200, 80, 20, 30, 4);
        EvaluationPlan plan = new() { Seed = 5, BootstrapResamples = 200, PopularityCounts = sample.Popularity };
        CultureInfo before = CultureInfo.CurrentCulture;
        string one = Text(Judge.Run(sample.Holdout, sample.Rankings, plan with { Threads = 1 }));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ru-RU");
            Assert.Equal(one, Text(Judge.Run(sample.Holdout, sample.Rankings, plan with { Threads = 4 })));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Estimate alone = Judge.Run(sample.Holdout, sample.Rankings, plan with { Metrics = ["ndcg"], Cutoffs = [5] })["per-turn"]["ndcg@5"];
        Estimate among = Judge.Run(sample.Holdout, sample.Rankings, plan)["per-turn"]["ndcg@5"];
        Assert.Equal(among.Low, alone.Low, 13);
        Assert.Equal(among.High, alone.High, 13);
        Assert.NotEqual(one, Text(Judge.Run(sample.Holdout, sample.Rankings, plan with { Seed = 6 })));
    }

    [Fact]
    public void Can_be_cancelled()
    {
        var sample = new Sample(7, 20, 30, 20, 30, 4);
        Assert.Throws<OperationCanceledException>(() => Evaluator.Evaluate(sample.Holdout, sample.Rankings, new EvaluationPlan(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Renaming_the_items_changes_nothing()
    {
        var sample = new Sample(11, 100, 60, 20, 1_000_000_000, 4);
        int[] renamed = [.. Enumerable.Range(0, 60).OrderBy(item => (item * 37) % 61)];
        var holdout = new Holdout("renamed", 60, sample.Holdout.QueryIds, [.. sample.Targets.Select(list => list.Select(item => renamed[item]).ToArray())]);
        var rankings = new Rankings(100, 20, 60);
        for (int i = 0; i < rankings.Items.Length; i++)
            (rankings.Items[i], rankings.Scores[i]) = (sample.Rankings.Items[i] < 0 ? -1 : renamed[sample.Rankings.Items[i]], sample.Rankings.Scores[i]);
        sample.Rankings.CutsTie.CopyTo(rankings.CutsTie, 0);
        EvaluationPlan plan = new() { BootstrapResamples = 50 };
        Assert.Equal(Text(Judge.Run(sample.Holdout, sample.Rankings, plan)), Text(Judge.Run(holdout, rankings, plan)));
    }

    private static string Text(EvaluationResult result) => string.Join(
        "\n",
        result.Protocols.SelectMany(protocol => protocol.Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{protocol.Protocol} {metric.Name} {metric.Estimate.Mean:R} {metric.Estimate.StandardError:R} {metric.Estimate.Low:R} {metric.Estimate.High:R} {metric.Estimate.Pessimistic:R}")))
            .Concat(result.Bands.SelectMany(band => band.Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{band.Band.Name} {metric.Name} {metric.Mean:R}"))))
            .Concat(result.Lists.Select(list => string.Create(CultureInfo.InvariantCulture, $"{list.K} {list.Coverage:R} {list.Gini:R} {list.Novelty:R} {list.AveragePopularity:R}"))));
}
