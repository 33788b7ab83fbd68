using System.Globalization;
using System.Text.Json;
using Evaluation;
using Evaluation.Metrics;

namespace Tests.Evaluation;

/// <summary>
/// He et al. 2023, INSPIRED, GPT-4: the recorded replies judged by us give the published tables, means and standard errors, at every cut-off.
/// </summary>
/// <remarks>
/// Their rules, each needed for at least one figure:
/// <list type="number">
/// <item>Units are (turn, entry of <c>gt_list</c>), by title. A title that a turn's list names twice is two units (one turn does: 211, not 210).</item>
/// <item><c>recommendation</c> are the units whose title is not in the turn's <c>prev_list</c>, <c>discussion</c> those whose title is, <c>all</c> both. Titles outside the catalogue stay units.</item>
/// <item>A named title stands for its <c>nearest_movie</c>. "OOV filtered" drops it, and closes the gap, if <c>min_edit_distance</c> is above 2; unfiltered it stays, however far.</item>
/// <item>"Seen excluded" drops nearest movies in the turn's <c>prev_list</c> and closes the gap.</item>
/// <item>Repetitions in the list stay and take places; a target's rank is its first. All 20 titles are used.</item>
/// <item>recall@k is 1 if rank &lt;= k, NDCG@k 1 / log2(rank + 1), MRR@k 1 / rank; each unit alone; standard error sd (n - 1) / sqrt(n).</item>
/// </list>
/// </remarks>
public class PublishedFiguresTests
{
    private sealed record Named(string Movie, int Distance);

    private sealed record Reply(Named[] List, string[] Targets, HashSet<string> Before);

    [Theory]
    [InlineData("recommendation", true, 211)]
    [InlineData("discussion", true, 42)]
    [InlineData("all", true, 253)]
    [InlineData("recommendation", false, 211)]
    [InlineData("discussion", false, 42)]
    [InlineData("all", false, 253)]
    public void Inspired_by_gpt_4(string condition, bool filteredAndSeenExcluded, int units)
    {
        string? root = Environment.GetEnvironmentVariable("WORKBENCH_TEST_DATA");
        Assert.SkipUnless(root is not null, "WORKBENCH_TEST_DATA is not set: the real data is outside the repository");
        string folder = Path.Combine(root!, "inspired");
        Reply[] replies = [.. File.ReadLines(Path.Combine(folder, "llm.gpt-4.test.jsonl")).Select(Read)];
        string summary = filteredAndSeenExcluded ? "summary.gpt-4.oov-filtered.seen-excluded.csv" : "summary.gpt-4.all.csv";
        Dictionary<string, double> published = Table(Path.Combine(folder, summary), condition);

        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        int RowOf(string title) => rows.TryGetValue(title, out int row) ? row : rows[title] = rows.Count;
        int[][] targets = [.. replies.Select(reply => reply.Targets
            .Where(title => condition == "all" || reply.Before.Contains(title) == (condition == "discussion")).Select(RowOf).ToArray())];
        int[][] lists = [.. replies.Select(reply => reply.List
            .Where(named => !filteredAndSeenExcluded || (named.Distance <= 2 && !reply.Before.Contains(named.Movie))).Select(named => RowOf(named.Movie)).ToArray())];

        var holdout = new Holdout("INSPIRED", rows.Count, [.. Enumerable.Range(0, replies.Length).Select(turn => turn.ToString(CultureInfo.InvariantCulture))], targets);
        var rankings = new Rankings(replies.Length, 20, rows.Count);
        for (int turn = 0; turn < lists.Length; turn++)
            rankings.FillInOrder(turn, lists[turn]);
        ProtocolResult result = Judge.Run(holdout, rankings, new EvaluationPlan { Cutoffs = [1, 5, 10, 20], Metrics = ["recall", "hit", "ndcg", "mrr"], BootstrapResamples = 0 })["per-item"];

        Assert.Equal(units, result.Units.Count);
        foreach (string metric in new[] { "recall", "ndcg", "mrr" })
        {
            foreach (int k in new[] { 1, 5, 10, 20 })
            {
                string name = MetricCatalog.NameAt(metric, k);
                Assert.Equal(published[$"{name}_mean"], result[name].Mean, 1e-9);
                Assert.Equal(published[$"{name}_se"], result[name].StandardError, 1e-9);
                Assert.Equal(result[name].Mean, result[name].Pessimistic, 1e-15);
                if (metric == "recall")
                    Assert.Equal(result[name], result[MetricCatalog.NameAt("hit", k)]);
            }
        }
    }

    private static Reply Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new Reply(
            [.. root.GetProperty("rec_list").EnumerateArray().Select(named => new Named(named.GetProperty("nearest_movie").GetString()!, named.GetProperty("min_edit_distance").GetInt32()))],
            [.. root.GetProperty("gt_list").EnumerateArray().Select(title => title.GetString()!)],
            [.. root.GetProperty("prev_list").EnumerateArray().Select(title => title.GetString()!)]);
    }

    private static Dictionary<string, double> Table(string path, string condition)
    {
        string[] lines = File.ReadAllLines(path);
        string[] row = lines.Select(line => line.Split(',')).Single(cells => cells[0] == condition);
        return lines[0].Split(',').Zip(row).Skip(1).ToDictionary(cell => cell.First, cell => double.Parse(cell.Second, CultureInfo.InvariantCulture));
    }
}
