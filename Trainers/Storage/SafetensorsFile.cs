namespace Trainers.Storage;

/// <summary>Embeddings as a safetensors file: one tensor <c>item_embeddings</c>, F32, [I, D]; the ids, a line each, in the metadata entry <c>ids</c>.</summary>
public static class SafetensorsFile
{
    private const string Tensor = "item_embeddings";

    private const string IdsKey = "ids";

    public static void Write(string path, EmbeddingTable table) => TensorFile.Write<float>(
        path,
        [new(IdsKey, string.Join('\n', table.Ids))],
        [new(Tensor, [table.Embeddings.Count, table.Embeddings.Dimension], table.Embeddings.Values)]);

    /// <summary>Reads what <see cref="Write"/> wrote, and any file with that one tensor; without ids the rows' numbers are the ids.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, or holds something else.</exception>
    public static EmbeddingTable Read(string path) => TensorFile.Read(path, file =>
    {
        int[] shape = file.ShapeOf(Tensor);
        if (shape.Length != 2 || shape[0] < 0 || shape[1] < 1)
            throw new UserErrorException($"`{Tensor}` has the shape [{string.Join(", ", shape)}], not items x dimension", path);
        float[] values = file.Tensor<float>(Tensor).Values;
        string[] ids = !file.Metadata.TryGetValue(IdsKey, out string? lines) ? RowNumbers.Of(shape[0]) : shape[0] == 0 ? [] : lines.Split('\n');
        return new EmbeddingTable(new ItemEmbeddings(shape[0], shape[1], values), ids);
    });
}
