using System.Security.Cryptography;
using System.Text.Json;
using Trainers;
using Trainers.Storage;

namespace Workbench.Reranking.Fusion.Storage;

/// <summary>
/// A fitted fusion as one JSON file: <c>{"format":"workbench-fusion","version":1,"sha256":"...","fusion":{...}}</c>; the checksum is of the bytes of the last value.
/// </summary>
internal static class FusionFile
{
    private const string Format = "workbench-fusion";
    private const int Version = 1;

    internal static void Write(FittedFusion fusion, string path)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(FusionRecord.Of(fusion));
        AtomicFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
            writer.WritePropertyName("fusion");
            writer.WriteRawValue(body, skipInputValidation: true);
            writer.WriteEndObject();
        });
    }

    internal static FittedFusion Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.GetString() != Format)
                throw new UserErrorException("is no fitted fusion: name a file that `save` wrote, or a linked folder", path);
            if (root.GetProperty("version").GetInt32() is int version && version != Version)
                throw new UserErrorException(FormattableString.Invariant($"is a fitted fusion of version {version}, and this program reads version {Version}: fit it again"), path);
            string body = root.GetProperty("fusion").GetRawText();
            if (Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body))) != root.GetProperty("sha256").GetString())
                throw new UserErrorException("is damaged, its checksum differs: fit it again", path);
            return JsonSerializer.Deserialize<FusionRecord>(body)!.Fusion();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UserErrorException($"is damaged ({e.Message.ReplaceLineEndings(" ")}): fit it again", path, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be read ({e.Message}): name a linked folder, or a file that `save` wrote", path, inner: e);
        }
    }
}
