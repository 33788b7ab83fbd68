using System.Globalization;
using System.Text.Json;
using Workbench.Experiments.Yaml;

namespace Workbench.Llm.Endpoints;

/// <summary>What a response means: an answer, another attempt, no answer to this call, or to none.</summary>
internal sealed class ResponseJudge(EndpointOptions options, ApiKey key, TimeProvider clock)
{
    private const int MostOfMessage = 300;

    // Before the key is looked for in it.
    private const int MostOfBody = 4000;

    public Verdict Judge(ApiCall call, ApiResponse response)
    {
        if (response.Status is < 200 or > 299)
            return Failed(call, response);
        try
        {
            using JsonDocument body = JsonDocument.Parse(response.Body);

            // Some gateways report errors of the server behind them as a success.
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
                return new Verdict.Faulty($"an error in a response of status {response.Status}: {Message(response)}", MayBeBilled: true);
            return call.Read(body.RootElement, key);
        }
        catch (JsonException)
        {
            return new Verdict.Faulty("a response that is not valid JSON", MayBeBilled: true);
        }
    }

    private Verdict Failed(ApiCall call, ApiResponse response)
    {
        (string code, string message) = (Code(response), Message(response));
        switch (response.Status)
        {
            case 401:
                return new Verdict.Hopeless(options.KeyVariable is { } variable
                    ? $"{options.Address} refuses the key in {variable} (401): put a valid one there"
                    : $"{options.Address} wants a key (401): name the environment variable that holds it by `key_variable`");
            case 403:
                return new Verdict.Hopeless($"{options.Address} forbids the model `{call.Model}` to this key (403): {message}");
            case 404:
                return new Verdict.Hopeless($"{options.Address} has no model `{call.Model}`, or is no endpoint of OpenAI's protocol (404): {message}");
            case >= 300 and < 400:
                return new Verdict.Hopeless($"{options.Address} redirects elsewhere ({response.Status}): give `base_url` the address itself");
            case 429 when code is "insufficient_quota" or "billing_hard_limit_reached":
                return new Verdict.Hopeless($"{options.Address} has no quota left for this key (429): {message}");
            case 408 or 409 or 425 or 429 or >= 500:
                return Later(response, message);
            case 400 when code is "content_filter" or "content_policy_violation":
                return new Verdict.Answered([.. call.Keys.Select(_ => new Answer([], Answer.ContentFilter, default))]);
            case 400 or 413 when response.Status == 413 || code == "context_length_exceeded" || SpeaksOfContext(message):
                return new Verdict.Refused($"the prompt is too long for the model: {message}");
            default:
                return new Verdict.Hopeless($"{options.Address} does not accept the request ({response.Status}): {message}");
        }
    }

    private Verdict Later(ApiResponse response, string message)
    {
        TimeSpan? wait = RetryAfter.Read(response.Header, clock.GetUtcNow());
        return wait > EndpointOptions.LongestWait
            ? new Verdict.Hopeless(string.Create(CultureInfo.InvariantCulture, $"{options.Address} asks to wait {wait.Value.TotalMinutes:0} minutes ({response.Status}): {message}; run it again then"))
            : new Verdict.Faulty(string.Create(CultureInfo.InvariantCulture, $"status {response.Status}: {message}"), wait);
    }

    /// <summary>Servers other than OpenAI's own have no code for it.</summary>
    private static bool SpeaksOfContext(string message) =>
        message.Contains("context length", StringComparison.OrdinalIgnoreCase) || message.Contains("context size", StringComparison.OrdinalIgnoreCase);

    private static string Code(ApiResponse response) => Error(response, "code") is { Length: > 0 } code ? code : Error(response, "type");

    /// <summary>The server's own words: one line, cut, without the key.</summary>
    private string Message(ApiResponse response)
    {
        string message = Error(response, "message");
        if (message.Length == 0)
            message = response.Body.ToString();
        message = OneLine.Of(key.Hide(message.Length > MostOfBody ? message[..MostOfBody] : message).Trim(), MostOfMessage);
        return message.Length == 0 ? "no reason given" : message.TrimEnd('.');
    }

    private static string Error(ApiResponse response, string name)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(response.Body);
            JsonElement at = body.RootElement;
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty("error", out JsonElement error))
                at = error;
            if (at.ValueKind == JsonValueKind.String)
                return name == "message" ? at.GetString()! : "";
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
