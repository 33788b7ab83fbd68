using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainers.Storage;

/// <summary>Embeddings as NumPy reads them, <c>name.npy</c>, with the ids, one a line, in <c>name.ids.txt</c> beside it.</summary>
/// <remarks>
/// The format: 0x93 NUMPY, version 1.0, the header's length in 2 bytes, a Python dictionary padded with spaces and a line feed so that the values start at a multiple of 64;
/// the values are '&lt;f4', row-major. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
/// </remarks>
public static partial class NpyFile
{
    private const int Preamble = 10;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Where the ids of <paramref name="path"/> are.</summary>
    public static string IdsPath(string path) => Path.ChangeExtension(path, ".ids.txt");

    /// <summary>Writes both files, the ids first.</summary>
    public static void Write(string path, EmbeddingTable table)
    {
        AtomicFile.Write(IdsPath(path), stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (string id in table.Ids)
                text.WriteLine(id);
        });
        AtomicFile.Write(path, stream =>
        {
            string header = string.Create(CultureInfo.InvariantCulture,
                $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({table.Embeddings.Count}, {table.Embeddings.Dimension}), }}");
            int length = (Preamble + header.Length + 1 + 63) / 64 * 64 - Preamble;
            stream.Write(Magic);
            stream.Write([1, 0, (byte)length, (byte)(length >> 8)]);
            stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
            FloatBlock.Write(stream, table.Embeddings.Values);
        });
    }

    /// <summary>Without the file of ids the rows' numbers are the ids.</summary>
    /// <exception cref="UserErrorException">A file is missing, damaged, or holds something else; or the two do not fit each other.</exception>
    public static EmbeddingTable Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            (int count, int dimension) = ReadHeader(stream, path);
            if (stream.Length - stream.Position != (long)count * dimension * sizeof(float))
                throw new UserErrorException($"{stream.Length - stream.Position} bytes do not hold {count} x {dimension} numbers: write it again", path);
            var embeddings = new ItemEmbeddings(count, dimension, FloatBlock.Read(stream, count * dimension));
            string idsPath = IdsPath(path);
            string[] ids = File.Exists(idsPath) ? File.ReadAllLines(idsPath) : RowNumbers.Of(count);
            if (ids.Length != count)
                throw new UserErrorException($"has {ids.Length} ids for the {count} rows of {Path.GetFileName(path)}", idsPath);
            return new EmbeddingTable(embeddings, ids);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(e is EndOfStreamException ? "is cut off: write it again" : $"cannot be read ({e.Message})", path, inner: e);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException(e.Message.ReplaceLineEndings(" "), IdsPath(path), inner: e);
        }
    }

    private static (int Count, int Dimension) ReadHeader(FileStream stream, string path)
    {
        Span<byte> preamble = stackalloc byte[Preamble];
        stream.ReadExactly(preamble);
        if (!preamble[..6].SequenceEqual(Magic))
            throw new UserErrorException("is no .npy file", path);
        if (preamble[6] is not 1)
            throw new UserErrorException($"is of .npy version {preamble[6]}, only 1 can be read", path);
        var header = new byte[preamble[8] | (preamble[9] << 8)];
        stream.ReadExactly(header);
        string text = Encoding.ASCII.GetString(header).Trim();
        Match shape = Shape().Match(text);
        if (!text.Contains("'<f4'", StringComparison.Ordinal) || !text.Contains("'fortran_order': False", StringComparison.Ordinal) || !shape.Success
            || !int.TryParse(shape.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || !int.TryParse(shape.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int dimension)
            || (long)count * dimension > Array.MaxLength)
        {
            throw new UserErrorException($"holds {text}, only row-major matrices of '<f4' can be read", path);
        }

        return (count, dimension);
    }

    [GeneratedRegex(@"'shape': \((\d+), (\d+)\)")]
    private static partial Regex Shape();
}
