using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trainers.Storage;

/// <summary>Several tensors of one type of numbers in a safetensors file, and texts about them.</summary>
internal sealed class TensorFile
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly SafetensorsHeader _header;
    private readonly long _start;

    private TensorFile(string path, FileStream stream)
    {
        (_path, _stream, _header) = (path, stream, SafetensorsHeader.Read(stream));
        _start = stream.Position;
    }

    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    public IEnumerable<string> Names => _header.Tensors.Select(tensor => tensor.Name);

    /// <summary>Writes a whole file.</summary>
    public static void Write<T>(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor<T>> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, stream =>
    {
        var places = new List<SafetensorsTensor>();
        long start = 0;
        foreach (NamedTensor<T> tensor in tensors)
        {
            long end = start + tensor.Values.LongLength * Unsafe.SizeOf<T>();
            places.Add(new SafetensorsTensor(tensor.Name, TypeName<T>(), [.. tensor.Shape.Select(size => (long)size)], start, end));
            start = end;
        }

        new SafetensorsHeader(metadata, places).Write(stream);
        foreach (NamedTensor<T> tensor in tensors)
            FloatBlock.Write<T>(stream, tensor.Values);
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
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException)
        {
            throw new UserErrorException($"is no safetensors file or damaged ({e.Message.ReplaceLineEndings(" ")}): write it again", path, inner: e);
        }
    }

    /// <summary>The sizes of a tensor.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public int[] ShapeOf(string name) => [.. Entry(name).Shape.Select(size => checked((int)size))];

    /// <summary>A tensor, which must have this type of numbers.</summary>
    /// <exception cref="UserErrorException">There is none of this name or type.</exception>
    /// <exception cref="FormatException">Its bytes are not as many as its shape says.</exception>
    public NamedTensor<T> Tensor<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SafetensorsTensor entry = Entry(name);
        if (entry.Type != TypeName<T>())
            throw new UserErrorException($"`{name}` is {entry.Type}, only {TypeName<T>()} can be read", _path);
        int[] shape = ShapeOf(name);
        double count = shape.Aggregate(1.0, (product, size) => product * size);
        if (shape.Any(size => size < 0) || count > Array.MaxLength || entry.End - entry.Start != (long)count * Unsafe.SizeOf<T>())
            throw new FormatException($"{entry.End - entry.Start} bytes do not hold {string.Join(" x ", shape)} numbers");
        _stream.Position = _start + entry.Start;
        return new NamedTensor<T>(name, shape, FloatBlock.Read<T>(_stream, (int)count));
    }

    private static string TypeName<T>()
        where T : unmanaged => $"F{8 * Unsafe.SizeOf<T>()}";

    private SafetensorsTensor Entry(string name) =>
        _header.Tensors.FirstOrDefault(tensor => tensor.Name == name) ?? throw new UserErrorException($"has no tensor `{name}`", _path);
}
