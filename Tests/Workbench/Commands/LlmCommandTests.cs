using System.Globalization;
using System.Text;
using Tests.Data;
using Tests.Workbench.Llm.Endpoints;
using Workbench.Llm.Endpoints;

namespace Tests.Workbench.Commands;

/// <summary><c>workbench llm record</c> and live models in <c>workbench run</c>, as processes of their own, against a server.</summary>
public sealed class LlmCommandTests : IDisposable
{
    private const string KeyVariable = "WORKBENCH_TEST_COMMAND_KEY";

    /// <summary>Invented, in the form of a real one.</summary>
    private const string Key = "sk-test-h7WqTz0PzR5mVx2NcKfJd9Ls";

    private readonly TemporaryFolder _folder = new();

    static LlmCommandTests() => Environment.SetEnvironmentVariable(KeyVariable, Key);

    public void Dispose() => _folder.Dispose();

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder.Path, arguments);

    private async Task<ChatServer> Prepare(Func<ChatRequest, Fault>? fault = null, int conversations = 60)
    {
        Finished made = await Run(
            "data", "synth", "--out", "made", "--users", "60", "--items", "40", "--ratings", "600", "--conversations", conversations.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, made.Code);
        return await ChatServer.StartAsync(fault);
    }

    private static string[] Record(ChatServer server, params string[] more) =>
    [
        "llm", "record", "--data", "made", "--model", "asked-llm", "--set", $"base_url={server.Address}", "--set", $"key_variable={KeyVariable}",
        "--set", "cache=cache.sqlite", "--set", "concurrency=3", .. more,
    ];

    private int Cached(ChatServer server)
    {
        int known = 0;
        using var cache = AnswerCache.Open(_folder["cache.sqlite"]);
        foreach (string body in server.Bodies.Distinct())
            known += cache.Find(QuestionKey.Of(ApiService.Chat, server.Address, Encoding.UTF8.GetBytes(body))) is null ? 0 : 1;
        return known;
    }

    /// <summary>The key, in any file or line.</summary>
    private void AssertNoKey(params IEnumerable<Finished> runs)
    {
        foreach (Finished run in runs)
            Assert.DoesNotContain(Key[8..24], run.Output + run.Errors, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Key[8..24])) >= 0, $"{file} holds the key");
    }

    [Fact]
    public async Task It_records_for_replay_without_a_key()
    {
        await using ChatServer server = await Prepare();
        Finished dry = await Run(Record(server, "--dry-run", "--set", $"key_variable={KeyVariable}_NOT_SET", "--set", "prompt_price=2.5", "--set", "reply_price=10"));
        Assert.Equal((0, ""), (dry.Code, dry.Errors));
        Assert.Matches("^asked-llm: [0-9]+ turns, [0-9]+ different prompts, 0 of them in the cache: [0-9]+ calls, about [0-9,]+ tokens of prompts, at most [0-9,]+ of replies, cost at most [0-9.]+\n$", dry.Output);
        Assert.Equal(0, server.Calls);

        Finished done = await Run(Record(server));
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.StartsWith("asked-llm: ", done.Output, StringComparison.Ordinal);
        Assert.Contains("wrote made/llm/asked-llm.jsonl", done.Output, StringComparison.Ordinal);
        int turns = File.ReadLines(_folder["made", "llm", "asked-llm.jsonl"]).Count();
        Assert.Equal(server.Calls, server.Bodies.Distinct().Count());
        Assert.InRange(server.Calls, 5, turns);

        string experiment = "name: replay\ntask: conversation\ndataset: { path: made }\nevaluation: { bootstrap: 20 }\nllms: [asked-llm, { asked-llm: { replies: live, base_url: '"
            + $"{server.Address}', key_variable: {KeyVariable}_NOT_SET, cache: cache.sqlite }} }}]\n";
        File.WriteAllText(_folder["replay.yaml"], experiment);
        int calls = server.Calls;
        Finished replayed = await Run("run", "replay.yaml");
        Assert.True(replayed.Code == 0, replayed.Errors);
        Assert.Equal(calls, server.Calls);
        string[] rows = File.ReadAllLines(_folder["reports", "replay", "leaderboard.csv"]);
        string[] live = [.. rows.Where(row => row.Contains("replies=live", StringComparison.Ordinal))];
        Assert.NotEmpty(live);
        Assert.Matches("asked-llm: live replies of http://127.0.0.1:[0-9]+/v1, [0-9,]+ tokens of prompts and [0-9,]+ of replies\\.", File.ReadAllText(_folder["reports", "replay", "leaderboard.md"]));
        Assert.DoesNotContain("cache.sqlite", File.ReadAllText(_folder["reports", "replay", "leaderboard.json"]), StringComparison.Ordinal);

        Finished estimate = await Run("run", "replay.yaml", "--dry-run", "--out", "nowhere");
        Assert.Matches("^asked-llm: .*: 0 calls, about 0 tokens of prompts, at most 0 of replies, cost 0\n$", estimate.Output);
        Assert.False(Directory.Exists(_folder["nowhere"]));
        AssertNoKey(dry, done, replayed, estimate);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_pays_only_for_what_is_missing()
    {
        await using ChatServer server = await Prepare(conversations: 400);
        server.Delay = TimeSpan.FromSeconds(0.03);
        Finished killed = await ChildProgram.Kill(_folder.Path, _ => server.Answered.Count >= 25, Record(server));
        Assert.Equal(137, killed.Code);
        await Task.Delay(300, TestContext.Current.CancellationToken); // The server hears of it.
        Assert.False(File.Exists(_folder["made", "llm", "asked-llm.jsonl"]));
        int before = server.Answered.Count;
        int kept = Cached(server);
        Assert.InRange(kept, before - 3, before);

        server.Delay = TimeSpan.Zero;
        Finished done = await Run(Record(server));
        Assert.True(done.Code == 0, done.Errors);
        int questions = server.Bodies.Distinct().Count();
        Assert.True(questions > before + 10);
        Assert.Contains(FormattableString.Invariant($"{kept} from the cache, {questions - kept} asked for"), done.Output, StringComparison.Ordinal);
        Assert.Equal(questions - kept, server.Answered.Values.Sum() - before);

        // What was on its way when it was killed is all that was paid for twice.
        Assert.InRange(server.Answered.Values.Count(times => times == 2), 0, 3);
        Assert.All(server.Answered.Values, times => Assert.InRange(times, 1, 2));
        AssertNoKey(killed, done);
    }

    [Fact]
    public async Task Interrupted_it_keeps_what_was_paid_for()
    {
        await using ChatServer server = await Prepare(conversations: 400);
        server.Delay = TimeSpan.FromSeconds(0.05);
        Finished interrupted = await ChildProgram.Run(_folder.Path, _ => server.Answered.Count >= 10, Record(server));
        Assert.Equal(130, interrupted.Code);
        Assert.Matches("^workbench: interrupted: [0-9]+ of [0-9]+ replies are kept in .*cache\\.sqlite, the same command asks for the rest only$", interrupted.ErrorLines[^1]);
        Assert.Equal(server.Calls, Cached(server));
        Assert.Equal(server.Calls, server.Answered.Count);

        server.Delay = TimeSpan.Zero;
        Assert.Equal(0, (await Run(Record(server))).Code);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Two_programs_at_once_pay_once()
    {
        await using ChatServer server = await Prepare(conversations: 300);
        server.Delay = TimeSpan.FromSeconds(0.02);
        Finished[] both = await Task.WhenAll(Run(Record(server, "--out", "one")), Run(Record(server, "--out", "two")));
        Assert.All(both, one => Assert.True(one.Code == 0, one.Errors));
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
        Assert.Equal(File.ReadAllBytes(_folder["one", "llm", "asked-llm.jsonl"]), File.ReadAllBytes(_folder["two", "llm", "asked-llm.jsonl"]));
        Assert.DoesNotContain(_folder.Files(), file => file.Contains("-owner-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Embeddings_are_recorded_for_rows_without_a_key()
    {
        await using ChatServer server = await Prepare();
        string[] embed = ["llm", "embed", "--data", "made", "--out", "vectors", "--base-url", server.Address, "--key-variable", KeyVariable, "--cache", "cache.sqlite", "--price", "0.02"];
        Finished dry = await Run([.. embed, "--dry-run"]);
        Assert.Matches("^text-embedding-3-small: [0-9]+ texts, [0-9]+ different ones, 0 of them in the cache: [0-9]+ to embed, about [0-9,]+ tokens, cost about 0\\.0000[0-9]+\n$", dry.Output);
        Assert.Equal(0, server.Calls);
        Finished done = await Run(embed);
        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.Contains("wrote vectors/items.safetensors: 40 x 3", done.Output, StringComparison.Ordinal);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));

        int calls = server.Calls;
        File.WriteAllText(_folder["dense.yaml"], "name: dense\ntask: conversation\ndataset: { path: made }\nevaluation: { bootstrap: 20 }\ntrainers: [{ text-vectors: { file: vectors/items.safetensors, turns: vectors/turns.safetensors } }]\n");
        Finished run = await Run("run", "dense.yaml");
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("text-vectors (file=items.safetensors, turns=turns.safetensors)", File.ReadAllText(_folder["reports", "dense", "leaderboard.csv"]), StringComparison.Ordinal);
        Assert.Equal(0, (await Run(embed)).Code);
        Assert.Equal(calls, server.Calls);
        Refusal.Of(await Run([.. embed, "--batch-size", "0"]), "--batch-size: must be a whole number from 1 to 2048");
        AssertNoKey(dry, done, run);
    }

    [Fact]
    public async Task The_key_stands_nowhere()
    {
        Fault next = Fault.None;
        await using ChatServer server = await Prepare(request => request.Attempt == 0 ? Fault.InternalError : next);
        server.Reply = _ => $"1. Heat (1995)\n2. {Key}";
        var runs = new List<Finished>();
        foreach (Fault fault in (Fault[])[Fault.Unauthorized, Fault.BadRequest, Fault.InternalError, Fault.NoSuchModel, Fault.NoQuota])
        {
            next = fault;
            runs.Add(await Run(Record(server, "--verbose", "--set", "retries=1")));
            Assert.Equal(2, runs[^1].Code);
            Assert.DoesNotContain("mistake of the program", runs[^1].Errors, StringComparison.Ordinal);
        }

        next = Fault.None;
        runs.Add(await Run(Record(server, "--verbose")));
        Assert.True(runs[^1].Code == 0, runs[^1].Errors);
        File.WriteAllText(_folder["live.yaml"], $"name: live\ntask: conversation\ndataset: {{ path: made }}\nreports: {{ trec: true }}\nllms: [{{ asked-llm: {{ replies: live, base_url: '{server.Address}', key_variable: {KeyVariable}, cache: cache.sqlite, titles: 5, record_to: recorded }} }}]\n");
        runs.Add(await Run("run", "live.yaml", "--verbose"));
        Assert.True(runs[^1].Code == 0, runs[^1].Errors);
        Assert.Contains("recorded/llm/asked-llm.jsonl", _folder.Files());
        next = Fault.Unauthorized;
        runs.Add(await Run("run", "live.yaml", "--verbose", "--set", "llms.0.asked-llm.titles=6"));
        Assert.Equal(2, runs[^1].Code);
        Assert.Contains("refuses the key in WORKBENCH_TEST_COMMAND_KEY (401)", runs[^1].Errors, StringComparison.Ordinal);
        Assert.Contains(ApiKey.Hidden, File.ReadAllText(_folder["made", "llm", "asked-llm.jsonl"]), StringComparison.Ordinal);
        Assert.Contains(_folder.Files(), file => file.EndsWith("leaderboard.json", StringComparison.Ordinal));
        AssertNoKey(runs);
    }

    [Fact]
    public async Task The_key_would_be_found()
    {
        // What the search above is worth: it finds a key in a file and in a line.
        await using ChatServer server = await Prepare();
        Finished shown = await Run(Record(server, "--set", $"template={Key}"));
        Assert.Contains(Key, shown.Errors, StringComparison.Ordinal);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoKey(shown));
        File.WriteAllText(_folder["made", "note.txt"], $"Bearer {Key}");
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoKey());
    }

    [Fact]
    public async Task Mistakes_are_one_line()
    {
        await using ChatServer server = await Prepare();
        Refusal.Of(await Run(Record(server, "--set", $"key_variable={KeyVariable}_NOT_SET")), "the environment variable WORKBENCH_TEST_COMMAND_KEY_NOT_SET is not set");
        Refusal.Of(await Run(Record(server, "--set", "budget_money=1")), "`budget_money` needs `prompt_price` and `reply_price`");
        Refusal.Of(await Run(Record(server, "--set", "concurency=1")), "concurrency");
        Refusal.Of(await Run(Record(server, "--split", "train", "--limit", "0")), "--limit");
        File.WriteAllText(_folder["prompt.txt"], "[TASK]\nRecommend {titels}.\n[FORMAT]\nList.\n[CONTEXT]\n{context}\n");
        Refusal.Of(await Run(Record(server, "--set", "template=prompt.txt")), "prompt\\.txt:2:11: there is no placeholder \\{titels\\}; did you mean `titles`\\?");
        File.WriteAllText(_folder["cache.sqlite"], "this is no database, but it is long enough to be taken for one by its first bytes, if anybody cared to look at more than these");
        Refusal.Of(await Run(Record(server)), "cache\\.sqlite: is no cache of replies, or is damaged");
        Assert.Equal(0, server.Calls);
    }

    [Fact]
    public async Task It_stops_before_the_budget_is_exceeded_and_goes_on()
    {
        await using ChatServer server = await Prepare(conversations: 200);
        string[] budget = ["--set", "budget_tokens=6000", "--set", "max_tokens=100"];
        Finished stopped = await Run(Record(server, budget));
        Refusal.Of(stopped, "the next call could exceed the `budget_tokens` of 6,000: [0-9,]+ tokens are used; [0-9]+ of [0-9]+ replies are kept in .*cache\\.sqlite, the same command asks for the rest only$");
        int paid = server.Calls;
        Assert.InRange(paid * 120, 1, 6000);
        Finished next = await Run(Record(server, budget));
        Assert.InRange(server.Calls, paid + 1, 100_000);
        Assert.True(next.Code is 0 or 2);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Workers_never_ask()
    {
        await using ChatServer server = await Prepare(conversations: 20);
        File.WriteAllText(_folder["live.yaml"],
            $$"""
            name: live
            task: conversation
            dataset: { path: made }
            evaluation: { cutoffs: [5], depth: 10, bootstrap: 0 }
            llms: [asked-llm: { replies: live, base_url: "{{server.Address}}", key_variable: {{KeyVariable}}, cache: cache.sqlite }]
            reports: { formats: [json] }
            """);
        Finished refused = await Run("worker", "--study", "live", "--begin", "live.yaml");
        Assert.Equal(2, refused.Code);
        Assert.Contains("`asked-llm` is asked live, and not by workers", refused.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(0, server.Calls);

        Finished asked = await Run("run", "live.yaml", "--out", "report");
        Assert.True(asked.Code == 0, asked.Errors);
        int calls = server.Calls;
        File.Delete(_folder["cache.sqlite"]);
        Finished worked = await Run("worker", "--study", "live");
        Assert.True(worked.Code == 0, worked.Errors);
        Assert.Equal(calls, server.Calls);
        AssertNoKey(refused, asked, worked);
    }
}
