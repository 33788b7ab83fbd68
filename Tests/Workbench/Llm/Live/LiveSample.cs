using System.Globalization;
using Data;
using Tests.Data;
using Tests.Workbench.Llm.Endpoints;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Tests.Workbench.Llm.Live;

/// <summary>Turns that say their number, and a model that is asked for them.</summary>
internal sealed class LiveSample : IDisposable
{
    public const string KeyVariable = "WORKBENCH_TEST_LLM_KEY";

    /// <summary>Invented, in the form of a real one.</summary>
    public const string Key = "sk-test-Qm3vX7rT2pLkD9wZsB4nYh6J";

    private readonly TemporaryFolder _folder = new();

    static LiveSample() => Environment.SetEnvironmentVariable(KeyVariable, Key);

    public static IReadOnlyList<Item> Items { get; } = [];

    public InstantTime Clock { get; } = new();

    public List<string> Lines { get; } = [];

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    public static Turn[] Turns(int count) => [.. Enumerable.Range(0, count).Select(i => new Turn(
        FormattableString.Invariant($"turn-{i}"), FormattableString.Invariant($"dialogue-{i}"), Split.Test, null, null,
        [new Utterance(Role.Seeker, FormattableString.Invariant($"I have seen film number {i}, what else is there?"), [])], [], [], []))];

    public LlmOptions Options(string address) => new()
    {
        Replies = ReplySource.Live,
        BaseUrl = address,
        KeyVariable = KeyVariable,
        Cache = _folder["cache.sqlite"],
        TimeoutSeconds = 20,
        MaxTokens = 50,
        Concurrency = 4,
    };

    public LiveReplies Ask(LlmOptions options, IReadOnlyList<Turn> turns, CancellationToken cancellation = default)
    {
        lock (Lines)
            Lines.Clear();
        return new LiveModel("some-model", options, Clock).Ask(turns, Items, Say, cancellation);
    }

    /// <summary>On a thread of its own, as the server of the test needs this one's turn.</summary>
    public Task<LiveReplies> AskAsync(LlmOptions options, IReadOnlyList<Turn> turns, CancellationToken cancellation = default) =>
        Task.Run(() => Ask(options, turns, cancellation), CancellationToken.None);

    public static int NumberOf(string prompt)
    {
        const string Before = "film number ";
        int start = prompt.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return int.Parse(prompt[start..prompt.IndexOf(',', start)], CultureInfo.InvariantCulture);
    }

    private void Say(string line)
    {
        lock (Lines)
            Lines.Add(line);
    }
}
