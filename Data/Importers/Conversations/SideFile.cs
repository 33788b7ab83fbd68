using System.Text.Json;
using System.Text.Unicode;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>Reads the whole JSON files that lie beside the turns, such as entity2id.json.</summary>
internal static class SideFile
{
    /// <exception cref="UserErrorException">It is missing, or is no JSON of this kind.</exception>
    public static JsonDocument Open(string folder, string name, JsonValueKind kind, string neededFor)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new UserErrorException($"the file is missing, {neededFor} needs it: copy it from the dataset's source", path);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (!Utf8.IsValid(bytes))
                throw new UserErrorException("the file is not UTF-8: restore it from its source", path);
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == kind)
                return document;
            document.Dispose();
            throw new UserErrorException($"the file must hold one JSON {kind}: restore it from its source", path, 1);
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                "not JSON, or cut off: restore the file from its source", path, (error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be read ({error.Message.TrimEnd('.')})", path, inner: error);
        }
    }
}
