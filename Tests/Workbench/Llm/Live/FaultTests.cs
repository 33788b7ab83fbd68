using System.Globalization;
using Data;
using Tests.Workbench.Llm.Endpoints;
using Trainers;
using Trainers.Sampling;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Tests.Workbench.Llm.Live;

/// <summary>Each way in which an endpoint can fail, against a server that does.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly LiveSample _sample = new();

    public void Dispose() => _sample.Dispose();

    public static TheoryData<string> Passing => new(Names(
        Fault.TooManyRequests, Fault.TooManyRequestsSeconds, Fault.InternalError, Fault.Unavailable, Fault.Reset, Fault.ResetInBody,
        Fault.InvalidJson, Fault.NoChoices, Fault.ErrorInSuccess));

    private static IEnumerable<string> Names(params IEnumerable<Fault> faults) => faults.Select(fault => fault.ToString());

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_asked_again(string fault)
    {
        await using ChatServer server = await ChatServer.StartAsync(request => request.Attempt < 2 ? Enum.Parse<Fault>(fault) : Fault.None);
        LiveReplies done = await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(6));
        Assert.Equal(6, done.Replies.Count);
        Assert.All(done.Replies, reply => Assert.Contains("Heat", reply.Reply, StringComparison.Ordinal));
        Assert.Equal(18, server.Calls);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
        Assert.Equal(12, _sample.Clock.Waits.Count);
        if (fault == nameof(Fault.TooManyRequestsSeconds))
            Assert.All(_sample.Clock.Waits, wait => Assert.Equal(TimeSpan.FromSeconds(7), wait));
        else
            Assert.All(_sample.Clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_stalled_body_is_given_up_after_the_timeout()
    {
        await using ChatServer server = await ChatServer.StartAsync(request => request.Attempt == 0 ? Fault.Stalled : Fault.None);
        LiveReplies done = await _sample.AskAsync(_sample.Options(server.Address) with { TimeoutSeconds = 0.5, Concurrency = 3 }, LiveSample.Turns(3));
        Assert.Equal(3, done.Replies.Count);
        Assert.InRange(server.Calls, 6, 21);
    }

    [Fact]
    public async Task Retry_After_may_be_a_date()
    {
        await using ChatServer server = await ChatServer.StartAsync(request => request.Attempt == 0 ? Fault.TooManyRequestsDate : Fault.None);
        server.RetryAfter = InstantTime.Now.AddSeconds(93).ToString("r", CultureInfo.InvariantCulture);
        await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(1));
        Assert.Equal([TimeSpan.FromSeconds(93)], _sample.Clock.Waits);
    }

    [Fact]
    public async Task Who_asks_to_wait_for_hours_is_asked_another_day()
    {
        await using ChatServer server = await ChatServer.StartAsync(_ => Fault.TooManyRequestsSeconds);
        server.RetryAfter = "7200";
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = 1 }, LiveSample.Turns(3)));
        Assert.Contains("asks to wait 120 minutes", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_reply_cut_by_length_is_kept_and_marked()
    {
        await using ChatServer server = await ChatServer.StartAsync(request => LiveSample.NumberOf(request.Prompt) == 1 ? Fault.CutByLength : Fault.None);
        for (int run = 0; run < 2; run++)
        {
            LiveReplies done = await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(3));
            Assert.Equal(("1. Heat (1995)\n2. The Godf", "length"), (done.Replies[1].Reply, done.Replies[1].Finish));
            Assert.Null(done.Replies[0].Finish);
            Assert.Equal("some-model: 1 of 3 replies were cut off at the greatest length, what there is of them counts.", Assert.Single(ReplyEnds.Notes("some-model", done.Replies)));
        }

        Assert.Equal(3, server.Calls);
    }

    [Theory]
    [InlineData(nameof(Fault.ContentFilter))]
    [InlineData(nameof(Fault.ContentFilterAsError))]
    public async Task A_filtered_reply_is_one_of_nothing_and_is_asked_for_once(string fault)
    {
        await using ChatServer server = await ChatServer.StartAsync(_ => Enum.Parse<Fault>(fault));
        for (int run = 0; run < 2; run++)
        {
            LiveReplies done = await _sample.AskAsync(_sample.Options(server.Address), LiveSample.Turns(3));
            Assert.All(done.Replies, reply => Assert.Equal(("", "content_filter"), (reply.Reply, reply.Finish)));
            Assert.Contains("3 of 3 replies were withheld", Assert.Single(ReplyEnds.Notes("some-model", done.Replies)), StringComparison.Ordinal);
        }

        Assert.Equal(3, server.Calls);
    }

    [Theory]
    [InlineData(nameof(Fault.Unauthorized), "refuses the key in WORKBENCH_TEST_LLM_KEY \\(401\\): put a valid one there")]
    [InlineData(nameof(Fault.NoSuchModel), "has no model `some-model`.*\\(404\\): The model does not exist")]
    [InlineData(nameof(Fault.NoQuota), "has no quota left")]
    [InlineData(nameof(Fault.Forbidden), "forbids the model `some-model` to this key \\(403\\)")]
    [InlineData(nameof(Fault.Redirect), "redirects elsewhere \\(307\\): give `base_url` the address itself")]
    [InlineData(nameof(Fault.BadRequest), "does not accept the request \\(400\\): Unsupported parameter: 'seed'")]
    public async Task What_is_hopeless_stops_it_at_once_in_one_line(string fault, string says)
    {
        await using ChatServer server = await ChatServer.StartAsync(request => LiveSample.NumberOf(request.Prompt) < 2 ? Fault.None : Enum.Parse<Fault>(fault));
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = 1 }, LiveSample.Turns(50)));
        Assert.Matches(says, error.Message);
        Assert.Matches("2 of 50 replies are kept in .*cache.sqlite, the same command asks for the rest only$", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain(LiveSample.Key, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, server.Calls);
        Assert.Empty(_sample.Clock.Waits);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_fails_alone()
    {
        await using ChatServer server = await ChatServer.StartAsync(request => LiveSample.NumberOf(request.Prompt) is 3 or 5 ? Fault.TooLong : Fault.None);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = 1 }, LiveSample.Turns(10)));
        Assert.Matches("2 of 10 replies could not be had, the first of them for turn-3: the prompt is too long for the model: .*; 8 of 10 replies are kept", error.Message);
        Assert.Equal(10, server.Calls);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens.\",\"code\":400}}")]
    [InlineData("{\"object\":\"error\",\"message\":\"the request exceeds the available context size\"}")]
    public async Task Servers_have_words_of_their_own_for_too_long(string body)
    {
        await using ChatServer server = await ChatServer.StartAsync(request => LiveSample.NumberOf(request.Prompt) == 1 ? Fault.RawBadRequest : Fault.None);
        server.RawError = body;
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = 1 }, LiveSample.Turns(4)));
        Assert.Matches("1 of 4 replies could not be had, the first of them for turn-1: the prompt is too long", error.Message);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_not_asked_for_every_turn()
    {
        await using ChatServer server = await ChatServer.StartAsync(_ => Fault.Unavailable);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(
            () => _sample.AskAsync(_sample.Options(server.Address) with { Concurrency = 1, Retries = 2 }, LiveSample.Turns(100)));
        Assert.Matches("does not answer: status 503: .*upstream connect error", error.Message);
        Assert.Equal(15, server.Calls);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_as_such()
    {
        string address;
        await using (ChatServer server = await ChatServer.StartAsync())
            address = server.Address;
        LlmOptions options = _sample.Options(address) with { Concurrency = 1, Retries = 1, BudgetTokens = 100_000 };
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => _sample.AskAsync(options, LiveSample.Turns(10)));
        Assert.Matches("does not answer: the connection failed: Connection refused", error.Message);
    }

    [Fact]
    public async Task A_thousand_turns_with_a_fifth_of_faults_end_with_every_reply_once()
    {
        Fault[] faults =
        [
            Fault.TooManyRequests, Fault.TooManyRequestsSeconds, Fault.InternalError, Fault.Unavailable, Fault.Reset, Fault.ResetInBody,
            Fault.InvalidJson, Fault.NoChoices, Fault.ErrorInSuccess, Fault.Stalled,
        ];
        int broken = 0;
        await using ChatServer server = await ChatServer.StartAsync(request =>
        {
            var draw = SplitMix64.ForStream((ulong)LiveSample.NumberOf(request.Prompt), (ulong)request.Attempt);
            if (draw.NextDouble() >= 0.2)
                return Fault.None;
            Interlocked.Increment(ref broken);
            return faults[draw.NextInt(faults.Length)];
        });
        server.Reply = prompt => $"1. Film {LiveSample.NumberOf(prompt)}";
        Turn[] turns = LiveSample.Turns(1000);
        LlmOptions options = _sample.Options(server.Address) with { Concurrency = 16, TimeoutSeconds = 3, Retries = 12 };
        LiveReplies done = await _sample.AskAsync(options, turns);
        Assert.Equal(turns.Select(turn => turn.Id), done.Replies.Select(reply => reply.Turn));
        Assert.Equal(turns.Select((_, i) => $"1. Film {i}"), done.Replies.Select(reply => reply.Reply));
        Assert.InRange(broken, 180, 350);
        Assert.Equal(server.Calls - 1000, server.Answered.Values.Sum() - 1000 + broken);
        Assert.Equal(1000, server.Answered.Count);
        Assert.InRange(server.MostUnderWay, 2, 24); // A call that was given up may still be under way in the server.

        int calls = server.Calls;
        LiveReplies again = await _sample.AskAsync(options, turns);
        Assert.Equal(done.Replies, again.Replies);
        Assert.Equal(calls, server.Calls);
    }
}
