using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workbench.Reports.Importance;

namespace Workbench.Reports;

/// <summary>leaderboard.json: what programs read.</summary>
public static class LeaderboardJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumber() },
    };

    /// <summary>
    /// <c>dataset</c> (name, fingerprint, counts), <c>provenance</c>, and <c>rows: [{row, kind, options, seconds, status, error, metrics}]</c>,
    /// <c>metrics</c> by protocol, then by metric: <c>{"per-item": {"hit@5": {"mean": ..., "se": ..., "n": ...}}}</c>; <c>searches</c> with every
    /// trial and the <c>importance</c> of the options.
    /// </summary>
    public static string Write(Leaderboard leaderboard) => Tree(leaderboard).ToJsonString(Options) + "\n";

    /// <summary>The same without times, memory and machine: equal for equal files and seeds.</summary>
    public static string WriteWithoutTimes(Leaderboard leaderboard) => WithoutTimes(Write(leaderboard));

    /// <summary>Takes times, memory and machine out of a leaderboard.json.</summary>
    public static string WithoutTimes(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        Remove(root["provenance"], "seconds", "peak_memory_bytes", "machine", "versions");
        foreach (JsonNode? row in root["rows"]!.AsArray())
            Remove(row, "seconds");
        foreach (JsonNode? trial in root["searches"]!.AsArray().SelectMany(search => search!["trials"]!.AsArray()))
            Remove(trial, "seconds", "finished_after");
        return root.ToJsonString(Options) + "\n";
    }

    private static JsonObject Tree(Leaderboard leaderboard)
    {
        JsonObject root = JsonSerializer.SerializeToNode(leaderboard, Options)!.AsObject();
        JsonArray searches = root["searches"]!.AsArray();
        for (int i = 0; i < searches.Count; i++)
            searches[i]!["importance"] = JsonSerializer.SerializeToNode(FunctionalAnova.Of(leaderboard.Searches[i]), Options);
        return root;
    }

    private static void Remove(JsonNode? node, params string[] names)
    {
        foreach (string name in names)
            node!.AsObject().Remove(name);
    }

    /// <summary>JSON has no NaN: what is not known is null.</summary>
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
