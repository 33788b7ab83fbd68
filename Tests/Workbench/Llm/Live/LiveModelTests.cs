using System.Text.Json;
using Data;
using Tests.Workbench.Llm.Endpoints;
using Trainers;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Tests.Workbench.Llm.Live;

/// <summary>What is sent, what is kept, and how much of it at once.</summary>
public sealed class LiveModelTests : IDisposable
{
    private readonly LiveSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task The_options_are_what_is_sent()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        LlmOptions options = _sample.Options(server.Address) with { Model = "org/model:1", Temperature = 0.25, Seed = 9, MaxTokens = 77, Titles = 13 };
        await _sample.AskAsync(options, LiveSample.Turns(1));
        using JsonDocument body = JsonDocument.Parse(server.Bodies.Single());
        JsonElement root = body.RootElement;
        Assert.Equal(["model", "messages", "temperature", "seed", "max_tokens"], root.EnumerateObject().Select(key => key.Name));
        Assert.Equal("org/model:1", root.GetProperty("model").GetString());
        Assert.Equal((0.25, 9, 77), (root.GetProperty("temperature").GetDouble(), root.GetProperty("seed").GetInt32(), root.GetProperty("max_tokens").GetInt32()));
        Assert.Contains(" 13 ", root.GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);

        await _sample.AskAsync(options with { Temperature = null, Seed = null, LimitKey = ReplyLimit.MaxCompletionTokens, Structured = true }, LiveSample.Turns(1));
        using JsonDocument other = JsonDocument.Parse(server.Bodies.Single(text => text.Contains("response_format", StringComparison.Ordinal)));
        Assert.Equal(["model", "messages", "max_completion_tokens", "response_format"], other.RootElement.EnumerateObject().Select(key => key.Name));
    }

    [Fact]
    public async Task Each_option_that_is_sent_asks_anew_and_no_other_does()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        LlmOptions options = _sample.Options(server.Address);
        LlmOptions[] other = [options with { Temperature = 1 }, options with { Seed = 2 }, options with { MaxTokens = 51 }, options with { Titles = 19 }, options with { Structured = true }, options with { Model = "m" }];
        LlmOptions[] same = [options with { Concurrency = 1 }, options with { Retries = 0 }, options with { TimeoutSeconds = 5 }, options with { PromptPrice = 1, ReplyPrice = 1 }, options with { BaseUrl = options.BaseUrl + "/" }];
        foreach (LlmOptions one in (LlmOptions[])[options, .. other, .. same])
            await _sample.AskAsync(one, LiveSample.Turns(1));
        Assert.Equal(1 + other.Length, server.Calls);
    }

    [Fact]
    public async Task Turns_with_one_prompt_share_a_reply()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        Turn[] turns = [.. LiveSample.Turns(3), .. LiveSample.Turns(3).Select(turn => turn with { Id = turn.Id + "-again" })];
        LiveReplies done = await _sample.AskAsync(_sample.Options(server.Address), turns);
        Assert.Equal(turns.Select(turn => turn.Id), done.Replies.Select(reply => reply.Turn));
        Assert.Equal(3, server.Calls);
        Assert.Contains("6 replies: 0 from the cache, 3 asked for, 0 faulty attempts, 360 tokens", done.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task No_more_calls_are_under_way_than_allowed(int concurrency)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Delay = TimeSpan.FromMilliseconds(40);
        await _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = concurrency }, LiveSample.Turns(30));
        Assert.InRange(server.MostUnderWay, Math.Min(concurrency, 2), concurrency);
    }

    [Fact]
    public async Task The_key_goes_into_the_header_and_where_none_is_wanted_no_header_goes()
    {
        var seen = new List<string?>();
        await using ChatServer server = await ChatServer.StartAsync(request =>
        {
            lock (seen)
                seen.Add(request.Authorization);
            return Fault.None;
        });
        await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(1));
        await _sample.AskAsync(_sample.Options(server.Address) with { KeyVariable = null, Titles = 3 }, LiveSample.Turns(1));
        await _sample.AskAsync(_sample.Options(server.Address) with { KeyVariable = "none", Titles = 4 }, LiveSample.Turns(1));
        Assert.Equal([$"Bearer {LiveSample.Key}", null, null], seen);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"1. Up"},"finish_reason":"eos"}]}""", "1. Up", "eos")]
    [InlineData("""{"choices":[{"message":{"content":"1. Up"},"finish_reason":null}]}""", "1. Up", null)]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"1. "},{"type":"text","text":"Up"}]}}]}""", "1. Up", null)]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"I cannot."}}]}""", "I cannot.", null)]
    [InlineData("""{"choices":[{"message":{"content":null}}],"usage":null}""", "", null)]
    [InlineData("""{"choices":[{"text":"1. Up"}]}""", "1. Up", null)]
    [InlineData("""{"choices":[{"message":{"content":"1. Up \ud83d"},"finish_reason":"length"}]}""", "1. Up \ufffd", "length")]
    [InlineData("""{"choices":[{"message":{"content":"\ud83d\ude00 \\ud83d \ude00"},"finish_reason":"stop"}]}""", "\U0001F600 \\ud83d \ufffd", null)]
    public async Task Replies_of_all_kinds_of_servers_are_read(string body, string reply, string? finish)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.RawAnswer = body;
        LlmReply read = (await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(1))).Replies[0];
        Assert.Equal((reply, finish), (read.Reply, read.Finish));
        Assert.True(read.Tokens > 0);
    }

    [Fact]
    public async Task The_money_stops_before_it_is_spent()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        LlmOptions options = _sample.Options(server.Address) with { BudgetMoney = 0.01, PromptPrice = 2, ReplyPrice = 8, MaxTokens = 60 };
        for (int run = 1; run <= 3; run++)
        {
            UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(options, LiveSample.Turns(200)));
            Assert.Contains("the next call could exceed the `budget_money` of 0.01", error.Message, StringComparison.Ordinal);

            // 100 tokens of prompt and 20 of reply are billed for each.
            double spent = server.Calls * ((100 * 2) + (20 * 8)) / 1e6;
            Assert.InRange(spent, 0.006 * run, 0.01 * run);
        }
    }

    [Fact]
    public async Task An_estimate_asks_nothing_and_needs_no_key()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(4));
        LlmOptions options = _sample.Options(server.Address) with { KeyVariable = "WORKBENCH_TEST_NEVER_SET", PromptPrice = 2, ReplyPrice = 8, BudgetTokens = 100, Retries = 1 };
        CostEstimate estimate = new LiveModel("some-model", options).Estimate(LiveSample.Turns(10), LiveSample.Items);
        Assert.Equal((10, 10, 4, 6L * 50), (estimate.Turns, estimate.Questions, estimate.Cached, estimate.Tokens.Reply));
        Assert.InRange(estimate.Tokens.Prompt, 6 * 60, 6 * 140);
        Assert.Matches("6 calls, about [0-9]+ tokens of prompts, at most 300 of replies, cost at most 0.00[0-9]+; the `budget_tokens` of 100 may not suffice", estimate.ToString());
        Assert.Equal(4, server.Calls);
    }
}
