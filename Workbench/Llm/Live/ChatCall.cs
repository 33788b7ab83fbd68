using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm.Live;

/// <summary>One prompt to a chat model. Its key is the hash of exactly what is sent.</summary>
internal sealed partial record ChatCall : ApiCall
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly LlmOptions _options;

    public ChatCall(string model, string prompt, string endpoint, LlmOptions options)
        : base(ApiService.Chat, model)
    {
        (_options, Prompt) = (options, prompt);
        byte[] body = Body();
        Keys = [QuestionKey.Of(ApiService.Chat, endpoint, body)];
        AtMost = new TokenCount(TokenCount.AtMost(body), options.MaxTokens);
    }

    public string Prompt { get; }

    public QuestionKey Key => Keys[0];

    public override IReadOnlyList<QuestionKey> Keys { get; }

    public override TokenCount AtMost { get; }

    public override ApiCall Only(IReadOnlyList<int> open) => this;

    /// <summary>Made anew where it is needed: the prompts of a large run are kept once.</summary>
    public override byte[] Body()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("model", Model);
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteString("role", "user");
            json.WriteString("content", Prompt);
            json.WriteEndObject();
            json.WriteEndArray();
            if (_options.Temperature is { } temperature)
                json.WriteNumber("temperature", temperature);
            if (_options.Seed is { } seed)
                json.WriteNumber("seed", seed);
            json.WriteNumber(_options.LimitKey == ReplyLimit.MaxTokens ? "max_tokens" : "max_completion_tokens", _options.MaxTokens);
            if (_options.Structured)
                StructuredReply.WriteFormat(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public override Verdict Read(JsonElement response, ApiKey key)
    {
        if (response.ValueKind != JsonValueKind.Object || !response.TryGetProperty("choices", out JsonElement choices)
            || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0 || choices[0].ValueKind != JsonValueKind.Object)
            return new Verdict.Faulty("a response without choices", MayBeBilled: true);
        string finish = Text(choices[0], "finish_reason") is { Length: > 0 } given ? given : Answer.Stop;
        string text = choices[0].TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.Object
            ? Content(message)
            : Text(choices[0], "text");
        byte[] payload = Encoding.UTF8.GetBytes(key.HideWhole(text));
        return new Verdict.Answered([new Answer(payload, key.Hide(finish), Usage(response) ?? new TokenCount(AtMost.Prompt, TokenCount.AtMost(payload)))]);
    }

    /// <summary>A text, a list of parts with texts, or a refusal; nothing where a filter took it away.</summary>
    private static string Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content) || content.ValueKind is JsonValueKind.Null)
            return Text(message, "refusal");
        return content.ValueKind == JsonValueKind.Array
            ? string.Concat(content.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object).Select(part => Text(part, "text")))
            : Text(message, "content");
    }

    /// <summary>Null where the server does not count: then the most is assumed.</summary>
    private static TokenCount? Usage(JsonElement response) =>
        response.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object
        && Number(usage, "prompt_tokens") is { } prompt && Number(usage, "completion_tokens") is { } reply
            ? new TokenCount(prompt, reply)
            : null;

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0 ? number : null;

    private static string Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
            return "";
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the reply was cut off in the middle of a character.
            return JsonSerializer.Deserialize<string>(HalfPair().Replace(value.GetRawText(), "\\ufffd"))!;
        }
    }

    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex HalfPair();
}
