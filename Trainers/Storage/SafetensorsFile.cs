namespace Trainers.Storage;

/// <summary>Embeddings as a safetensors file: one tensor <c>item_embeddings</c>, F32, [I, D]; the ids, a line each, in the metadata entry <c>ids</c>.</summary>
public static class SafetensorsFile
{
    private const string Tensor = "item_embeddings";

    private const string IdsKey = "ids";

    public static void Write(string path, EmbeddingTable table) => AtomicFile.Write(path, stream =>
    {
        (long count, long dimension) = (table.Embeddings.Count, table.Embeddings.Dimension);
        var metadata = new Dictionary<string, string> { [IdsKey] = string.Join('\n', table.Ids) };
        new SafetensorsHeader(metadata, [new SafetensorsTensor(Tensor, "F32", [count, dimension], 0, count * dimension * sizeof(float))]).Write(stream);
        FloatBlock.Write(stream, table.Embeddings.Values);
    });

    /// <summary>Reads what <see cref="Write"/> wrote, and any file with that one tensor; without ids the rows' numbers are the ids.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds something else.</exception>
    public static EmbeddingTable Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            SafetensorsHeader header = SafetensorsHeader.Read(stream);
            SafetensorsTensor tensor = header.Tensors.FirstOrDefault(tensor => tensor.Name == Tensor) ?? throw new UserErrorException($"has no tensor `{Tensor}`", path);
            if (tensor.Type is not "F32" and var type)
                throw new UserErrorException($"`{Tensor}` is {type}, only F32 can be read", path);
            if (tensor.Shape is not [>= 0 and <= int.MaxValue and var count, >= 1 and <= int.MaxValue and var dimension])
                throw new UserErrorException($"`{Tensor}` has the shape [{string.Join(", ", tensor.Shape)}], not items x dimension", path);
            if (count * dimension > Array.MaxLength || tensor.End - tensor.Start != count * dimension * sizeof(float))
                throw Damaged(path, $"{tensor.End - tensor.Start} bytes do not hold {count} x {dimension} numbers");
            stream.Position += tensor.Start;
            float[] values = FloatBlock.Read(stream, (int)(count * dimension));
            return new EmbeddingTable(new ItemEmbeddings((int)count, (int)dimension, values), Ids(header, (int)count));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(e is EndOfStreamException ? "is cut off: write it again" : $"cannot be read ({e.Message})", path, inner: e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static string[] Ids(SafetensorsHeader header, int count)
    {
        if (count == 0)
            return [];
        return header.Metadata.TryGetValue(IdsKey, out string? ids) ? ids.Split('\n') : RowNumbers.Of(count);
    }

    private static UserErrorException Damaged(string path, string why, Exception? inner = null) =>
        new($"is no safetensors file or damaged ({why.ReplaceLineEndings(" ")}): write it again", path, inner: inner);
}
