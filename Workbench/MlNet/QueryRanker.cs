using Evaluation.Ranking;
using Trainers.Kernels;
using Workbench.Reranking;

namespace Workbench.MlNet;

/// <summary>Scores and ranks some queries at a time. Room of one thread. Legend: Q queries at most, I items, K places.</summary>
/// <param name="scorer">of the I items</param>
/// <param name="options">K, and what is left out</param>
/// <param name="capacity">Q</param>
/// <param name="tell">how many queries were ranked, and how many of them used the fallback</param>
internal sealed class QueryRanker(IQueryScorer scorer, RankingOptions options, int capacity, Action<int, int> tell)
{
    private readonly int _places = Math.Min(options.Top, scorer.ItemCount);
    private readonly AlignedFloats _all = new((long)capacity * scorer.ItemCount);
    private readonly bool[] _scored = new bool[capacity];
    private readonly int[] _tieRanks = NoRanks(scorer.ItemCount);
    private readonly int[] _items = new int[capacity * Math.Min(options.Top, scorer.ItemCount)];
    private readonly float[] _scores = new float[capacity * Math.Min(options.Top, scorer.ItemCount)];
    private readonly int[] _counts = new int[capacity];

    /// <summary>Ranked item rows of the i-th query, best first.</summary>
    internal ReadOnlySpan<int> Items(int i) => _items.AsSpan(i * _places, _counts[i]);

    internal ReadOnlySpan<float> Scores(int i) => _scores.AsSpan(i * _places, _counts[i]);

    internal void Rank(QueryBlock block)
    {
        int fallbacks = 0;
        if (block.Count == 1)
            _scored[0] = scorer.TryScore(block[0], _all.Row(0, scorer.ItemCount));
        else
            scorer.TryScore(block, _all.Span, _scored);
        for (int i = 0; i < block.Count; i++)
        {
            Span<float> scores = _all.Row(i, scorer.ItemCount);
            if (!_scored[i])
                fallbacks++;
            _counts[i] = _scored[i] || FallBack(block[i], scores) ? Select(block[i], scores, i) : 0;
        }

        tell(block.Count, fallbacks);
    }

    /// <summary>What is no candidate scores negative infinity, and is cut off the end.</summary>
    private int Select(Query query, Span<float> scores, int place)
    {
        if (options.Candidates is { } candidates)
        {
            for (int item = 0; item < scores.Length; item++)
                scores[item] = candidates[item] ? scores[item] : float.NegativeInfinity;
        }

        for (int rank = query.LlmItems.Length - 1; rank >= 0; rank--)
            _tieRanks[query.LlmItems[rank]] = rank;
        Span<float> best = _scores.AsSpan(place * _places, _places);
        int count = TopK.Select(scores, options.ExcludeMentioned ? query.Mentioned : [], query.LlmItems.IsEmpty ? [] : _tieRanks, _items.AsSpan(place * _places, _places), best);
        foreach (int item in query.LlmItems)
            _tieRanks[item] = int.MaxValue;
        while (count > 0 && float.IsNegativeInfinity(best[count - 1]))
            count--;
        return count;
    }

    /// <summary>The language model's items, if there are any, then the fallback's order.</summary>
    private bool FallBack(Query query, Span<float> scores)
    {
        if (options.Fallback is null)
            return false;
        options.Fallback.CopyTo(scores);
        float top = options.Fallback.Max() + 1;
        foreach (int item in query.LlmItems)
            scores[item] = top;
        return true;
    }

    private static int[] NoRanks(int count)
    {
        var ranks = new int[count];
        Array.Fill(ranks, int.MaxValue);
        return ranks;
    }
}
