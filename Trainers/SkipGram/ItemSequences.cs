using Trainers.LeastSquares;

namespace Trainers.SkipGram;

/// <summary>Users' positives: in order of time with repetitions, or each item once.</summary>
/// <remarks>Legend: U users, I items, P positions. User u owns <c>Items[Offsets[u] .. Offsets[u + 1]]</c>.</remarks>
internal sealed class ItemSequences
{
    private readonly int[] _offsets;
    private readonly int[] _items;

    private ItemSequences(int itemCount, int[] offsets, int[] items)
    {
        (ItemCount, _offsets, _items) = (itemCount, offsets, items);
        Counts = new int[itemCount];
        foreach (int item in items)
            Counts[item]++;
    }

    public int ItemCount { get; }

    public int UserCount => _offsets.Length - 1;

    /// <summary>P</summary>
    public int Count => _items.Length;

    /// <summary>I: how often each item occurs.</summary>
    public int[] Counts { get; }

    public int Longest => Enumerable.Range(0, UserCount).Max(user => this[user].Length);

    public ReadOnlySpan<int> this[int user] => _items.AsSpan(_offsets[user], _offsets[user + 1] - _offsets[user]);

    /// <param name="interactions">U users, I items</param>
    /// <param name="minRating">null: every interaction counts; an interaction without a rating always does</param>
    /// <param name="ordered">false: each item once, ascending</param>
    public static ItemSequences Of(Interactions interactions, double? minRating, bool ordered)
    {
        if (!ordered)
        {
            PositiveMatrix positives = PositiveMatrix.Of(interactions, minRating);
            return new ItemSequences(interactions.ItemCount, positives.Offsets, positives.Columns);
        }

        var offsets = new int[interactions.UserCount + 1];
        var kept = new int[interactions.Count];
        int count = 0;
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<int> items = interactions.ItemsOf(user);
            ReadOnlySpan<float> ratings = interactions.RatingsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                if (!(ratings[i] < minRating))
                    kept[count++] = items[i];
            }

            offsets[user + 1] = count;
        }

        return new ItemSequences(interactions.ItemCount, offsets, kept[..count]);
    }
}
