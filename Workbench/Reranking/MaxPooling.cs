using System.Numerics.Tensors;
using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>How alike two embeddings are.</summary>
public enum Similarity
{
    /// <summary>e_i . e_j / (|e_i| |e_j|); an item is 1 to itself.</summary>
    Cosine,

    /// <summary>e_i . e_j</summary>
    Dot,
}

/// <summary>Which items candidates are compared with.</summary>
public enum PoolQuery
{
    /// <summary>Those that the language model named.</summary>
    LlmList,

    /// <summary>Those mentioned before the turn.</summary>
    Mentioned,

    /// <summary>All of them.</summary>
    Both,
}

/// <summary>Options of <see cref="MaxPooling"/>.</summary>
public sealed record MaxPoolingOptions
{
    [Option("how alike two item embeddings are")]
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    [Option("the items that candidates are compared with")]
    public PoolQuery Query { get; init; } = PoolQuery.LlmList;

    [Option("keeps the language model's items in front, in their own order, also where their scores would move them")]
    public bool LlmFirst { get; init; }
}

/// <summary>
/// Max pooling of Reddit-ML32M, section 2.2: score(j) = max over the items i of the list of sim(e_i, e_j).
/// </summary>
/// <remarks>
/// Under cosine every item of the list is 1 to itself, so they tie, keep the language model's order, and their neighbours
/// fill the rest. The self-similarity is set, not computed, so that rounding cannot reorder the list.
/// Legend: I items, D dimension, Q items of the query. Work per query: Q x I x D multiplications.
/// </remarks>
public sealed class MaxPooling : IQueryScorer
{
    private readonly MaxPoolingOptions _options;
    private readonly ItemEmbeddings _embeddings;
    private readonly bool[] _known; // I: has a vector

    public MaxPooling(ItemEmbeddings embeddings, MaxPoolingOptions options)
    {
        _options = options;
        _embeddings = options.Similarity == Similarity.Cosine ? Normalised(embeddings) : embeddings;
        _known = new bool[embeddings.Count];
        for (int item = 0; item < _known.Length; item++)
            _known[item] = embeddings[item].ContainsAnyExcept(0f);
    }

    public int ItemCount => _embeddings.Count;

    public bool TryScore(Query query, Span<float> scores)
    {
        scores.Fill(float.NegativeInfinity);
        bool any = false;
        if (_options.Query != PoolQuery.Mentioned)
            any |= Pool(query.LlmItems, scores);
        if (_options.Query != PoolQuery.LlmList)
            any |= Pool(query.Mentioned, scores);
        if (!any)
            return false;

        if (_options.LlmFirst)
            Lift(query.LlmItems, scores);
        return true;
    }

    private bool Pool(ReadOnlySpan<int> items, Span<float> scores)
    {
        bool any = false;
        foreach (int item in items)
        {
            if (!_known[item])
            {
                // Nothing is known of it but that it is itself.
                if (_options.Similarity == Similarity.Cosine)
                    scores[item] = 1;
                continue;
            }

            any = true;
            ReadOnlySpan<float> vector = _embeddings[item];
            for (int other = 0; other < scores.Length; other++)
            {
                float similarity = TensorPrimitives.Dot(vector, _embeddings[other]);
                scores[other] = Math.Max(scores[other], Bounded(similarity));
            }

            if (_options.Similarity == Similarity.Cosine)
                scores[item] = 1;
        }

        return any;
    }

    /// <summary>A cosine above 1 is rounding, and would put a neighbour before the list.</summary>
    private float Bounded(float similarity) => _options.Similarity == Similarity.Cosine ? Math.Min(similarity, 1) : similarity;

    private static void Lift(ReadOnlySpan<int> list, Span<float> scores)
    {
        float top = TensorPrimitives.Max(scores) + 1;
        foreach (int item in list)
            scores[item] = top;
    }

    private static ItemEmbeddings Normalised(ItemEmbeddings embeddings)
    {
        int d = embeddings.Dimension;
        var values = (float[])embeddings.Values.Clone();
        for (int item = 0; item < embeddings.Count; item++)
        {
            Span<float> vector = values.AsSpan(item * d, d);
            float norm = TensorPrimitives.Norm<float>(vector);
            if (norm > 0)
                TensorPrimitives.Divide(vector, norm, vector);
        }

        return new ItemEmbeddings(embeddings.Count, d, values);
    }
}
