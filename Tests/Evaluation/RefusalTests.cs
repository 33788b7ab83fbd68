using Evaluation;

namespace Tests.Evaluation;

/// <summary>What cannot be judged is refused in one line.</summary>
public class RefusalTests
{
    private static readonly EvaluationPlan Plan = new() { Cutoffs = [2], BootstrapResamples = 0 };

    [Theory]
    [InlineData(new[] { -1, 3, -1 }, new[] { 0f, 0f, 0f }, "the list of query `a` has a hole at rank 1")]
    [InlineData(new[] { 3, 10, -1 }, new[] { 0f, 0f, 0f }, "the list of query `a` names the item 10 at rank 2, but items are 0 to 9")]
    [InlineData(new[] { 3, -3, -1 }, new[] { 0f, 0f, 0f }, "the list of query `a` names the item -3 at rank 2, but items are 0 to 9")]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1f, 2f, 3f }, "the list of query `a` is out of order at rank 2: scores must descend")]
    [InlineData(new[] { 3, 4, 5 }, new[] { 1f, float.NaN, 0f }, "the list of query `a` has a score that is not a number (NaN) at rank 2")]
    public void A_list(int[] items, float[] scores, string message)
    {
        var rankings = new Rankings(1, 3, 10);
        items.CopyTo(rankings.ItemsOf(0));
        scores.CopyTo(rankings.ScoresOf(0));
        Refuses(new Holdout("h", 10, ["a"], [[3]]), rankings, Plan, message);
    }

    [Fact]
    public void Other_queries_than_the_holdouts() =>
        Refuses(
            new Holdout("h", 10, ["a"], [[3]]),
            new Rankings(2, 3, 10),
            Plan,
            "rankings of 2 queries over 10 items cannot be judged on `h`, which has 1 queries over 10 items");

    [Fact]
    public void Nothing_to_judge_on() =>
        Refuses(
            new Holdout("h", 10, ["a", "b"], [[-1], []]),
            new Rankings(2, 3, 10),
            Plan,
            "no query of `h` has a target in the catalogue: there is nothing to judge on (1 targets are outside it)");

    [Fact]
    public void A_plan_that_cannot_be()
    {
        var holdout = new Holdout("h", 10, ["a"], [[3]]);
        var rankings = new Rankings(1, 3, 10);
        Refuses(holdout, rankings, Plan with { Cutoffs = [5] }, "lists of 3 are too short for the cut-off 5: rank at least 5 items per query");
        Refuses(holdout, rankings, Plan with { Cutoffs = [0] }, "a cut-off of 0 is less than 1");
        Refuses(holdout, rankings, Plan with { Protocols = ["per-user"] }, "there is no protocol `per-user` (known: next-item, per-turn, per-item)");
        Refuses(holdout, rankings, Plan with { Metrics = ["auc"] }, "there is no metric `auc` (known: hit, ndcg, mrr, recall, precision, map)");
        Refuses(holdout, rankings, Plan with { PopularityCounts = [1] }, "1 popularity counts are not those of 10 items");
        Refuses(holdout, rankings, Plan with { Metrics = ["hit", "hit"] }, "a plan names at least one metric and one cut-off, and no protocol, metric or cut-off twice");
        Refuses(holdout, rankings, Plan with { Metrics = [] }, "a plan names at least one metric and one cut-off, and no protocol, metric or cut-off twice");
    }

    [Fact]
    public void A_metric_that_was_not_measured()
    {
        EvaluationResult result = Judge.Run(new Holdout("h", 10, ["a"], [[3]]), new Rankings(1, 3, 10), Plan with { Metrics = ["hit"] });
        string message = Assert.Throws<EvaluationException>(() => result["per-item"]["hit@3"]).Message;
        Assert.Equal("`hit@3` was not measured under `per-item` (measured: hit@2)", message);
        Assert.Throws<EvaluationException>(() => result["per-item"].ValuesOf("hit@3"));
        Assert.Throws<EvaluationException>(() => result["next-item"]);
    }

    [Fact]
    public void A_holdout_that_contradicts_itself()
    {
        Assert.Throws<ArgumentException>(() => new Holdout("h", 10, ["a", "a"], [[1], [2]]));
        Assert.Throws<ArgumentException>(() => new Holdout("h", 10, ["a"], [[10]]));
        Assert.Throws<ArgumentException>(() => new Holdout("h", 10, ["a"], [[-2]]));
        Assert.Throws<ArgumentException>(() => new Holdout("h", 10, ["a"], [[1], [2]]));
        Assert.Throws<ArgumentException>(() => new Holdout("h", 10, ["a"], [[1]], ["c", "d"]));
    }

    private static void Refuses(Holdout holdout, Rankings rankings, EvaluationPlan plan, string message)
    {
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => Judge.Run(holdout, rankings, plan)).Message);
        Assert.DoesNotContain('\n', message);
    }
}
