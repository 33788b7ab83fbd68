using System.Text;
using Trainers;
using Workbench.Reports;
using Workbench.Reports.References;

namespace Tests.Workbench.Reports.References;

/// <summary>Published figures are shown beside ours where data and protocol are the same, named as not comparable where they are not, and not at all elsewhere.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Metrics = ["hit@1", "ndcg@1", "hit@5", "ndcg@5", "hit@10", "ndcg@10"];

    private static Leaderboard Board(string[] protocols, string[] sources, long items = 22_010)
    {
        var metric = new RowMetric(0.0786, 0.002, 100, double.NaN, double.NaN, 0.07, null);
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, RowMetric>> metrics = protocols.ToDictionary(protocol => protocol, _ => (IReadOnlyDictionary<string, RowMetric>)Metrics.ToDictionary(name => name, _ => metric));
        LeaderboardRow Row(string label, string kind, params (string, object?)[] options) => new(label, kind, options.ToDictionary(o => o.Item1, o => o.Item2), 1, "ok", null, metrics);
        Leaderboard sample = SampleLeaderboard.Make();
        return sample with
        {
            Protocols = protocols,
            Metrics = Metrics,
            Objective = "hit@10",
            Dataset = sample.Dataset with { Synthetic = false, Sources = sources, Counts = new Dictionary<string, long> { ["items in the catalogue"] = items } },
            Provenance = sample.Provenance with { Settings = new Dictionary<string, string> { ["catalogue"] = "rated", ["evaluated on"] = "test" } },
            Rows =
            [
                Row("most-popular (train_on=ratings)", "baseline", ("train_on", "ratings")),
                Row("most-popular (train_on=conversations)", "baseline", ("train_on", "conversations")),
                Row("gpt-3.5-turbo", "llm"),
                Row("gpt-3.5-turbo + fill-random", "rerank", ("llm", "gpt-3.5-turbo"), ("control", "fill-random")),
                Row("gpt-3.5-turbo + sasrec, max-pool", "rerank", ("llm", "gpt-3.5-turbo"), ("reranker", "max-pool"), ("embeddings", "sasrec"), ("embeddings.train_on", "ratings")),
            ],
        };
    }

    private static readonly string[] Same = ["ml-32m (ratings)", "reddit-movie (conversations)"];

    private static string Shown(Leaderboard board)
    {
        var text = new StringBuilder();
        ReferenceTables.Write(text, board);
        return text.ToString();
    }

    [Fact]
    public void The_papers_table_is_carried_by_the_program()
    {
        ReferenceTable table = Assert.Single(ReferenceReader.All);
        Assert.Equal(9, table.Rows.Count);
        Assert.Equal(new ReferenceFigure(0.1330, 0.0032), table.Rows[^1].Figures["hit@10"]);
        foreach (ReferenceRow row in table.Rows)
        {
            Assert.All(row.Figures, figure => Assert.InRange(figure.Value.Mean, figure.Value.Se, 0.2));
            Assert.Contains(row.Protocol, (string[])["per-turn", "per-item", "unknown"]);
            // NDCG@1 is hit@1, and what grows with k grows.
            if (row.Figures.ContainsKey("ndcg@1"))
                Assert.Equal(row.Figures["hit@1"], row.Figures["ndcg@1"]);
            foreach (string metric in (string[])["hit", "ndcg"])
                Assert.True(row.Figures[$"{metric}@5"].Mean < row.Figures[$"{metric}@10"].Mean);
        }

        // The improvement that the paper prints, from its rounded figures.
        double Of(int row, string metric) => table.Rows[row].Figures[metric].Mean;
        Assert.Equal(0.1232, (Of(8, "hit@5") / Of(7, "hit@5")) - 1, 0.002);
        Assert.Equal(0.0914, (Of(8, "hit@10") / Of(7, "hit@10")) - 1, 0.002);
    }

    [Fact]
    public void The_same_data_and_protocol_give_differences()
    {
        string text = Shown(Board(["per-turn"], Same));
        Assert.Contains("| GPT-3.5-t + SASRec embeddings, max-pool, published | per-turn | 0.0156 ± 0.0012 |", text, StringComparison.Ordinal);
        Assert.Contains("| ours: gpt-3.5-turbo + sasrec, max-pool | per-turn | 0.0786 ± 0.0020 |", text, StringComparison.Ordinal);
        Assert.Contains("+0.0016 (+2.1 %)", text, StringComparison.Ordinal);
        Assert.Contains("| ours: most-popular (train\\_on=conversations) |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("train\\_on=ratings", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fill-random", text, StringComparison.Ordinal);
        // Two rows have a protocol that we evaluated and a row of ours: popularity's is unknown.
        Assert.Equal(2, text.Split("| difference |").Length - 1);
    }

    [Theory]
    [InlineData("per-turn", "ml-25m (ratings)", 22_014, "the data are ml-25m and reddit-movie, not reddit-movie and ml-32m")]
    [InlineData("next-item", "ml-32m (ratings)", 22_014, "the protocol is next-item")]
    [InlineData("per-turn", "ml-32m (ratings)", 12_000, "the catalogue has 12,000 items, not 22,014")]
    public void Something_else_gives_one_remark_and_no_figures(string protocol, string ratings, long items, string remark)
    {
        string text = Shown(Board([protocol], [ratings, "reddit-movie (conversations)"], items));
        Assert.Contains(remark, text, StringComparison.Ordinal);
        Assert.DoesNotContain('|', text);
        Assert.DoesNotContain("0.1330", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_are_not_bothered_with_them()
    {
        Assert.Equal("", Shown(Board(["per-turn"], ["ml-32m (ratings)", "redial (conversations)"])));
        Leaderboard board = Board(["per-turn"], Same);
        Assert.Equal("", Shown(board with { Dataset = board.Dataset with { Synthetic = true } }));
        Assert.Equal("", Shown(board with { Task = "next-item" }));
    }

    [Theory]
    [InlineData("name: x\nsource: y\nrows: 3\n", 1, "`dataset` is missing")]
    [InlineData("name: x\nsourc: y\n", 2, "`sourc` is not known")]
    [InlineData("name: x\nname: y\n", 2, "given twice")]
    [InlineData("name: x\nsource: y\ndataset: { sources: [a], items: many, catalogue: rated, split: test }\nrows: []\n", 3, "must be a number")]
    [InlineData("name: x\nsource: y\ndataset: { sources: [a], items: 1, catalogue: rated, split: test }\nrows:\n- { model: m, protocol: per-turn, figures: { hit@1: 3 } }\n", 5, "expected a list")]
    public void A_mistake_in_such_a_file_is_told_with_its_line(string yaml, long line, string message)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ReferenceReader.Parse(yaml, "x.yaml"));
        Assert.Equal(("x.yaml", line), (error.File, error.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
