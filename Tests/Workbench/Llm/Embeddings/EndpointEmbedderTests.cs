using Tests.Workbench.Llm.Endpoints;
using Tests.Workbench.Llm.Live;
using Trainers;
using Workbench.Llm.Embeddings;

namespace Tests.Workbench.Llm.Embeddings;

/// <summary>Text embeddings from an endpoint: batches, cache and faults.</summary>
public sealed class EndpointEmbedderTests : IDisposable
{
    private readonly LiveSample _sample = new();

    public void Dispose() => _sample.Dispose();

    private TextEmbeddingOptions Options(ChatServer server) => new()
    {
        BaseUrl = server.Address,
        KeyVariable = LiveSample.KeyVariable,
        Cache = _sample["cache.sqlite"],
        BatchSize = 7,
        Concurrency = 3,
        TimeoutSeconds = 20,
    };

    private Task<float[][]> EmbedAsync(TextEmbeddingOptions options, params string[] texts) =>
        Task.Run(() => new EndpointEmbedder(options, null, _sample.Clock, TestContext.Current.CancellationToken).Embed(texts));

    private static string[] Texts(int from, int count) => [.. Enumerable.Range(from, count).Select(i => FormattableString.Invariant($"a film with the number {i}"))];

    [Fact]
    public async Task Each_text_has_its_vector_and_is_paid_for_once_however_it_is_batched()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        string[] texts = [.. Texts(0, 50), "", .. Texts(10, 5), "  "];
        float[][] vectors = await EmbedAsync(Options(server), texts);
        Assert.Equal(texts.Length, vectors.Length);
        for (int i = 0; i < texts.Length; i++)
            Assert.Equal(string.IsNullOrWhiteSpace(texts[i]) ? new float[3] : ChatServer.VectorOf(texts[i]), vectors[i]);
        Assert.Equal(8, server.Calls);
        Assert.Equal(
            "text-embedding-3-small: 60 texts, 60 different ones, 50 of them in the cache: 10 to embed, about 70 tokens, cost about 0.0014",
            new EndpointEmbedder(Options(server) with { Price = 20, KeyVariable = "WORKBENCH_TEST_NEVER_SET" }).Estimate(Texts(0, 60)));

        Assert.Equal(vectors[..50].Reverse(), await EmbedAsync(Options(server) with { BatchSize = 3 }, [.. texts[..50].Reverse()]));
        Assert.Equal(8, server.Calls);
        await EmbedAsync(Options(server), Texts(40, 20));
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
        Assert.Equal(60, server.Answered.Count);
        Assert.All(server.Bodies, body => Assert.Contains("\"encoding_format\":\"float\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_model_or_length_is_another_vector()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await EmbedAsync(Options(server), "one");
        await EmbedAsync(Options(server) with { Dimensions = 3 }, "one");
        await EmbedAsync(Options(server) with { Model = "another" }, "one");
        Assert.Equal(3, server.Calls);
        Assert.Equal(["another", "text-embedding-3-small"], server.Models.Order(StringComparer.Ordinal));
        Assert.Single(server.Bodies, body => body.Contains("\"dimensions\":3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TooManyRequestsSeconds")]
    [InlineData("InternalError")]
    [InlineData("Reset")]
    [InlineData("InvalidJson")]
    [InlineData("NoChoices")]
    public async Task Faults_are_those_of_chats(string fault)
    {
        await using ChatServer server = await ChatServer.StartAsync(request => request.Attempt == 0 ? Enum.Parse<Fault>(fault) : Fault.None);
        float[][] vectors = await EmbedAsync(Options(server), Texts(0, 20));
        Assert.Equal(Texts(0, 20).Select(ChatServer.VectorOf), vectors);
        Assert.Equal(6, server.Calls);
        Assert.All(server.Answered.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task What_is_hopeless_is_one_line()
    {
        await using ChatServer server = await ChatServer.StartAsync(_ => Fault.Unauthorized);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => EmbedAsync(Options(server) with { Concurrency = 1 }, Texts(0, 20)));
        Assert.Matches("refuses the key in .*; 0 of 20 embeddings are kept", error.Message);
        Assert.Equal(1, server.Calls);
        await Assert.ThrowsAsync<UserErrorException>(() => EmbedAsync(Options(server), " "));
        await Assert.ThrowsAsync<UserErrorException>(() => EmbedAsync(Options(server) with { BudgetMoney = 1 }, "one"));
    }

    [Fact]
    public async Task It_stops_before_the_budget()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(
            () => EmbedAsync(Options(server) with { Concurrency = 1, BudgetTokens = 700 }, Texts(0, 50)));
        Assert.Contains("budget_tokens", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.Answered.Count * 10, 70, 700);
    }
}
