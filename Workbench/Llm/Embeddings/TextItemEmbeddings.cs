using Trainers;
using Trainers.Kernels;
using Trainers.Pooling;
using Workbench.Reranking;

namespace Workbench.Llm.Embeddings;

/// <summary>Item embeddings whose space holds texts too: a conversation can be compared with them by its own words.</summary>
/// <remarks>A history alone is scored as its items' vectors are: by <paramref name="behaviour"/>.</remarks>
/// <param name="embeddings">I x d</param>
/// <param name="behaviour">of a history</param>
/// <param name="embed">of each turn's (id, text) a vector of d values; null where texts cannot be embedded</param>
/// <param name="intention">share of the words</param>
public sealed class TextItemEmbeddings(ItemEmbeddings embeddings, IVectorScorer behaviour, Func<IReadOnlyList<(string Id, string Text)>, float[][]>? embed, double intention)
    : ItemEmbeddings(embeddings.Count, embeddings.Dimension, embeddings.Values), IHistoryScorer
{
    public int ItemCount => Count;

    /// <summary>Vectors as they are, compared by cosine; a history is the mean of its items' vectors.</summary>
    public static TextItemEmbeddings Of(float[] values, int dimension, Func<IReadOnlyList<(string Id, string Text)>, float[][]>? embed, double intention)
    {
        var pooled = new PooledEmbeddings(dimension, values, values, values, null, HistoryPooling.Mean, global::Trainers.Pooling.Similarity.Cosine, null);
        return new TextItemEmbeddings(pooled, pooled, embed, intention);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => behaviour.Score(history, query, scores);

    /// <inheritdoc/>
    public void Score(IReadOnlyList<int[]> histories, IReadOnlyList<int> queries, Span<float> scores) => behaviour.Score(histories, queries, scores);

    /// <summary>Scores conversations by their words and the items mentioned; null where words cannot be embedded.</summary>
    /// <param name="turns">of each query its id and text</param>
    public DenseRetrieval? Over(IReadOnlyList<(string Id, string Text)> turns) =>
        embed is null ? null : new DenseRetrieval(behaviour, Padding.Pad(embed(turns).SelectMany(vector => vector).ToArray(), turns.Count, Dimension), intention);
}
