using System.Buffers.Binary;
using System.Text.Json;

namespace Trainers.Storage;

/// <summary>Embeddings as a safetensors file: one tensor <c>item_embeddings</c>, F32, [I, D]; the ids, a line each, in the metadata entry <c>ids</c>.</summary>
/// <remarks>
/// The format: 8 bytes little-endian, the length of the header; the header, JSON padded with spaces to a multiple of 8; the values, little-endian, row-major.
/// https://github.com/huggingface/safetensors
/// </remarks>
public static class SafetensorsFile
{
    private const string Tensor = "item_embeddings";

    private const string IdsKey = "ids";

    /// <summary>Longest header that readers accept.</summary>
    private const long MaxHeader = 100_000_000;

    public static void Write(string path, EmbeddingTable table) => AtomicFile.Write(path, stream =>
    {
        (int count, int dimension) = (table.Embeddings.Count, table.Embeddings.Dimension);
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString(IdsKey, string.Join('\n', table.Ids));
            json.WriteEndObject();
            json.WriteStartObject(Tensor);
            json.WriteString("dtype", "F32");
            json.WriteStartArray("shape");
            json.WriteNumberValue(count);
            json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(0);
            json.WriteNumberValue((long)count * dimension * sizeof(float));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        FloatBlock.Write(stream, table.Embeddings.Values);
    });

    /// <summary>Reads what <see cref="Write"/> wrote, and any file with that one tensor; without ids the rows' numbers are the ids.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds something else.</exception>
    public static EmbeddingTable Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            Span<byte> length = stackalloc byte[8];
            stream.ReadExactly(length);
            long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (headerLength < 2 || headerLength > Math.Min(MaxHeader, stream.Length - 8))
                throw Damaged(path, $"its header would be {headerLength} bytes long");
            var header = new byte[headerLength];
            stream.ReadExactly(header);
            using JsonDocument json = JsonDocument.Parse(header);
            if (!json.RootElement.TryGetProperty(Tensor, out JsonElement tensor))
                throw new UserErrorException($"has no tensor `{Tensor}`", path);
            if (tensor.GetProperty("dtype").GetString() is not "F32" and var type)
                throw new UserErrorException($"`{Tensor}` is {type}, only F32 can be read", path);
            int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            long[] offsets = [.. tensor.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            if (shape.Length != 2 || offsets.Length != 2 || shape[0] < 0 || shape[1] < 1)
                throw new UserErrorException($"`{Tensor}` has the shape [{string.Join(", ", shape)}], not items x dimension", path);
            long count = (long)shape[0] * shape[1];
            if (count > Array.MaxLength || offsets[0] < 0 || offsets[1] - offsets[0] != count * sizeof(float) || 8 + headerLength + offsets[1] > stream.Length)
                throw Damaged(path, $"{stream.Length} bytes do not hold {shape[0]} x {shape[1]} numbers");
            stream.Position = 8 + headerLength + offsets[0];
            float[] values = FloatBlock.Read(stream, (int)count);
            return new EmbeddingTable(new ItemEmbeddings(shape[0], shape[1], values), Ids(json.RootElement, shape[0]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(e is EndOfStreamException ? "is cut off: write it again" : $"cannot be read ({e.Message})", path, inner: e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static string[] Ids(JsonElement root, int count)
    {
        if (count == 0)
            return [];
        return root.TryGetProperty("__metadata__", out JsonElement metadata) && metadata.TryGetProperty(IdsKey, out JsonElement ids)
            ? ids.GetString()!.Split('\n')
            : RowNumbers.Of(count);
    }

    private static UserErrorException Damaged(string path, string why, Exception? inner = null) =>
        new($"is no safetensors file or damaged ({why.ReplaceLineEndings(" ")}): write it again", path, inner: inner);
}
