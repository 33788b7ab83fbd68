using System.Globalization;
using System.Text;

namespace Trainers.Storage;

/// <summary>Embeddings as word2vec's text, which gensim, fastText's tools and many others read: <c>name.vec</c>.</summary>
/// <remarks>
/// The format: a line with I and D, then a line per item, its id and D numbers, single spaces between them. https://code.google.com/archive/p/word2vec/
/// Numbers are written so that they are read to the bit. Others end an id at the first space, so none may have one.
/// </remarks>
public static class Word2VecTextFile
{
    /// <exception cref="UserErrorException">An id has a space or a tab, or the file cannot be written.</exception>
    public static void Write(string path, EmbeddingTable table)
    {
        if (table.Ids.FirstOrDefault(id => id.Any(char.IsWhiteSpace)) is { } broken)
            throw new UserErrorException($"the id `{broken}` has a space, which word2vec's text cannot hold: choose .safetensors or .npy", path);
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Embeddings.Count} {table.Embeddings.Dimension}"));
            for (int item = 0; item < table.Ids.Count; item++)
            {
                text.Write(table.Ids[item]);
                foreach (float value in table.Embeddings[item])
                {
                    text.Write(' ');
                    text.Write(value.ToString(CultureInfo.InvariantCulture));
                }

                text.WriteLine();
            }
        });
    }

    /// <summary>Reads what <see cref="Write"/> and other programs write, a trailing space in a line too.</summary>
    /// <exception cref="UserErrorException">The file is missing, cut off, or a line is not an id and D numbers.</exception>
    public static EmbeddingTable Read(string path)
    {
        try
        {
            using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            string[] header = (text.ReadLine() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (header.Length != 2 || !TryCount(header[0], out int count) || !TryCount(header[1], out int dimension) || dimension < 1 || (long)count * dimension > Array.MaxLength)
                throw new UserErrorException("must begin with the number of items and the length of a vector, such as `3416 64`", path, 1);
            var values = new List<float>();
            var ids = new List<string>();
            for (int item = 0; item < count; item++)
            {
                string line = text.ReadLine() ?? throw new UserErrorException($"ends after {item} of {count} items: write it again", path, item + 2);
                string[] fields = line.TrimEnd(' ').Split(' ');
                if (fields.Length != dimension + 1)
                    throw new UserErrorException($"has {fields.Length - 1} numbers instead of {dimension}", path, item + 2);
                ids.Add(fields[0]);
                foreach (string field in fields.AsSpan(1))
                {
                    if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value))
                        throw new UserErrorException($"`{field}` is no number", path, item + 2);
                    values.Add(value);
                }
            }

            if (text.ReadLine() is { Length: > 0 })
                throw new UserErrorException($"has more than the {count} items that its first line tells", path, count + 2L);
            return new EmbeddingTable(new ItemEmbeddings(count, dimension, [.. values]), ids);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be read ({e.Message})", path, inner: e);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException(e is DecoderFallbackException ? "is no UTF-8 text" : e.Message.ReplaceLineEndings(" "), path, inner: e);
        }
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
