using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workbench.Llm.Endpoints;

namespace Workbench.Llm.Embeddings;

/// <summary>Several texts in one request; each has a key and an answer of its own, so how they are batched does not matter.</summary>
internal sealed record EmbeddingCall : ApiCall
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<string> _texts;
    private readonly int? _dimensions;

    private EmbeddingCall(string model, int? dimensions, IReadOnlyList<string> texts, IReadOnlyList<QuestionKey> keys)
        : base(ApiService.Embeddings, model)
    {
        (_dimensions, _texts, Keys) = (dimensions, texts, keys);
        AtMost = new TokenCount(texts.Sum(text => TokenCount.AtMost(Encoding.UTF8.GetBytes(text))), 0);
    }

    public override IReadOnlyList<QuestionKey> Keys { get; }

    public override TokenCount AtMost { get; }

    /// <param name="texts">distinct, none blank</param>
    /// <param name="endpoint">its address</param>
    /// <param name="options">checked</param>
    public static EmbeddingCall Of(IReadOnlyList<string> texts, string endpoint, TextEmbeddingOptions options) =>
        new(options.Model, options.Dimensions, texts, [.. texts.Select(text => KeyOf(text, endpoint, options))]);

    public static QuestionKey KeyOf(string text, string endpoint, TextEmbeddingOptions options) =>
        QuestionKey.Of(ApiService.Embeddings, endpoint, Write(options.Model, options.Dimensions, [text]));

    public override byte[] Body() => Write(Model, _dimensions, _texts);

    public override ApiCall Only(IReadOnlyList<int> open) =>
        new EmbeddingCall(Model, _dimensions, [.. open.Select(position => _texts[position])], [.. open.Select(position => Keys[position])]);

    public override Verdict Read(JsonElement response, ApiKey key)
    {
        var faulty = new Verdict.Faulty(FormattableString.Invariant($"a response without {_texts.Count} embeddings"), MayBeBilled: true);
        if (response.ValueKind != JsonValueKind.Object || !response.TryGetProperty("data", out JsonElement data)
            || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() != _texts.Count)
            return faulty;
        var payloads = new byte[_texts.Count][];
        foreach ((int place, JsonElement row) in data.EnumerateArray().Index())
        {
            int index = row.ValueKind == JsonValueKind.Object && row.TryGetProperty("index", out JsonElement given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out int number) ? number : place;
            if (index < 0 || index >= payloads.Length || payloads[index] is not null || Vector(row) is not { } vector)
                return faulty;
            payloads[index] = vector;
        }

        long tokens = Tokens(response) ?? AtMost.Prompt;
        return new Verdict.Answered([.. payloads.Select((payload, i) => new Answer(payload, Answer.Stop, new TokenCount(Share(tokens, i, payloads.Length), 0)))]);
    }

    /// <summary>The vector that <see cref="Read"/> kept.</summary>
    public static float[] VectorOf(Answer answer) =>
        [.. Enumerable.Range(0, answer.Payload.Length / sizeof(float)).Select(i => BinaryPrimitives.ReadSingleLittleEndian(answer.Payload.AsSpan(i * sizeof(float))))];

    private static byte[] Write(string model, int? dimensions, IReadOnlyList<string> texts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("input");
            foreach (string text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("encoding_format", "float");
            if (dimensions is { } length)
                json.WriteNumber("dimensions", length);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Little-endian float32; null if it is no vector of finite numbers.</summary>
    private static byte[]? Vector(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("embedding", out JsonElement values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
            return null;
        var bytes = new byte[values.GetArrayLength() * sizeof(float)];
        int at = 0;
        foreach (JsonElement value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetSingle(out float number) || !float.IsFinite(number))
                return null;
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), number);
            at += sizeof(float);
        }

        return bytes;
    }

    private static long? Tokens(JsonElement response) =>
        response.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object
        && usage.TryGetProperty("prompt_tokens", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long tokens) ? tokens : null;

    /// <summary>The endpoint bills the call, not the text: evenly, and in all what it billed.</summary>
    private static long Share(long tokens, int index, int count) => (tokens * (index + 1) / count) - (tokens * index / count);
}
