using System.Text;
using Tests.Data;
using Tests.Data.Importers;
using Tests.Data.Importers.Conversations;

namespace Tests.Workbench.Commands;

/// <summary><c>workbench data</c> and <c>link</c>: datasets from sources of every kind and in every state.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, arguments);

    private const string Small = "--users 30 --items 40 --ratings 300 --conversations 20";

    [Fact]
    public async Task A_dataset_is_made_looked_at_and_used()
    {
        Finished made = await Run(["data", "synth", "--out", "made", "--gzip", .. Small.Split(' ')]);
        Assert.Equal((0, ""), (made.Code, made.Errors));
        Assert.Contains("300 ratings", made.Output, StringComparison.Ordinal);
        Assert.Equal(["conversations.jsonl", "dataset.yaml", "interactions.csv.gz", "items.csv", "llm/simulated-llm.jsonl"], Files("made"));

        Finished shown = await Run("data", "stats", "made");
        Assert.Equal((0, ""), (shown.Code, shown.Errors));
        Assert.Contains("300", shown.Output, StringComparison.Ordinal);

        Finished begun = await Run("init", "--data", "made", "--out", "mine.yaml");
        Assert.Equal((0, ""), (begun.Code, begun.Errors));
        Finished done = await Run("run", "mine.yaml", "--out", "report", "--set", "evaluation.bootstrap=20");
        Assert.True(done.Code == 0, done.Errors);
        Assert.Contains("simulated-llm", File.ReadAllText(_folder["report", "leaderboard.md"]), StringComparison.Ordinal);
        Assert.DoesNotContain("failed", done.Output, StringComparison.Ordinal);

        Refusal.Of(await Run("init", "--data", "made", "--out", "mine.yaml"), "mine\\.yaml.*--out");
        Directory.CreateDirectory(_folder["elsewhere"]);
        Assert.Equal(0, (await Run("init", "--data", "made", "--out", "elsewhere/mine.yaml")).Code);
        Assert.Contains("  path: '../made' ", File.ReadAllText(_folder["elsewhere", "mine.yaml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_options_make_the_same_dataset()
    {
        foreach (string name in (string[])["one", "two"])
            Assert.Equal(0, (await Run(["data", "synth", "--out", name, "--threads", name == "one" ? "1" : "3", .. Small.Split(' ')])).Code);
        Assert.Equal(0, (await Run(["data", "synth", "--out", "other", "--seed", "8", .. Small.Split(' ')])).Code);
        Assert.Equal(File.ReadAllBytes(_folder["one", "interactions.csv"]), File.ReadAllBytes(_folder["two", "interactions.csv"]));
        Assert.Equal(File.ReadAllBytes(_folder["one", "dataset.yaml"]), File.ReadAllBytes(_folder["two", "dataset.yaml"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["one", "interactions.csv"]), File.ReadAllBytes(_folder["other", "interactions.csv"]));
    }

    [Theory]
    [InlineData("--users 0", "--users")]
    [InlineData("--users many", "--users.*many")]
    [InlineData("--drift NaN", "--drift")]
    [InlineData("--users 10 --items 20 --ratings 900", "ratings")]
    public async Task Options_of_generated_data_are_checked(string options, string pattern)
    {
        Refusal.Of(await Run(["data", "synth", "--out", "made", .. options.Split(' ')]), pattern);
        Assert.Empty(_folder.Files());
    }

    [Theory]
    [InlineData("redial")]
    [InlineData("inspired")]
    public async Task Conversations_are_linked_with_ratings_and_run(string format)
    {
        using RatingFolder ratings = Movies();
        using SampleFolder conversations = format == "redial" ? Samples.Redial() : Samples.Inspired();
        for (int time = 0; time < 2; time++)
        {
            // The second time replaces the first, report and all.
            Finished linked = await Run("link", "--ratings", ratings.Path, "--conversations", conversations.Folder, "--out", "linked");
            Assert.Equal((0, ""), (linked.Code, linked.Errors));
            Assert.Equal(["conversations.jsonl", "dataset.yaml", "interactions.csv", "items.csv", "link-report.md", format == "redial" ? "llm/tiny-model.jsonl" : "llm/m-4.jsonl"], Files("linked"));
        }

        Assert.Contains("| ", File.ReadAllText(_folder["linked", "link-report.md"]), StringComparison.Ordinal);
        Assert.Equal(0, (await Run("data", "stats", "linked")).Code);
        string model = format == "redial" ? "tiny-model" : "m-4";
        File.WriteAllText(
            _folder["e.yaml"],
            $"name: e\ntask: conversation\ncatalogue: all\ndataset: {{ path: linked }}\nevaluation: {{ bootstrap: 0 }}\nbaselines: [most-popular]\ntrainers: [{{ matrix-factorization: {{ dimension: 4 }} }}]\nllms: [{model}]\ncontrols: [fill-random]\nrerankers: [max-pool]\n");
        Finished done = await Run("run", "e.yaml", "--out", "report");
        Assert.True(done.Code == 0, done.Errors);
        string path = File.ReadAllText(_folder["report", "leaderboard.csv"]);
        Assert.DoesNotContain("failed", path, StringComparison.Ordinal);

        // The same, linked on the fly.
        string sources = $"dataset={{ ratings: ['{ratings.Path}'], conversations: '{conversations.Folder}' }}";
        Finished direct = await Run("run", "e.yaml", "--out", "direct", "--set", sources);
        Assert.True(direct.Code == 0, direct.Errors);
        Assert.Equal(WithoutSeconds(path), WithoutSeconds(File.ReadAllText(_folder["direct", "leaderboard.csv"])));
    }

    [Fact]
    public async Task Ratings_alone_become_a_dataset()
    {
        using RatingFolder ratings = Movies();
        Finished done = await Run("data", "import", ratings.Path, "--out", "imported");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Contains("12 ratings", done.Output, StringComparison.Ordinal);

        File.WriteAllText(_folder["own.tsv"], "who\twhat\tstars\nann\tx\t5\nbob\ty\t1\n");
        Finished own = await Run("data", "import", "own.tsv", "--columns", "user=who,item=what,rating=stars", "--out", "own");
        Assert.Equal((0, ""), (own.Code, own.Errors));
        Refusal.Of(await Run("data", "import", "own.tsv", "--columns", "user=who,thing=what", "--out", "own"), "--columns");
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "truncated zip", "zip" },
        { "wrong column count", "ratings\\.csv:3.*" },
        { "not a number", "ratings\\.csv:3.*" },
        { "bad UTF-8", "movies\\.csv:3.*" },
        { "unknown movie", "ratings\\.csv:3.*" },
        { "empty file", "ratings\\.csv.*" },
        { "missing file", "ratings\\.csv|no-such-folder" },
        { "missing movies", "movies\\.csv" },
        { "output is a file", "taken" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_ratings_are_refused_in_one_line(string damage, string pattern)
    {
        using RatingFolder ratings = Movies();
        string path = ratings.Path, output = "out";
        string[] lines = File.ReadAllLines(ratings.Full("ratings.csv"));
        switch (damage)
        {
            case "truncated zip":
                path = ratings.Zip();
                byte[] bytes = File.ReadAllBytes(path);
                File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
                break;
            case "wrong column count":
                lines[2] += ",1";
                break;
            case "not a number":
                lines[2] = "1,101,four,900";
                break;
            case "bad UTF-8":
                ratings.Write("movies.csv", [.. Encoding.UTF8.GetBytes("movieId,title,genres\n101,Night Harbor (1982),Drama\n102,Night "), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("Harbor (2011),Drama\n")]);
                break;
            case "unknown movie":
                lines[2] = "1,999,4.0,900";
                break;
            case "empty file":
                lines = [];
                break;
            case "missing file":
                path = "no-such-folder";
                break;
            case "missing movies":
                ratings.Delete("movies.csv");
                break;
            default:
                File.WriteAllText(_folder["taken"], "a file");
                output = "taken";
                break;
        }

        ratings.Write("ratings.csv", string.Concat(lines.Select(line => line + "\n")));
        using SampleFolder conversations = Samples.Redial();
        Refusal.Of(await Run("data", "import", path, "--out", output), pattern);
        Refusal.Of(LastLine(await Run("link", "--ratings", path, "--conversations", conversations.Folder, "--out", output)), pattern);
        Assert.Equal(damage == "output is a file" ? ["taken"] : [], _folder.Files());
    }

    [Theory]
    [InlineData("cut in half", "turns\\.test\\.jsonl:2")]
    [InlineData("empty", "turns\\.test\\.jsonl")]
    [InlineData("no folder", "no-such-folder")]
    [InlineData("unknown entity", "turns\\.test\\.jsonl:2")]
    public async Task Damaged_conversations_are_refused_in_one_line(string damage, string pattern)
    {
        using RatingFolder ratings = Movies();
        using SampleFolder conversations = Samples.Redial();
        string second = Samples.RedialSecond.Trim();
        if (damage == "empty")
            conversations.WithBytes("turns.test.jsonl", []).Without("llm.tiny-model.test.jsonl");
        else
            conversations.With("turns.test.jsonl", Samples.RedialFirst.Trim(), damage == "cut in half" ? second[..(second.Length / 2)] : second.Replace("\"rec\": [9, 11]", "\"rec\": [9, 4711]", StringComparison.Ordinal));
        string folder = damage == "no folder" ? "no-such-folder" : conversations.Folder;
        Refusal.Of(await Run("link", "--ratings", ratings.Path, "--conversations", folder, "--out", "out"), pattern);
        Assert.Empty(_folder.Files());
    }

    [Theory]
    [InlineData("duplicate", "interactions\\.csv:[0-9]+")]
    [InlineData("unknown item", "interactions\\.csv:2")]
    [InlineData("unknown item of a turn", "conversations\\.jsonl:[0-9]+: .*nothing")]
    [InlineData("half a turn", "conversations\\.jsonl:1")]
    [InlineData("bad UTF-8", "items\\.csv:2")]
    [InlineData("a tab", "dataset\\.yaml:2")]
    [InlineData("no items", "items\\.csv")]
    [InlineData("empty items", "items\\.csv")]
    public async Task A_damaged_dataset_is_refused_in_one_line(string damage, string pattern)
    {
        Assert.Equal(0, (await Run(["data", "synth", "--out", "made", .. Small.Split(' ')])).Code);
        string interactions = _folder["made", "interactions.csv"], turns = _folder["made", "conversations.jsonl"], items = _folder["made", "items.csv"];
        string[] lines = File.ReadAllLines(interactions);
        switch (damage)
        {
            case "duplicate":
                File.AppendAllText(interactions, lines[^1] + "\n");
                break;
            case "unknown item":
                string[] fields = lines[1].Split(',');
                File.WriteAllText(interactions, string.Join('\n', [lines[0], $"{fields[0]},nothing,{fields[2]},{fields[3]}", .. lines[2..]]) + "\n");
                break;
            case "unknown item of a turn":
                string text = File.ReadAllText(turns);
                File.WriteAllText(turns, text.Insert(text.IndexOf("\"targets\":[\"", StringComparison.Ordinal) + 12, "nothing"));
                break;
            case "half a turn":
                string first = File.ReadAllLines(turns)[0];
                File.WriteAllText(turns, first[..(first.Length / 2)] + "\n");
                break;
            case "bad UTF-8":
                byte[] bytes = File.ReadAllBytes(items);
                bytes[Array.IndexOf(bytes, (byte)'\n') + 4] = 0xFF;
                File.WriteAllBytes(items, bytes);
                break;
            case "a tab":
                string[] yaml = File.ReadAllLines(_folder["made", "dataset.yaml"]);
                File.WriteAllText(_folder["made", "dataset.yaml"], string.Join('\n', [yaml[0], "\tx: 1", .. yaml[1..]]) + "\n");
                break;
            case "no items":
                File.Delete(items);
                break;
            default:
                File.WriteAllText(items, "");
                break;
        }

        Refusal.Of(await Run("data", "stats", "made"), pattern);
        File.WriteAllText(_folder["e.yaml"], RunCommandTests.Tiny);
        Refusal.Of(LastLine(await Run("run", "e.yaml", "--out", "report", "--set", "dataset={ path: made }")), pattern);
    }

    [Fact]
    public async Task Bad_rows_can_be_left_out_and_are_counted()
    {
        using RatingFolder ratings = Movies();
        ratings.Append("ratings.csv", "1,101,four,900\n");
        Finished done = await Run("data", "import", ratings.Path, "--skip-bad-rows", "--out", "imported");
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Contains("12 ratings", done.Output, StringComparison.Ordinal);
        Assert.Matches("1 .*(skipped|left out)", done.Output);
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_writing_leaves_nothing()
    {
        string[] large = ["--users", "60000", "--items", "3000", "--ratings", "3000000", "--conversations", "0"];
        Finished done = await ChildProgram.Run(_folder.Path, _ => Directory.Exists(_folder["made", ".writing"]), ["data", "synth", "--out", "made", .. large]);
        Assert.Equal(130, done.Code);
        Assert.Contains("interrupted", Assert.Single(done.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
        Assert.False(Directory.Exists(_folder["made"]));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_linking_leaves_the_dataset_that_was_there()
    {
        using RatingFolder few = Movies(), many = Movies();
        using SampleFolder conversations = Samples.Redial();
        Assert.Equal(0, (await Run("link", "--ratings", few.Path, "--conversations", conversations.Folder, "--out", "linked")).Code);
        string[] files = Files("linked");
        byte[] before = File.ReadAllBytes(_folder["linked", "interactions.csv"]);

        var text = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 1; user <= 300_000; user++)
            text.Append(user).Append(",101,4.0,900\n").Append(user).Append(",102,4.0,901\n").Append(user).Append(",103,3.0,902\n").Append(user).Append(",104,3.0,903\n");
        many.Write("ratings.csv", text.ToString());
        Finished done = await ChildProgram.Run(
            _folder.Path, _ => Directory.Exists(_folder["linked", ".writing"]), "link", "--ratings", many.Path, "--conversations", conversations.Folder, "--out", "linked");
        Assert.Equal(130, done.Code);
        Assert.Equal(files, Files("linked"));
        Assert.Equal(before, File.ReadAllBytes(_folder["linked", "interactions.csv"]));
    }

    /// <summary>Four movies that the invented conversations name, and twelve ratings of them.</summary>
    private static RatingFolder Movies()
    {
        var folder = new RatingFolder();
        folder.Write("movies.csv", "movieId,title,genres\n101,Night Harbor (1982),Drama\n102,Night Harbor (2011),Drama|War\n103,\"Salt, Snow and Iron (1999)\",Comedy\n104,Hollow Sea (1977),Drama\n");
        folder.Write("links.csv", "movieId,imdbId,tmdbId\n101,0000101,5\n102,0000102,\n103,0000103,\n104,0000104,\n");
        var ratings = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 1; user <= 4; user++)
        {
            for (int movie = 0; movie < 3; movie++)
                ratings.Append(System.Globalization.CultureInfo.InvariantCulture, $"{user},{101 + ((user + movie) % 4)},4.0,{900 + movie}\n");
        }

        folder.Write("ratings.csv", ratings.ToString());
        return folder;
    }

    private string[] Files(string folder) =>
        [.. _folder.Files().Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)).Select(file => file[(folder.Length + 1)..]).Where(file => !file.StartsWith('.'))];

    /// <summary>Progress comes before it.</summary>
    private static Finished LastLine(Finished done) => done with { Errors = done.ErrorLines[^1] };

    private static string[] WithoutSeconds(string csv) =>
        [.. csv.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, "^([^\"]*|\".*\"),(baseline|trainer|llm|rerank),ok,,[^,]*", "$1,$2"))];
}
