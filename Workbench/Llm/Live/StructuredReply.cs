using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Workbench.Llm.Live;

/// <summary>Replies in JSON: <c>{"titles": [{"title": "Heat", "year": 1995}]}</c>.</summary>
internal static class StructuredReply
{
    private const string Schema =
        """
        {"type":"json_schema","json_schema":{"name":"recommendations","strict":true,"schema":{"type":"object","properties":{"titles":{"type":"array","items":
        {"type":"object","properties":{"title":{"type":"string"},"year":{"type":["integer","null"]}},"required":["title","year"],"additionalProperties":false}}},
        "required":["titles"],"additionalProperties":false}}}
        """;

    private static readonly string OneLine = Schema.Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Writes <c>response_format</c>.</summary>
    public static void WriteFormat(Utf8JsonWriter json)
    {
        json.WritePropertyName("response_format");
        json.WriteRawValue(OneLine);
    }

    /// <summary>A reply in JSON as the numbered list that it means, as far as it goes if it was cut off; any other reply as it is.</summary>
    public static string AsList(string reply)
    {
        string text = reply.Trim();
        if (!text.StartsWith('{'))
            return reply;
        var titles = new List<(string Title, long? Year)>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowTrailingCommas = true });
        try
        {
            Read(ref reader, titles);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Cut off: what was complete counts.
        }

        return titles.Count == 0 ? reply : string.Join('\n', titles.Select((one, i) => string.Create(
            CultureInfo.InvariantCulture, $"{i + 1}. {string.Join(' ', one.Title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}{(one.Year is { } year ? $" ({year})" : "")}")));
    }

    /// <summary>Whatever the order of the keys: an object with a title is one, also the last, if it was cut off after its title.</summary>
    private static void Read(ref Utf8JsonReader reader, List<(string Title, long? Year)> titles)
    {
        (string name, string? title, long? year) = ("", null, null);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = reader.GetString()!;
                        break;
                    case JsonTokenType.String when name == "title":
                        title = reader.GetString();
                        break;
                    case JsonTokenType.Number when name == "year" && reader.TryGetInt64(out long number):
                        year = number;
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.EndObject:
                        End();
                        break;
                }
            }
        }
        finally
        {
            End();
        }

        void End()
        {
            if (!string.IsNullOrWhiteSpace(title))
                titles.Add((title, year));
            (title, year) = (null, null);
        }
    }
}
