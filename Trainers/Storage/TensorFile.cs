using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Trainers.Storage;

/// <summary>A safetensors file: tensors by name, and metadata, which are texts by name.</summary>
/// <remarks>
/// The format: 8 bytes little-endian, the length of the header; the header, JSON padded with spaces to a multiple of 8; the values, little-endian, row-major,
/// without holes. https://github.com/huggingface/safetensors
/// </remarks>
internal sealed class TensorFile
{
    private const string MetadataKey = "__metadata__";

    /// <summary>Longest header that readers accept.</summary>
    private const long MaxHeader = 100_000_000;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly long _start;
    private readonly Dictionary<string, JsonElement> _tensors;

    private TensorFile(string path, FileStream stream)
    {
        (_path, _stream) = (path, stream);
        Span<byte> length = stackalloc byte[8];
        stream.ReadExactly(length);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > Math.Min(MaxHeader, stream.Length - 8))
            throw Damaged(path, $"its header would be {headerLength} bytes long");
        _start = 8 + headerLength;
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        JsonElement root = JsonElement.Parse(header);
        _tensors = root.EnumerateObject().Where(entry => entry.Name != MetadataKey).ToDictionary(entry => entry.Name, entry => entry.Value);
        Metadata = root.TryGetProperty(MetadataKey, out JsonElement metadata)
            ? metadata.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!)
            : [];
    }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Writes a whole file.</summary>
    public static void Write<T>(string path, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<NamedTensor<T>> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, stream =>
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string name, string value) in metadata)
                json.WriteString(name, value);
            json.WriteEndObject();
            long first = 0;
            foreach (NamedTensor<T> tensor in tensors)
                first = WriteEntry(json, tensor, first);
            json.WriteEndObject();
        }

        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach (NamedTensor<T> tensor in tensors)
            NumberBlock.Write<T>(stream, tensor.Values);
    });

    /// <summary>Reads what the caller wants of a file.</summary>
    /// <exception cref="UserErrorException">The file is missing or damaged, or what is read throws a <see cref="FormatException"/>.</exception>
    public static TResult Read<TResult>(string path, Func<TensorFile, TResult> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return read(new TensorFile(path, stream));
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

    /// <summary>The sizes of a tensor.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public int[] ShapeOf(string name) => [.. Entry(name).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    /// <summary>A tensor, which must have this type of numbers.</summary>
    /// <exception cref="UserErrorException">There is none, of this name or type, or the file is too short for it.</exception>
    public NamedTensor<T> Tensor<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement entry = Entry(name);
        if (entry.GetProperty("dtype").GetString() is var type && type != TypeName<T>())
            throw new UserErrorException($"`{name}` is {type}, only {TypeName<T>()} can be read", _path);
        int[] shape = ShapeOf(name);
        long[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        double count = shape.Aggregate(1.0, (product, size) => product * size);
        if (shape.Any(size => size < 0) || count > Array.MaxLength || offsets.Length != 2 || offsets[0] < 0
            || offsets[1] - offsets[0] != (long)count * Unsafe.SizeOf<T>() || offsets[1] > _stream.Length - _start)
            throw Damaged(_path, $"{_stream.Length} bytes do not hold {string.Join(" x ", shape)} numbers");
        _stream.Position = _start + offsets[0];
        return new NamedTensor<T>(name, shape, NumberBlock.Read<T>(_stream, (int)count));
    }

    private static long WriteEntry<T>(Utf8JsonWriter json, NamedTensor<T> tensor, long first)
        where T : unmanaged
    {
        long end = first + tensor.Values.LongLength * Unsafe.SizeOf<T>();
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", TypeName<T>());
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(first);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static string TypeName<T>()
        where T : unmanaged => $"F{8 * Unsafe.SizeOf<T>()}";

    private static UserErrorException Damaged(string path, string why, Exception? inner = null) =>
        new($"is no safetensors file or damaged ({why.ReplaceLineEndings(" ")}): write it again", path, inner: inner);

    private JsonElement Entry(string name) =>
        _tensors.TryGetValue(name, out JsonElement entry) ? entry : throw new UserErrorException($"has no tensor `{name}`", _path);
}
