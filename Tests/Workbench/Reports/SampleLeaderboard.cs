using Evaluation;
using Workbench.Reports;

namespace Tests.Workbench.Reports;

/// <summary>A small leaderboard with every awkward value: bars, quotes, failures, seeds, a figure that is not known.</summary>
internal static class SampleLeaderboard
{
    public static Leaderboard Make()
    {
        var baseline = new LeaderboardRow("most-popular", "baseline", new Dictionary<string, object?> { ["window_days"] = 0.5, ["train_on"] = "ratings", ["min_rating"] = null }, 0.25, "ok", null, Metrics(0.125, 0.0625, 0.1))
        {
            LearnedFrom = "ratings: 1,234 by 56 users",
            Fallbacks = 3,
            EmptyLists = 1,
            Lists = [new ListMeasures(5, 40, 200, 0.05, 0.9, 3.25, 1234.5)],
            Bands = [Band("cold", 4, 0.01), Band("popular", 36, 0.2)],
        };
        var reranked = new LeaderboardRow("gpt|4 + ease_x, max-pool (similarity=dot)", "rerank", new Dictionary<string, object?> { ["llm"] = "gpt|4" }, 1234.5, "ok", null, Metrics(0.25, 0.5, 0.2, 0.015))
        {
            Lists = [new ListMeasures(5, 41, 205, 0.25, 0.5, null, null)],
            Bands = [Band("cold", 4, 0.02), Band("popular", 36, 0.3)],
            Comparisons =
            [
                new RowComparison("most-popular", "best baseline", "per-item", "ndcg@5", 0.125, 1, 0.0004, 0.0008) { WilcoxonP = 0.001, AdjustedWilcoxonP = 0.002 },
                new RowComparison("fism (100% <b>&\"x\"</b>)", "runner-up", "per-item", "ndcg@5", 0.0125, 0.05, 0.5, 0.5) { WilcoxonP = 0.75, AdjustedWilcoxonP = 0.75 },
                new RowComparison("gpt|4", "llm list", "per-item", "hit@5", -0.4375, double.NaN, 0.25, 0.5),
            ],
        };
        var alike = new LeaderboardRow("fism (100% <b>&\"x\"</b>)", "trainer", new Dictionary<string, object?> { ["dimension"] = 32 }, 12.5, "ok", null, Metrics(0.2375, 0.475, 0.2375, 0.02))
        {
            Bands = [Band("cold", 4, 0.015), Band("popular", 36, 0.25)],
            Learning = [new LearningPoint(1, 0.75, 0.125), new LearningPoint(2, 0.5, 0.25), new LearningPoint(3, 0.375, double.NaN)],
            Comparisons =
            [
                new RowComparison("most-popular", "best baseline", "per-item", "ndcg@5", 0.1125, 0.9, 0.01, 0.01) { WilcoxonP = 0.02, AdjustedWilcoxonP = 0.02 },
                new RowComparison("gpt|4 + ease_x, max-pool (similarity=dot)", "best row", "per-item", "ndcg@5", -0.0125, -0.05, 0.5, 0.5) { WilcoxonP = 0.75, AdjustedWilcoxonP = 0.75 },
            ],
        };
        var failed = new LeaderboardRow("ease", "baseline", new Dictionary<string, object?>(), 0.001, "failed", "ease needs 9.00 GB, the \"budget\" is 1.00 GB: raise `memory` | drop *this* row", new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>());
        return new Leaderboard(
            "sample", "conversation", "ndcg@5", ["per-item"], ["hit@5", "ndcg@5"],
            new LeaderboardDataset("tiny | data", "00ff", true, ["a (ratings)", "b (conversations)"], ["a: free"], "by title", new Dictionary<string, long> { ["items"] = 12345, ["turns"] = 41 }, 0.012345),
            new LeaderboardProvenance(new Dictionary<string, string> { ["seen items"] = "left out" }, new Dictionary<string, string> { [".NET"] = "10.0.0" }, "X64, 2 cores", 12.5, 123_456_789),
            [baseline, reranked, failed, alike], ["1 of 41 turns has no reply."])
        { Searches = [Search()] };
    }

    /// <summary>A learning rate that matters, a sampler that matters less, an option that only one of them has, and every way in which a trial ends.</summary>
    internal static SearchHistory Search()
    {
        var trials = new List<SearchedTrial>();
        for (int i = 0; i < 16; i++)
        {
            double rate = Math.Pow(10, -4 + (i % 8 * 0.4));
            var options = new Dictionary<string, object?> { ["learning_rate"] = rate, ["algorithm"] = i % 2 == 0 ? "als" : "bpr" };
            if (i % 2 == 1)
                options["negatives"] = i % 4 == 1 ? null : 5 + i;
            (string status, string? reason) = i == 15 ? ("failed", "the loss is | not a number") : i % 5 == 4 ? ("stopped", null) : ("ok", (string?)null);
            trials.Add(new SearchedTrial(i, options, status, reason, status == "failed" ? null : 0.3 - Math.Abs(Math.Log10(rate) + 2.5) / 10 + (i % 2 * 0.01), status == "stopped" ? 3 : 9, 1.5, 1.5 * (i + 1)));
        }

        return new SearchHistory("fism (100% <b>&\"x\"</b>)", "fism", "tpe", "ndcg@5", ["learning_rate", "algorithm", "negatives"], trials, 3) { Logarithmic = ["learning_rate"] };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, RowMetric>> Metrics(double ndcg, double hit, double pessimistic, double? deviation = null) => new()
    {
        ["per-item"] = new Dictionary<string, RowMetric>
        {
            ["hit@5"] = new(hit, 0.01, 40, hit - 0.02, hit + 0.02, hit, deviation),
            ["ndcg@5"] = new(ndcg, 0.0078125, 40, double.NaN, double.NaN, pessimistic, deviation),
        },
    };

    private static BandResult Band(string name, int units, double mean) =>
        new(new PopularityBand(name, 0, 10), units, [new BandMetric("ndcg@5", mean, 0.001)]);
}
