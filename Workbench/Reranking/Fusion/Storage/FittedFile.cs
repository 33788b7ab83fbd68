using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainers;
using Trainers.Storage;

namespace Workbench.Reranking.Fusion.Storage;

/// <summary>
/// A fitted reranker as one JSON file: <c>{"format":"workbench-KIND","version":1,"sha256":"...","KIND":{...}}</c>; the checksum is of the bytes of the last value.
/// </summary>
internal static class FittedFile
{
    private const int Version = 1;

    /// <param name="kind">one word: <c>fusion</c></param>
    /// <param name="fitted">as it is written: names of the file are those of its properties</param>
    /// <param name="path">whole or not there</param>
    internal static void Write<T>(string kind, T fitted, string path)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(fitted);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartObject();
            writer.WriteString("format", $"workbench-{kind}");
            writer.WriteNumber("version", Version);
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
            writer.WritePropertyName(kind);
            writer.WriteRawValue(body, skipInputValidation: true);
            writer.WriteEndObject();
        });
    }

    /// <exception cref="UserErrorException">The file is missing, damaged, of another kind or of another version.</exception>
    internal static T Read<T>(string kind, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.GetString() != $"workbench-{kind}")
                throw new UserErrorException($"is no fitted {kind}: name a file that `save` wrote, or a linked folder", path);
            if (root.GetProperty("version").GetInt32() is int version && version != Version)
                throw new UserErrorException(FormattableString.Invariant($"is a fitted {kind} of version {version}, and this program reads version {Version}: fit it again"), path);
            string body = root.GetProperty(kind).GetRawText();
            if (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))) != root.GetProperty("sha256").GetString())
                throw new UserErrorException("is damaged, its checksum differs: fit it again", path);
            return JsonSerializer.Deserialize<T>(body)!;
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
