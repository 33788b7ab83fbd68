using System.Globalization;
using Evaluation;
using Evaluation.Export;

namespace Tests.Evaluation.Export;

public sealed class TrecTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trec");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_and_its_qrels_by_hand()
    {
        var holdout = new Holdout("h", 3, ["t1", "t2"], [[2, 0, 2], []]);
        var rankings = new Rankings(2, 3, 3);
        rankings.Fill(0, [0.5f, -0.25f, 1e-10f], []);
        string[] items = ["tt01", "tt02", "tt03"];
        Assert.Equal(0, TrecRun.Write(At("run"), rankings, holdout.QueryIds, items, "most popular"));
        TrecQrels.Write(At("qrels"), holdout, items);
        Assert.Equal("t1 Q0 tt01 1 0.5 most-popular\nt1 Q0 tt03 2 1E-10 most-popular\nt1 Q0 tt02 3 -0.25 most-popular\n", File.ReadAllText(At("run")));
        Assert.Equal("t1 0 tt03 1\nt1 0 tt01 1\n", File.ReadAllText(At("qrels")));
        Assert.Equal((byte)'t', File.ReadAllBytes(At("run"))[0]);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1_000_000_000)]
    public void Sorted_as_trec_eval_sorts_a_run_has_our_order_and_our_figures(int levels)
    {
        var sample = new Sample(5, 40, 60, 20, levels, 6);
        string[] items = [.. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"tt{(i * 7919) % 9973:D4}"))];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ru-RU");
            TrecRun.Write(At("run"), sample.Rankings, sample.Holdout.QueryIds, items, "row");
            TrecQrels.Write(At("qrels"), sample.Holdout, items);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Dictionary<string, string[]> lists = AsTrecEvalSorts(At("run"));
        for (int q = 0; q < 40; q++)
            Assert.Equal([.. sample.Rankings.ItemsOf(q)[..sample.Rankings.LengthOf(q)].ToArray().Select(item => items[item])], lists[$"q{q}"]);

        Dictionary<string, HashSet<string>> relevant = File.ReadLines(At("qrels")).Select(line => line.Split(' '))
            .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.Select(parts => parts[2]).ToHashSet());
        ProtocolResult ours = Judge.Run(sample.Holdout, sample.Rankings, new EvaluationPlan { Cutoffs = [5, 20], BootstrapResamples = 0 })["per-turn"];
        foreach (string metric in new[] { "precision", "recall", "ndcg", "mrr", "hit" })
        {
            double theirs = relevant.Average(query => NaiveEvaluator.Value(
                metric, [.. lists[query.Key].Select(item => Array.IndexOf(items, item))], query.Value.Select(item => Array.IndexOf(items, item)).ToHashSet(), 5));
            Assert.Equal(theirs, ours[$"{metric}@5"].Mean, 12);
        }
    }

    [Fact]
    public void Ties_infinities_and_repetitions_keep_their_places()
    {
        var rankings = new Rankings(2, 3, 3);
        rankings.Fill(0, [0, float.PositiveInfinity, 0], []);
        rankings.FillInOrder(1, [2, 2, 0]);
        int byRank = TrecRun.Write(At("run"), rankings, ["a", "b"], ["x", "y", "z"], "t");
        Assert.Equal(1, byRank);
        Assert.Equal("a Q0 y 1 3 t\na Q0 x 2 2 t\na Q0 z 3 1 t\nb Q0 z 1 -1 t\nb Q0 z#2 2 -2 t\nb Q0 x 3 -3 t\n", File.ReadAllText(At("run")));
    }

    [Theory]
    [InlineData("Heat (1995)", "the item id `Heat (1995)` is empty or has white space in it, which a TREC file cannot hold: export with other ids")]
    [InlineData("", "the item id `` is empty or has white space in it, which a TREC file cannot hold: export with other ids")]
    [InlineData("x", "the item id `x` stands twice, so a TREC file could not tell them apart")]
    public void Ids_that_a_file_cannot_hold_are_refused_and_the_old_file_stays(string id, string message)
    {
        File.WriteAllText(At("run"), "old");
        var rankings = new Rankings(1, 2, 2);
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => TrecRun.Write(At("run"), rankings, ["q"], ["x", id], "t")).Message);
        Assert.Equal(message, Assert.Throws<EvaluationException>(() => TrecQrels.Write(At("run"), new Holdout("h", 2, ["q"], [[1]]), ["x", id])).Message);
        Assert.Equal("old", File.ReadAllText(At("run")));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Units_are_written_with_their_values()
    {
        var holdout = new Holdout("h", 3, ["t,1", "t2"], [[2, 0], [1]]);
        var rankings = new Rankings(2, 3, 3);
        rankings.FillInOrder(0, [1, 2]);
        EvaluationResult result = Judge.Run(holdout, rankings, new EvaluationPlan { Cutoffs = [2], Metrics = ["hit", "mrr"], BootstrapResamples = 0 });
        UnitsCsv.Write(At("items.csv"), holdout, result["per-item"], ["a", "b", "c\"d"]);
        UnitsCsv.Write(At("turns.csv"), holdout, result["per-turn"], ["a", "b", "c\"d"]);
        Assert.Equal("query,target,rank,hit@2,mrr@2\n\"t,1\",\"c\"\"d\",2,1,0.5\n\"t,1\",a,,0,0\nt2,b,,0,0\n", File.ReadAllText(At("items.csv")));
        Assert.Equal("query,target,rank,hit@2,mrr@2\n\"t,1\",,2,1,0.5\nt2,,,0,0\n", File.ReadAllText(At("turns.csv")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>By score in single precision, descending, then by item id, descending; the rank column is not looked at.</summary>
    private static Dictionary<string, string[]> AsTrecEvalSorts(string path) => File.ReadLines(path)
        .Select(line => line.Split(' '))
        .GroupBy(parts => parts[0])
        .ToDictionary(
            group => group.Key,
            group => group.OrderByDescending(parts => float.Parse(parts[4], CultureInfo.InvariantCulture)).ThenByDescending(parts => parts[2], StringComparer.Ordinal).Select(parts => parts[2]).ToArray());
}
