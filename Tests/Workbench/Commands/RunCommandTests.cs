using System.Text.Json;
using Tests.Data;

namespace Tests.Workbench.Commands;

/// <summary><c>workbench run</c>: files, output and exit codes.</summary>
public sealed class RunCommandTests : IDisposable
{
    internal const string Tiny =
        """
        name: tiny
        task: next-item
        catalogue: all
        dataset: { synthetic: { users: 40, items: 30, ratings: 240, conversations: 20 } }
        evaluation: { depth: 20, bootstrap: 20 }
        baselines: [random, most-popular]

        """;

    private readonly TemporaryFolder _folder = new();

    public RunCommandTests() => File.WriteAllText(_folder["tiny.yaml"], Tiny);

    public void Dispose() => _folder.Dispose();

    /// <summary>What is there beside the study.</summary>
    private string[] Files() => [.. _folder.Files().Where(file => !file.StartsWith("studies/", StringComparison.Ordinal))];

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, ["run", .. arguments]);

    [Fact]
    public async Task It_writes_the_leaderboard_and_shows_it()
    {
        Finished done = await Run("tiny.yaml");
        Assert.Equal(0, done.Code);
        string[] files = [.. Files().Where(file => !file.StartsWith("reports/tiny/charts/", StringComparison.Ordinal))];
        Assert.Contains("studies/tiny.db", _folder.Files());
        Assert.Equal(["reports/tiny/leaderboard.csv", "reports/tiny/leaderboard.html", "reports/tiny/leaderboard.json", "reports/tiny/leaderboard.md", "tiny.yaml"], files);
        Assert.Contains("reports/tiny/charts/metric.next-item.svg", _folder.Files());
        Assert.Contains("most-popular", done.Output, StringComparison.Ordinal);
        Assert.Contains("(synthetic data)", done.Output, StringComparison.Ordinal);
        Assert.Contains("report: reports/tiny/leaderboard.md", done.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', done.Output + done.Errors);
        Assert.StartsWith("# tiny\n", File.ReadAllText(_folder["reports", "tiny", "leaderboard.md"]), StringComparison.Ordinal);
        Assert.StartsWith("row,kind,status", File.ReadAllText(_folder["reports", "tiny", "leaderboard.csv"]), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["reports", "tiny", "leaderboard.json"]));
        Assert.Equal(2, json.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Json_is_all_that_it_prints()
    {
        Finished done = await Run("tiny.yaml", "--json", "--out", "here", "--set", "reports={ formats: [json], trec: true }", "--set", "baselines=[random]");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        using var json = JsonDocument.Parse(done.Output);
        Assert.Equal("random", json.RootElement.GetProperty("rows")[0].GetProperty("row").GetString());
        Assert.Equal(done.Output, File.ReadAllText(_folder["here", "leaderboard.json"]));
        Assert.Equal(["here/leaderboard.json", "here/trec/01.random.run", "here/trec/qrels.txt", "tiny.yaml"], Files());
        string[] run = File.ReadAllLines(_folder["here", "trec", "01.random.run"]);
        Assert.Matches("^\\S+ Q0 \\S+ 1 \\S+ random$", run[0]);
        Assert.NotEmpty(File.ReadAllLines(_folder["here", "trec", "qrels.txt"]));
    }

    [Fact]
    public async Task Failed_rows_are_shown_and_only_a_run_of_nothing_else_is_an_error()
    {
        Finished some = await Run("tiny.yaml", "--jobs", "2", "--set", "memory=5kB", "--set", "baselines=[ease, most-popular]");
        Assert.Equal(0, some.Code);
        Assert.Contains("failed", some.Output, StringComparison.Ordinal);
        Assert.Contains("raise \\`memory\\`", File.ReadAllText(_folder["reports", "tiny", "leaderboard.md"]), StringComparison.Ordinal);

        Finished none = await Run("tiny.yaml", "--set", "memory=5kB", "--set", "baselines=[ease]");
        Assert.Equal(2, none.Code);
        Assert.Contains("ease: ease needs", none.Output + none.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", none.Output + none.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "baselines: [random]\n\tjobs: 2\n", "tab" },
        { "baselines: [random]\njobz: 2\n", "jobs" },
        { "name: again\nbaselines: [random]\n", "name" },
        { "baselines: [random]\njobs: 0\n", "1" },
        { "baselines: [randon]\n", "random" },
        { "baselines: [{ item-knn: { neighbors: 3 } }]\n", "neighbours" },
        { "baselines: [{ item-knn: { neighbours: lots } }]\n", "number" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_file_is_one_line_with_its_place(string lines, string hint)
    {
        File.WriteAllText(_folder["wrong.yaml"], Tiny.Replace("baselines: [random, most-popular]\n", lines, StringComparison.Ordinal));
        Refusal.Of(await Run("wrong.yaml"), "^wrong\\.yaml:[67]:[0-9]+: .*" + hint);
        Assert.Equal(["tiny.yaml", "wrong.yaml"], _folder.Files());
    }

    [Theory]
    [InlineData("baselinez=[random]", "baselines")]
    [InlineData("evaluation.depth=0", "10000")]
    [InlineData("evaluation.depth", "=")]
    public async Task A_mistake_in_a_setting_is_one_line(string setting, string hint) => Refusal.Of(await Run("tiny.yaml", "--set", setting), hint);

    [Fact]
    public async Task A_file_that_is_missing_or_empty_is_one_line()
    {
        Refusal.Of(await Run("nothing.yaml"), "^nothing\\.yaml.*no such file");
        File.WriteAllText(_folder["empty.yaml"], "");
        Refusal.Of(await Run("empty.yaml"), "^empty\\.yaml.*empty");
        Refusal.Of(await Run("."), "folder");
    }

    [Fact]
    public async Task A_report_that_could_not_be_written_is_refused_before_the_work()
    {
        File.WriteAllText(_folder["taken"], "a file");
        Refusal.Of(await Run("tiny.yaml", "--out", "taken"), "taken.*--out");
        Assert.Equal(["taken", "tiny.yaml"], _folder.Files());
    }

    [Fact]
    public async Task What_the_command_line_does_not_know_is_refused()
    {
        Finished done = await Run("tiny.yaml", "--bogus");
        Assert.Equal(2, done.Code);
        Assert.Contains("--bogus", done.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", done.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_130_and_leaves_nothing_half_written()
    {
        string[] large = ["--set", "dataset.synthetic={ users: 40000, items: 3000, ratings: 2000000, conversations: 0 }", "--set", "baselines=[item-knn, ease]"];
        Finished done = await ChildProgram.Run(_folder.Path, written => written.Contains("rows", StringComparison.Ordinal), ["run", "tiny.yaml", .. large]);
        Assert.Equal(130, done.Code);
        Assert.Contains("interrupted", done.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", done.Errors, StringComparison.Ordinal);
        Assert.Equal(["tiny.yaml"], Files());
        Assert.Equal(["studies/tiny.db"], _folder.Files().Where(file => file.StartsWith("studies/", StringComparison.Ordinal)));
    }
}
