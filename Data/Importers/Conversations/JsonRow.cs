using System.Globalization;
using System.Text.Json;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>One line of a JSON-lines file, with what is needed to say where a mistake is.</summary>
/// <param name="File">its path</param>
/// <param name="Line">1-based</param>
/// <param name="Index">0-based: what recorded replies refer to</param>
/// <param name="Root">the value</param>
internal readonly record struct JsonRow(string File, long Line, int Index, JsonElement Root)
{
    public UserErrorException Error(string what) => new(what, File, Line);

    public JsonElement Required(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
            ? value
            : throw Error($"`{name}` is missing: this is no row of the expected format");

    /// <summary>A string or a number, as text.</summary>
    public string Text(JsonElement parent, string name) => AsText(Required(parent, name), name);

    /// <summary>The same, or null where it is absent or null.</summary>
    public string? OptionalText(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? AsText(value, name)
            : null;

    public long Number(JsonElement parent, string name)
    {
        JsonElement value = Required(parent, name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number))
            return number;
        if (value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return number;
        throw Error($"`{name}` must be a whole number, found {Shown(value)}");
    }

    public JsonElement Array(JsonElement parent, string name)
    {
        JsonElement value = Required(parent, name);
        return value.ValueKind == JsonValueKind.Array ? value : throw Error($"`{name}` must be a list, found {Shown(value)}");
    }

    /// <summary>A list of strings or numbers, as texts.</summary>
    public string[] Texts(JsonElement parent, string name)
    {
        JsonElement list = Array(parent, name);
        var texts = new string[list.GetArrayLength()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = AsText(list[i], name);
        return texts;
    }

    private string AsText(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw Error($"`{name}` must be text or a number, found {Shown(value)}"),
    };

    private static string Shown(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "...";
    }
}
