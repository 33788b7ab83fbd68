using System.Globalization;
using System.Text.RegularExpressions;
using Workbench;
using Workbench.Reports;

namespace Tests.Workbench;

/// <summary>The whole program on the published datasets, where they are.</summary>
public sealed class RealDataTests(ITestOutputHelper output)
{
    private static string Folder()
    {
        string? folder = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "WORKBENCH_TEST_DATA is not set: it names the folder with the published datasets");
        return folder!;
    }

    [Fact]
    public void INSPIREDs_published_figures_come_out_of_the_whole_program()
    {
        string folder = Path.Combine(Folder(), "inspired");
        RunProduct product = SmallRun.Of(
            $$"""
            name: inspired
            task: conversation
            dataset: { conversations: '{{folder}}' }
            catalogue: all
            evaluation: { protocols: [per-item], metrics: [recall, ndcg, mrr], cutoffs: [1, 5, 10, 20], bootstrap: 0 }
            llms: [{ gpt-4: { matches: recorded } }]
            """);
        LeaderboardRow row = Assert.Single(product.Leaderboard.Rows);
        string[][] table = [.. File.ReadLines(Path.Combine(folder, "summary.gpt-4.oov-filtered.seen-excluded.csv")).Select(line => line.Split(','))];
        string[] published = table.Single(cells => cells[0] == "recommendation");
        double Published(string column) => double.Parse(published[Array.IndexOf(table[0], column)], CultureInfo.InvariantCulture);
        foreach (string metric in product.Leaderboard.Metrics)
        {
            RowMetric figure = row.Metrics["per-item"][metric];
            Assert.Equal(211, figure.N);
            Assert.Equal(Published(metric + "_mean"), figure.Mean, 1e-9);
            Assert.Equal(Published(metric + "_se"), figure.Se, 1e-9);
        }
    }

    [Fact]
    public void ReDIALs_lists_gain_by_item_embeddings_of_MovieLens()
    {
        string folder = Folder();
        Leaderboard leaderboard = SmallRun.Of(
            $$"""
            name: redial
            task: conversation
            dataset:
              ratings: ['{{folder}}/ml-1m', '{{folder}}/ml-latest-small']
              imdb_links: '{{folder}}/ml-25m-links/links.csv'
              conversations: '{{folder}}/redial'
            evaluation: { metrics: [hit, ndcg], cutoffs: [1, 5, 10, 20], bootstrap: 0 }
            objective: hit@10
            baselines: [most-popular]
            trainers: [{ matrix-factorization: { dimension: 64, iterations: 4 } }]
            llms: [gpt-3.5-turbo]
            controls: [fill-popular, fill-random]
            rerankers: [max-pool]
            """).Leaderboard;
        foreach (LeaderboardRow row in leaderboard.Rows)
            output.WriteLine($"{row.Row}: hit@10 {Cell.Metric(row.Metrics["per-item"]["hit@10"], false)}, {row.Seconds:0.0} s");
        Assert.All(leaderboard.Rows, row => Assert.Equal(LeaderboardRow.Ok, row.Status));

        // Items with ratings as ReDIAL counts them, 6,924 in all; some of them are one movie, so that the catalogue is smaller.
        string rated = Regex.Match(leaderboard.Dataset.Linking!, "([0-9,]+) have ratings").Groups[1].Value;
        Assert.InRange(int.Parse(rated, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), 4_350, 4_850);
        Assert.InRange(leaderboard.Dataset.Counts["items in the catalogue"], 4_150, 4_850);
        Assert.Equal(1_803, leaderboard.Dataset.Counts["turns asked"]);

        // About nine titles of a reply are in the catalogue, so at 10 there is little to fill: what is gained over the fills is too small to be told from chance there.
        LeaderboardRow pooled = leaderboard.Rows[^1];
        foreach ((string role, string metric, bool significant) in ((string, string, bool)[])
                 [("llm list", "hit@10", true), ("fill-popular", "hit@10", false), ("fill-random", "hit@10", false), ("llm list", "hit@20", true), ("fill-random", "hit@20", true)])
        {
            RowComparison gain = Assert.Single(pooled.Comparisons, c => c.Role == role && c.Metric == metric);
            output.WriteLine($"{gain}");
            Assert.True(gain.Difference > 0, $"{gain}");
            Assert.True(!significant || gain.AdjustedP < 0.05, $"{gain}");
        }

        // Max pooling by cosine leaves the first place as it was.
        Assert.Equal(leaderboard.Rows.Single(row => row.Kind == "llm").Metrics["per-item"]["hit@1"].Mean, pooled.Metrics["per-item"]["hit@1"].Mean, 0.02);
    }
}
