using System.Text;
using System.Text.Json;

namespace Workbench.Llm;

/// <summary>A reply that is JSON, with or without a fence around it: texts of a list, or objects with a title and perhaps a year.</summary>
internal static class JsonReply
{
    private static readonly string[] TitleKeys = ["title", "name", "movie", "film"];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null if the reply is no JSON, or JSON that was cut off.</summary>
    public static IReadOnlyList<FoundTitle>? Read(string reply)
    {
        string text = reply.Trim();
        if (text.StartsWith("```", StringComparison.Ordinal))
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd('`', '\n', '\r', ' ');
        if (text.Length < 2 || text[0] is not ('{' or '['))
            return null;
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), Lenient);
            var found = new List<FoundTitle>();
            Collect(json.RootElement, found);
            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonElement element, List<FoundTitle> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in element.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.String)
                    Collect(entry, found);
                else if (ListEntry.Read(entry.GetString()!) is { } title)
                    found.Add(title);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            JsonProperty[] members = [.. element.EnumerateObject()];
            JsonProperty named = members.FirstOrDefault(member => member.Value.ValueKind == JsonValueKind.String && TitleKeys.Contains(member.Name.ToLowerInvariant()));
            if (named.Value.ValueKind == JsonValueKind.String && ListEntry.Read(named.Value.GetString()!) is { } title)
                found.Add(title with { Year = title.Year ?? Year(members) });
            foreach (JsonProperty member in members.Where(member => member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object && !IsPeople(member.Name)))
                Collect(member.Value, found);
        }
    }

    /// <summary>"cast": ["Al Pacino"] and "genres": ["Crime"] are lists as well.</summary>
    private static bool IsPeople(string name) => name.ToLowerInvariant() is "cast" or "actors" or "stars" or "starring" or "genre" or "genres" or "director" or "directors" or "writers" or "people" or "keywords";

    private static int? Year(JsonProperty[] members)
    {
        JsonProperty year = members.FirstOrDefault(member => member.Name.ToLowerInvariant() is "year" or "release_year");
        return year.Value.ValueKind switch
        {
            JsonValueKind.Number when year.Value.TryGetInt32(out int number) => number,
            JsonValueKind.String when int.TryParse(year.Value.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) => number,
            _ => null,
        };
    }
}
