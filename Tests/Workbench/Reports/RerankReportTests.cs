using System.Globalization;
using Tests.Architecture;
using Workbench;
using Workbench.Reports;

namespace Tests.Workbench.Reports;

/// <summary>rerank.md is approved text, the same in every culture, and says what a small run did.</summary>
public sealed class RerankReportTests
{
    private static RerankReport Sample() => new(
        "sample", true, 5, 0.9,
        [new TargetFunnel("gpt|4", 200, 80, 70, 60, 55, 40, 180), new TargetFunnel("silent", 0, 0, 0, 0, 0, 0, 0)],
        [
            new RerankedRow(
                "gpt|4 + ease_x, max-pool", "gpt|4", [new RowComparison("gpt|4", "llm list", "per-item", "hit@5", 0.0125, 0.125, 0.01, 0.04), new RowComparison("gpt|4", "llm list", "per-item", "ndcg@5", -0.5, double.NaN, 0.4, 0.4)],
                0.8125, 1.25, 45, 38, 4, 3, 2, [("Heat (1995)", 12), ("M*A*S*H (1970)", 3)], [("Ronin (1998)", -9)],
                new RecommendedPopularity(1234.5, 0.75, 0.125, [("cold", 0.25), ("warm", 0.5), ("popular", 0.25)])),
            new RerankedRow("gpt|4 + fill-random", "gpt|4", [], double.NaN, 0, 0, 0, 0, 0, 40, [], [], null),
        ],
        [new RerankExample("gpt|4 + ease_x, max-pool", "t_1", ["Seeker: I *liked* Heat (1995)", "Recommender: And <this>?"], ["Ronin (1998)"], ["Up (2009)", "Ronin (1998)"], ["Ronin (1998)"])]);

    [Theory]
    [InlineData("")]
    [InlineData("en-US")]
    [InlineData("ru-RU")]
    public void The_text_is_as_approved(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string actual = RerankMarkdown.Write(Sample());
            string approved = Path.Combine(SourceFile.Root, "Tests", "Workbench", "Reports", "approved", "rerank.md");
            string expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
            if (actual != expected)
                File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "received.rerank.md"), actual);
            Assert.Equal(expected, actual);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_run_is_reviewed_consistently()
    {
        RunProduct product = SmallRun.Of(SmallRun.Conversation, "rerankers=[max-pool, mean-pool, rrf]", "reports.examples=3");
        RerankReport report = product.Reranking!;
        TargetFunnel funnel = Assert.Single(report.Funnels);
        Assert.True(funnel.Targets >= funnel.Named && funnel.Named >= funnel.Matched && funnel.Matched >= funnel.InCatalogue && funnel.InCatalogue >= funnel.Listed && funnel.Listed >= funnel.InTopK && funnel.InTopK > 0);
        Assert.Equal(product.Holdout.TargetCount, funnel.Reachable);
        Assert.Equal(product.Holdout.TargetCount + product.Holdout.UnreachableTargets, funnel.Targets);
        Assert.Equal(5, report.Rows.Count);
        foreach (RerankedRow row in report.Rows)
        {
            double hit = product.Leaderboard.Rows.Single(other => other.Row == row.Row).Metrics["per-item"][$"hit@{report.K}"].Mean;
            Assert.Equal(hit * product.Holdout.TargetCount, row.Hits, 1e-6);
            Assert.Equal(row.Hits, row.KeptHits + row.LiftedHits + row.FoundHits);
            Assert.Equal(funnel.InTopK, row.KeptHits + row.LostHits);
            Assert.InRange(row.Overlap, 0, 1);
            Assert.Equal(1, row.Popularity!.Shares.Sum(share => share.Share), 1e-9);
        }

        // What keeps the model's order in front loses nothing of it.
        Assert.All(report.Rows.Where(row => row.Row.Contains("fill-", StringComparison.Ordinal)), row => Assert.Equal((0, 0, 1.0), (row.LostHits, row.LiftedHits, Math.Round(row.Overlap, 9))));
        Assert.Equal(3, report.Examples.Count);
        Assert.Empty(SmallRun.Of(SmallRun.Conversation).Reranking!.Examples);
        Assert.Null(SmallRun.Of(SmallRun.NextItem).Reranking);
    }

    [Fact]
    public void It_is_written_beside_the_leaderboard_without_conversations_unless_asked_for()
    {
        string folder = Directory.CreateTempSubdirectory("rerank").FullName;
        RunProduct product = SmallRun.Of(SmallRun.Conversation);
        ReportFolder.Write(product, new global::Workbench.Experiments.ReportOptions(), folder);
        string text = File.ReadAllText(Path.Combine(folder, "rerank.md"));
        Directory.Delete(folder, recursive: true);
        Assert.Contains("## Where targets are lost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Examples", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seeker", text, StringComparison.Ordinal);
    }
}
