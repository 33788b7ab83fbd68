using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

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
    /// <c>metrics</c> by protocol, then by metric: <c>{"per-item": {"hit@5": {"mean": ..., "se": ..., "n": ...}}}</c>.
    /// </summary>
    public static string Write(Leaderboard leaderboard) => JsonSerializer.Serialize(leaderboard, Options) + "\n";

    /// <summary>The same without times, memory and machine: equal for equal files and seeds.</summary>
    public static string WriteWithoutTimes(Leaderboard leaderboard) => WithoutTimes(Write(leaderboard));

    /// <summary>Takes times, memory and machine out of a leaderboard.json.</summary>
    public static string WithoutTimes(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        JsonObject provenance = root["provenance"]!.AsObject();
        foreach (string name in new[] { "seconds", "peak_memory_bytes", "machine", "versions" })
            provenance.Remove(name);
        foreach (JsonNode? row in root["rows"]!.AsArray())
            row!.AsObject().Remove("seconds");
        foreach (JsonNode? trial in root["searches"]!.AsArray().SelectMany(search => search!["trials"]!.AsArray()))
        {
            trial!.AsObject().Remove("seconds");
            trial.AsObject().Remove("finished_after");
        }

        return root.ToJsonString(Options) + "\n";
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
