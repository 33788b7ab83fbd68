using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Workbench.Llm.Endpoints;

/// <summary>A server on loopback that speaks OpenAI's chat protocol, counts, and misbehaves as it is told.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<ChatRequest, Fault> _fault;
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentDictionary<string, int> _answered = new();
    private readonly ConcurrentDictionary<string, string> _models = new();
    private readonly Lock _lock = new();
    private int _underWay;

    private ChatServer(Func<ChatRequest, Fault> fault)
    {
        _fault = fault;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public string Address => $"{_app.Urls.Single()}/v1";

    /// <summary>Before an answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What the reply to a prompt is.</summary>
    public Func<string, string> Reply { get; set; } = prompt => $"1. Reply {prompt.Length}\n2. Heat (1995)";

    /// <summary>The whole body of an answer, instead of one made from <see cref="Reply"/>.</summary>
    public string? RawAnswer { get; set; }

    /// <summary>The whole body of a bad request.</summary>
    public string RawError { get; set; } = "";

    /// <summary>The seconds or the date of 429.</summary>
    public string RetryAfter { get; set; } = "7";

    public int Calls => _attempts.Values.Sum();

    /// <summary>How often each prompt got an answer that has to be paid for.</summary>
    public IReadOnlyDictionary<string, int> Answered => _answered;

    public IReadOnlyCollection<string> Models => _models.Keys.ToArray();

    public int MostUnderWay { get; private set; }

    public ConcurrentBag<string> Bodies { get; } = [];

    public static async Task<ChatServer> StartAsync(Func<ChatRequest, Fault>? fault = null)
    {
        var server = new ChatServer(fault ?? (_ => Fault.None));
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        lock (_lock)
            MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            string[] inputs = body.RootElement.TryGetProperty("input", out JsonElement input) ? [.. input.EnumerateArray().Select(one => one.GetString()!)] : [];
            string prompt = inputs.Length > 0 ? string.Join('\n', inputs) : body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
            _models[body.RootElement.GetProperty("model").GetString()!] = "";
            string text = body.RootElement.GetRawText();
            Bodies.Add(text);
            int attempt = _attempts.AddOrUpdate(prompt, 1, (_, before) => before + 1) - 1;
            string? key = context.Request.Headers.Authorization.FirstOrDefault();
            string service = inputs.Length > 0 ? "/v1/embeddings" : "/v1/chat/completions";
            Fault fault = context.Request.Path == service ? _fault(new ChatRequest(prompt, attempt, text, key)) : Fault.NoSuchModel;
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, context.RequestAborted);
            if (fault == Fault.None && inputs.Length > 0)
                await EmbedAsync(context, inputs);
            else
                await ReactAsync(context, fault, prompt, key);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The caller has gone.
        }
        finally
        {
            lock (_lock)
                _underWay--;
        }
    }

    private async Task ReactAsync(HttpContext context, Fault fault, string prompt, string? key)
    {
        switch (fault)
        {
            case Fault.TooManyRequestsSeconds or Fault.TooManyRequestsDate or Fault.TooManyRequests:
                if (fault != Fault.TooManyRequests)
                    context.Response.Headers.RetryAfter = RetryAfter;
                await ErrorAsync(context, 429, "rate_limit_exceeded", "Rate limit reached.");
                break;
            case Fault.InternalError:
                await ErrorAsync(context, 500, "server_error", $"Something broke while {key} was looked at.");
                break;
            case Fault.Unavailable:
                context.Response.StatusCode = 503;
                await context.Response.WriteAsync("<html>upstream connect error</html>");
                break;
            case Fault.Reset:
                context.Abort();
                break;
            case Fault.ResetInBody or Fault.Stalled:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{\"id\":\"chatcmpl-1\",\"choices\":[", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (fault == Fault.ResetInBody)
                    context.Abort();
                else
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case Fault.InvalidJson:
                await context.Response.WriteAsync("{\"id\":\"chatcmpl-1\",\"choices\":[{\"message\":{\"content\":\"1. He");
                break;
            case Fault.NoChoices:
                await context.Response.WriteAsync("{\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":0}}");
                break;
            case Fault.ErrorInSuccess:
                await context.Response.WriteAsync("{\"error\":{\"code\":502,\"message\":\"upstream failed\"}}");
                break;
            case Fault.ContentFilterAsError:
                await ErrorAsync(context, 400, "content_filter", "The prompt was filtered.");
                break;
            case Fault.Unauthorized:
                await ErrorAsync(context, 401, "invalid_api_key", $"Incorrect API key provided: {key}. Find yours in your account.");
                break;
            case Fault.Forbidden:
                await ErrorAsync(context, 403, "model_not_allowed", "The project has no access.");
                break;
            case Fault.Redirect:
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = $"{Address}/elsewhere";
                break;
            case Fault.NoSuchModel:
                await ErrorAsync(context, 404, "model_not_found", "The model does not exist.");
                break;
            case Fault.NoQuota:
                await ErrorAsync(context, 429, "insufficient_quota", "You exceeded your current quota.");
                break;
            case Fault.BadRequest:
                await ErrorAsync(context, 400, "unsupported_parameter", $"Unsupported parameter: 'seed' ({key}).");
                break;
            case Fault.RawBadRequest:
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(RawError);
                break;
            case Fault.TooLong:
                await ErrorAsync(context, 400, "context_length_exceeded", "This model's maximum context length is 100 tokens.");
                break;
            default:
                await AnswerAsync(context, prompt, fault);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, string prompt, Fault fault)
    {
        (string? content, string finish) = fault switch
        {
            Fault.CutByLength => ("1. Heat (1995)\n2. The Godf", "length"),
            Fault.ContentFilter => (null, "content_filter"),
            _ => (Reply(prompt), "stop"),
        };
        _answered.AddOrUpdate(prompt, 1, (_, before) => before + 1);
        context.Response.ContentType = "application/json";
        if (RawAnswer is { } raw)
        {
            await context.Response.WriteAsync(raw, context.RequestAborted);
            return;
        }

        await context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1,
            model = "some-model",
            choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = finish } },
            usage = new { prompt_tokens = 100, completion_tokens = 20, total_tokens = 120 },
        }), context.RequestAborted);
    }

    /// <summary>A vector that says which text it is of; the rows in another order than the texts.</summary>
    private async Task EmbedAsync(HttpContext context, string[] inputs)
    {
        foreach (string text in inputs)
            _answered.AddOrUpdate(text, 1, (_, before) => before + 1);
        var data = inputs.Select((text, index) => new { @object = "embedding", index, embedding = VectorOf(text) }).Reverse();
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { @object = "list", data, usage = new { prompt_tokens = 10 * inputs.Length } }), context.RequestAborted);
    }

    public static float[] VectorOf(string text) => [text.Length, text[0], text[^1] / 3f];

    private static Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { message, type = "error", code } }));
    }
}
