using System.Numerics.Tensors;
using Trainers;

namespace Workbench.Reranking;

/// <summary>Options of <see cref="MaxPooling"/>.</summary>
public sealed record MaxPoolingOptions : PoolingOptions
{
    public MaxPoolingOptions() => WithoutList = ListSubstitute.Fallback;
}

/// <summary>
/// Max pooling of Reddit-ML32M, section 2.2: score(j) = max over the items i of the list of sim(e_i, e_j).
/// </summary>
/// <remarks>
/// Under cosine every item of the list is 1 to itself, so they tie, keep the language model's order, and their neighbours
/// fill the rest. Legend: I items, D dimension, Q items of the query. Work per query: Q x I x D multiplications.
/// </remarks>
public sealed class MaxPooling(ItemEmbeddings embeddings, MaxPoolingOptions options) : Pooling(embeddings, options)
{
    private protected override void Pool(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        scores.Fill(float.NegativeInfinity);
        Max(listed, scores);
        Max(mentioned, scores);
    }

    private void Max(ReadOnlySpan<int> items, Span<float> scores)
    {
        foreach (ReadOnlySpan<float> similarities in Items.SimilaritiesTo(items))
            TensorPrimitives.Max(scores, similarities, scores);
        foreach (int item in items)
        {
            if (Items.Cosine && !Items.Knows(item))
                scores[item] = 1;
        }
    }
}
