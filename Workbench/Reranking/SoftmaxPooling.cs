using System.Buffers;
using System.Numerics.Tensors;
using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>Options of <see cref="SoftmaxPooling"/>.</summary>
public sealed record SoftmaxPoolingOptions : PoolingOptions
{
    [Option("how evenly the similarities count (T): near 0 the greatest alone, as in max-pool; large ones all alike, as in mean-pool", Min = 0.001, Max = 1000)]
    [Search(Low = 0.01, High = 1, Log = true)]
    public double Temperature { get; init; } = 0.1;
}

/// <summary>
/// score(j) = sum over the query's items i of w_ij sim(e_i, e_j), with w_ij = exp(sim(e_i, e_j) / T) / sum over i' of exp(sim(e_i', e_j) / T):
/// exponential softmax pooling (Wang, Li and Metze 2019, section 2).
/// </summary>
/// <remarks>Legend: I items, T temperature. Two passes over the similarities: the greatest for each item first, so that no exponential overflows.</remarks>
public sealed class SoftmaxPooling(ItemEmbeddings embeddings, SoftmaxPoolingOptions options) : Pooling(embeddings, options)
{
    private readonly float _temperature = (float)options.Temperature;

    private protected override void Pool(ReadOnlySpan<int> listed, ReadOnlySpan<int> mentioned, Span<float> scores)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(3 * ItemCount);
        Span<float> greatest = rented.AsSpan(0, ItemCount), total = rented.AsSpan(ItemCount, ItemCount), weights = rented.AsSpan(2 * ItemCount, ItemCount);
        greatest.Fill(float.NegativeInfinity);
        Max(listed, greatest);
        Max(mentioned, greatest);

        total.Clear();
        scores.Clear();
        Add(listed, greatest, weights, total, scores);
        Add(mentioned, greatest, weights, total, scores);
        TensorPrimitives.Divide(scores, total, scores);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Max(ReadOnlySpan<int> items, Span<float> greatest)
    {
        foreach (ReadOnlySpan<float> similarities in Items.SimilaritiesTo(items))
            TensorPrimitives.Max(greatest, similarities, greatest);
        foreach (int item in items)
        {
            if (Items.Cosine && !Items.Knows(item))
                greatest[item] = 1;
        }
    }

    private void Add(ReadOnlySpan<int> items, ReadOnlySpan<float> greatest, Span<float> weights, Span<float> total, Span<float> scores)
    {
        foreach (ReadOnlySpan<float> similarities in Items.SimilaritiesTo(items))
        {
            TensorPrimitives.Subtract(similarities, greatest, weights);
            TensorPrimitives.Divide(weights, _temperature, weights);
            TensorPrimitives.Exp<float>(weights, weights);
            TensorPrimitives.Add(total, weights, total);
            TensorPrimitives.MultiplyAdd(weights, similarities, scores, scores);
        }

        foreach (int item in items)
        {
            if (Items.Cosine && !Items.Knows(item))
                (scores[item], total[item]) = (scores[item] + 1, total[item] + 1);
        }
    }
}
