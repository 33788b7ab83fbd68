namespace Trainers.Storage;

/// <summary>Item embeddings with their items' names, as they are on disk.</summary>
public sealed record EmbeddingTable
{
    /// <param name="embeddings">I x D</param>
    /// <param name="ids">I names, without line breaks, each once</param>
    /// <exception cref="ArgumentException">The ids are not I, not distinct or not one line each.</exception>
    public EmbeddingTable(ItemEmbeddings embeddings, IReadOnlyList<string> ids)
    {
        if (ids.Count != embeddings.Count)
            throw new ArgumentException($"{ids.Count} ids do not name {embeddings.Count} embeddings.", nameof(ids));
        if (ids.FirstOrDefault(id => id.Length == 0 || id.AsSpan().IndexOfAny('\n', '\r') >= 0) is { } broken)
            throw new ArgumentException($"The id `{broken.ReplaceLineEndings(" ")}` is empty or has a line break.", nameof(ids));
        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } repeated)
            throw new ArgumentException($"The id `{repeated.Key}` occurs twice.", nameof(ids));
        (Embeddings, Ids) = (embeddings, ids);
    }

    public ItemEmbeddings Embeddings { get; }

    public IReadOnlyList<string> Ids { get; }
}
