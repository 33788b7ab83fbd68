using System.Buffers.Binary;
using System.Text.Json;

namespace Trainers.Storage;

/// <summary>Where a tensor's values are in a safetensors file.</summary>
/// <param name="Name">its key</param>
/// <param name="Type">F32, F64, I32, I64, U8, ...</param>
/// <param name="Shape">sizes, the outermost first</param>
/// <param name="Start">of its bytes, counted from the end of the header</param>
/// <param name="End">past its bytes</param>
internal sealed record SafetensorsTensor(string Name, string Type, long[] Shape, long Start, long End);

/// <summary>What a safetensors file says before its values.</summary>
/// <remarks>
/// The format: 8 bytes little-endian, the length of the header; the header, JSON padded with spaces to a multiple of 8; the values, little-endian, row-major.
/// https://github.com/huggingface/safetensors
/// </remarks>
/// <param name="Metadata">texts by name</param>
/// <param name="Tensors">in the order of the file</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsTensor> Tensors)
{
    private const string MetadataKey = "__metadata__";

    /// <summary>Longest header that readers accept.</summary>
    private const long MaxHeader = 100_000_000;

    public void Write(Stream stream)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in Metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            foreach (SafetensorsTensor tensor in Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(tensor.Start);
                json.WriteNumberValue(tensor.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
    }

    /// <summary>Leaves the stream where the values begin.</summary>
    /// <param name="stream">of a file of a known length, at its beginning</param>
    /// <exception cref="FormatException">This is no safetensors file.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> length = stackalloc byte[8];
        stream.ReadExactly(length);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > Math.Min(MaxHeader, stream.Length - 8))
            throw new FormatException($"its header would be {headerLength} bytes long");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            var metadata = new Dictionary<string, string>();
            var tensors = new List<SafetensorsTensor>();
            foreach (JsonProperty entry in json.RootElement.EnumerateObject())
            {
                if (entry.NameEquals(MetadataKey))
                {
                    foreach (JsonProperty text in entry.Value.EnumerateObject())
                        metadata[text.Name] = text.Value.GetString() ?? throw new FormatException($"`{text.Name}` in its metadata is no text");
                }
                else
                {
                    tensors.Add(Tensor(entry, stream.Length - 8 - headerLength));
                }
            }

            return new SafetensorsHeader(metadata, tensors);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static SafetensorsTensor Tensor(JsonProperty entry, long bytes)
    {
        string type = entry.Value.GetProperty("dtype").GetString() ?? throw new FormatException($"`{entry.Name}` has no type");
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [>= 0 and var start, var end] || end < start || end > bytes)
            throw new FormatException($"`{entry.Name}` would be at {string.Join(" to ", offsets)} of {bytes} bytes");
        return new SafetensorsTensor(entry.Name, type, shape, start, end);
    }
}
