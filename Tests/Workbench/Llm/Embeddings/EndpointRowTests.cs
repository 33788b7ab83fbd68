using Tests.Workbench.Llm.Endpoints;
using Tests.Workbench.Llm.Live;
using Workbench;
using Workbench.Reports;

namespace Tests.Workbench.Llm.Embeddings;

/// <summary><c>text-endpoint</c> as a row of an experiment: a retrieval by what is said, and a space that lists are reranked in.</summary>
public sealed class EndpointRowTests : IDisposable
{
    private readonly LiveSample _sample = new();

    public void Dispose() => _sample.Dispose();

    private string Yaml(ChatServer server, string more = "") =>
        $$"""
        name: small
        task: conversation
        dataset: { synthetic: {{SmallRun.Data}} }
        {{SmallRun.Evaluation}}
        trainers:
          - text-endpoint: { base_url: "{{server.Address}}", key_variable: {{LiveSample.KeyVariable}}, cache: "{{_sample["cache.sqlite"]}}"{{more}} }
        llms: [simulated-llm]
        rerankers: [max-pool]
        """;

    private static Task<RunProduct> RunAsync(string yaml) => Task.Run(() => SmallRun.Of(yaml), TestContext.Current.CancellationToken);

    [Fact]
    public async Task It_is_a_row_and_a_space_to_rerank_in_and_is_paid_for_once()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        Leaderboard first = (await RunAsync(Yaml(server))).Leaderboard;
        Assert.Equal(["text-endpoint", "simulated-llm", "simulated-llm + text-endpoint, max-pool"], first.Rows.Select(row => row.Row));
        Assert.All(first.Rows, row => Assert.Equal((LeaderboardRow.Ok, null), (row.Status, row.Error)));

        // Every item and every conversation that is asked about, and nothing twice.
        int calls = server.Calls;
        Assert.InRange(server.Answered.Count, 100, 300);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
        Assert.Equal(LeaderboardJson.WriteWithoutTimes(first), LeaderboardJson.WriteWithoutTimes((await RunAsync(Yaml(server))).Leaderboard));
        Assert.Equal(calls, server.Calls);
        Assert.DoesNotContain(LiveSample.Key, LeaderboardJson.Write(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_fails_its_rows_and_no_other()
    {
        await using ChatServer server = await ChatServer.StartAsync(_ => Fault.Unauthorized);
        Leaderboard leaderboard = (await RunAsync(Yaml(server))).Leaderboard;
        Assert.Equal([LeaderboardRow.Failed, LeaderboardRow.Ok, LeaderboardRow.Failed], leaderboard.Rows.OrderBy(row => row.Row.Contains('+') ? 2 : row.Row == "text-endpoint" ? 0 : 1).Select(row => row.Status));
        Assert.All(leaderboard.Rows.Where(row => row.Status == LeaderboardRow.Failed), row => Assert.Contains("refuses the key", row.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_budget_stops_it_before_it_is_spent()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        Leaderboard leaderboard = (await RunAsync(Yaml(server, ", concurrency: 1, budget_tokens: 500"))).Leaderboard;
        Assert.Contains("budget_tokens", leaderboard.Rows.Single(row => row.Row == "text-endpoint").Error, StringComparison.Ordinal);
    }
}
