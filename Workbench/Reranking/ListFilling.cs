using Trainers.Sampling;

namespace Workbench.Reranking;

/// <summary>
/// The control rows: the language model's list in its own order, filled up with something that knows nothing of the conversation.
/// What a reranker gains over these, it gains by its embeddings.
/// </summary>
public sealed class ListFilling : IQueryScorer
{
    private readonly float[]? _fill;
    private readonly ulong _seed;

    private ListFilling(int itemCount, float[]? fill, ulong seed) => (ItemCount, _fill, _seed) = (itemCount, fill, seed);

    /// <summary>Filled up by popularity.</summary>
    /// <param name="popularity">I weights, not negative</param>
    public static ListFilling Popular(float[] popularity)
    {
        float most = Math.Max(popularity.Max(), float.Epsilon);
        return new ListFilling(popularity.Length, [.. popularity.Select(weight => weight / most / 2)], 0);
    }

    /// <summary>Filled up at random, another order for each query.</summary>
    public static ListFilling Random(int itemCount, ulong seed) => new(itemCount, null, seed);

    public int ItemCount { get; }

    /// <summary>The list's items score 1 and tie, so they keep the model's order; all others are below.</summary>
    public bool TryScore(Query query, Span<float> scores)
    {
        if (_fill is not null)
        {
            _fill.CopyTo(scores);
        }
        else
        {
            var random = new SplitMix64(new SplitMix64(_seed).NextUInt64() ^ new SplitMix64(~(ulong)query.Number).NextUInt64());
            for (int item = 0; item < scores.Length; item++)
                scores[item] = (float)(random.NextDouble() / 2);
        }

        foreach (int item in query.LlmItems)
            scores[item] = 1;
        return true;
    }
}
