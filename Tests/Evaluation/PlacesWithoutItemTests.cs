using Evaluation;
using Evaluation.Export;
using Evaluation.Protocols;

namespace Tests.Evaluation;

/// <summary>A language model may name what is in no catalogue: such a place counts, but is no item.</summary>
public sealed class PlacesWithoutItemTests
{
    private static readonly Holdout Holdout = new("h", 10, ["a"], [[3]]);

    private static Rankings List()
    {
        var rankings = new Rankings(1, 4, 10);
        rankings.FillInOrder(0, [Rankings.NoItem, 5, Rankings.NoItem, 3]);
        return rankings;
    }

    [Fact]
    public void They_take_a_rank_and_no_coverage()
    {
        EvaluationResult result = Evaluator.Evaluate(
            Holdout, List(), new EvaluationPlan { Cutoffs = [3, 4], Metrics = ["hit", "mrr"], BootstrapResamples = 0 }, TestContext.Current.CancellationToken);
        ProtocolResult perTurn = result[ProtocolCatalog.PerTurn.Name];
        Assert.Equal(0, perTurn["hit@3"].Mean);
        Assert.Equal(1, perTurn["hit@4"].Mean);
        Assert.Equal(0.25, perTurn["mrr@4"].Mean);
        ListMeasures list = result.Lists[^1];
        Assert.Equal((2L, 0.2), (list.Recommendations, list.Coverage));
    }

    [Fact]
    public void They_hold_their_place_in_a_TREC_run()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "places-without-item.run");
        TrecRun.Write(path, List(), ["a"], [.. Enumerable.Range(0, 10).Select(item => $"i{item}")], "row");
        string[] ids = [.. File.ReadAllLines(path).Select(line => line.Split(' ')[2])];
        File.Delete(path);
        Assert.Equal(["#no-item", "i5", "#no-item#2", "i3"], ids);
    }
}
