using System.Buffers;
using Evaluation.Ranking;

namespace Evaluation;

/// <summary>The top-K lists of Q queries.</summary>
/// <remarks>
/// Legend: Q queries, K depth, I items. A list is best first; past the end of a short list stands -1.
/// An item may stand twice in a list (a language model repeats itself): its best rank counts, the second keeps its place.
/// </remarks>
public sealed class Rankings
{
    /// <summary>What stands past the end of a short list.</summary>
    public const int None = -1;

    /// <summary>A place that is taken by no item: what a language model named there is not in the catalogue (He et al. 2023 count such places).</summary>
    public const int NoItem = -2;

    /// <param name="queryCount">Q</param>
    /// <param name="depth">K, at least 1</param>
    /// <param name="itemCount">I</param>
    /// <param name="withTieRanks">true if equal scores are ordered by a rank that the query gives (see <see cref="TieRanks"/>)</param>
    public Rankings(int queryCount, int depth, int itemCount, bool withTieRanks = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(queryCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(itemCount);
        if ((long)queryCount * depth > Array.MaxLength)
            throw new ArgumentException($"{queryCount} lists of {depth} do not fit into one array.", nameof(depth));
        (QueryCount, Depth, ItemCount) = (queryCount, depth, itemCount);
        Items = new int[queryCount * depth];
        Scores = new float[queryCount * depth];
        TieRanks = withTieRanks ? new int[queryCount * depth] : null;
        CutsTie = new bool[queryCount];
        Items.AsSpan().Fill(None);
        CutsTie.AsSpan().Fill(true);
    }

    /// <summary>Q</summary>
    public int QueryCount { get; }

    /// <summary>K</summary>
    public int Depth { get; }

    /// <summary>I</summary>
    public int ItemCount { get; }

    /// <summary>Q x K item rows, 0-based, -1 past the end of a short list.</summary>
    public int[] Items { get; }

    /// <summary>Q x K scores, descending within a list. Equal neighbours are a tie.</summary>
    public float[] Scores { get; }

    /// <summary>
    /// Q x K ranks that order items of equal score, lower first, e.g. their places in the language model's list; null if there are none.
    /// Items of equal score are tied only if this is equal too.
    /// </summary>
    public int[]? TieRanks { get; }

    /// <summary>
    /// Q flags: true if the best item that a full list leaves out ties with its last. True until something else is known, as ties count against the model.
    /// </summary>
    public bool[] CutsTie { get; }

    /// <summary>K item rows</summary>
    public Span<int> ItemsOf(int query) => Items.AsSpan(query * Depth, Depth);

    /// <summary>K scores</summary>
    public Span<float> ScoresOf(int query) => Scores.AsSpan(query * Depth, Depth);

    /// <summary>K tie ranks, or none.</summary>
    public Span<int> TieRanksOf(int query) => TieRanks is null ? [] : TieRanks.AsSpan(query * Depth, Depth);

    /// <summary>How many items the list has: 0 to K.</summary>
    public int LengthOf(int query)
    {
        int end = ItemsOf(query).IndexOf(None);
        return end < 0 ? Depth : end;
    }

    /// <summary>True if nothing else could have been ranked: the list is shorter than K, or holds every item.</summary>
    public bool IsComplete(int query)
    {
        int length = LengthOf(query);
        return length < Depth || length >= ItemCount;
    }

    /// <summary>Ranks all items by their scores; see <see cref="TopK"/> for the order. Safe to call from several threads, one per query.</summary>
    /// <param name="query">0 to Q - 1</param>
    /// <param name="scores">I scores</param>
    /// <param name="excluded">item rows that must not be ranked (seen items), in any order</param>
    /// <param name="tieRanks">I ranks, or none</param>
    /// <returns>the length of the list</returns>
    public int Fill(int query, ReadOnlySpan<float> scores, ReadOnlySpan<int> excluded, ReadOnlySpan<int> tieRanks = default)
    {
        if (scores.Length != ItemCount)
            throw new ArgumentException($"{scores.Length} scores are not those of {ItemCount} items.", nameof(scores));

        // One more than the list holds, to see whether its end cuts a tie.
        int[] rows = ArrayPool<int>.Shared.Rent(Depth + 1);
        float[] top = ArrayPool<float>.Shared.Rent(Depth + 1);
        int found = TopK.Select(scores, excluded, tieRanks, rows.AsSpan(0, Depth + 1), top);
        int length = Math.Min(found, Depth);
        Span<int> items = ItemsOf(query);
        Span<int> ties = tieRanks.IsEmpty ? [] : TieRanksOf(query);
        rows.AsSpan(0, length).CopyTo(items);
        items[length..].Fill(None);
        top.AsSpan(0, length).CopyTo(ScoresOf(query));
        ScoresOf(query)[length..].Clear();
        for (int i = 0; i < Math.Min(length, ties.Length); i++)
            ties[i] = tieRanks[items[i]];
        CutsTie[query] = found > Depth && top[Depth] == top[Depth - 1] && (ties.IsEmpty || tieRanks[rows[Depth]] == tieRanks[rows[Depth - 1]]);
        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<float>.Shared.Return(top);
        return length;
    }

    /// <summary>Takes a list that is in order already, e.g. a language model's: scores become -1, -2, ...; what is beyond K is cut off.</summary>
    /// <returns>the length of the list</returns>
    public int FillInOrder(int query, ReadOnlySpan<int> list)
    {
        int length = Math.Min(list.Length, Depth);
        Span<int> items = ItemsOf(query);
        Span<float> scores = ScoresOf(query);
        list[..length].CopyTo(items);
        items[length..].Fill(None);
        scores.Clear();
        for (int i = 0; i < length; i++)
            scores[i] = -(i + 1);
        TieRanksOf(query).Clear();
        CutsTie[query] = false;
        return length;
    }
}
