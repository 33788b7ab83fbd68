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
                new RowComparison("most-popular", "best baseline", "per-item", "ndcg@5", 0.125, 1, 0.0004, 0.0008),
                new RowComparison("gpt|4", "llm list", "per-item", "hit@5", -0.4375, double.NaN, 0.25, 0.5),
            ],
        };
        var failed = new LeaderboardRow("ease", "baseline", new Dictionary<string, object?>(), 0.001, "failed", "ease needs 9.00 GB, the \"budget\" is 1.00 GB: raise `memory` | drop *this* row", new Dictionary<string, IReadOnlyDictionary<string, RowMetric>>());
        return new Leaderboard(
            "sample", "conversation", "ndcg@5", ["per-item"], ["hit@5", "ndcg@5"],
            new LeaderboardDataset("tiny | data", "00ff", true, ["a (ratings)", "b (conversations)"], ["a: free"], "by title", new Dictionary<string, long> { ["items"] = 12345, ["turns"] = 41 }, 0.012345),
            new LeaderboardProvenance(new Dictionary<string, string> { ["seen items"] = "left out" }, new Dictionary<string, string> { [".NET"] = "10.0.0" }, "X64, 2 cores", 12.5, 123_456_789),
            [baseline, reranked, failed], ["1 of 41 turns has no reply."]);
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
