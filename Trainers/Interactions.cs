namespace Trainers;

/// <summary>
/// What models learn from: users' interactions with items, grouped by user, each user's ordered by (time, row in the source).
/// </summary>
/// <remarks>
/// Compressed rows. Legend: U users, I items, N interactions.
/// User u owns the positions <c>Offsets[u] .. Offsets[u + 1]</c> of the other three arrays. Users and items are 0-based.
/// </remarks>
public sealed class Interactions
{
    private readonly ReadOnlyMemory<int> _items;
    private readonly ReadOnlyMemory<float> _ratings;
    private readonly ReadOnlyMemory<long> _times;

    /// <summary>The columns are kept, not copied: arrays, or parts of a file that is mapped into memory.</summary>
    /// <param name="userCount">U</param>
    /// <param name="itemCount">I</param>
    /// <param name="offsets">U + 1 positions, the first 0, ascending, the last N</param>
    /// <param name="items">N item rows in 0 .. I - 1</param>
    /// <param name="ratings">N ratings; NaN where there is none</param>
    /// <param name="times">N Unix times in seconds, ascending within a user</param>
    /// <exception cref="ArgumentException">Lengths do not fit each other.</exception>
    public Interactions(int userCount, int itemCount, long[] offsets, ReadOnlyMemory<int> items, ReadOnlyMemory<float> ratings, ReadOnlyMemory<long> times)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        if (offsets.Length != userCount + 1 || offsets[0] != 0 || offsets[^1] != items.Length)
            throw new ArgumentException($"{offsets.Length} offsets do not divide {items.Length} interactions among {userCount} users.", nameof(offsets));
        if (ratings.Length != items.Length || times.Length != items.Length)
            throw new ArgumentException($"{items.Length} items, {ratings.Length} ratings and {times.Length} times are not of one length.", nameof(items));

        (UserCount, ItemCount) = (userCount, itemCount);
        (Offsets, _items, _ratings, _times) = (offsets, items, ratings, times);
    }

    /// <inheritdoc cref="Interactions(int, int, long[], ReadOnlyMemory{int}, ReadOnlyMemory{float}, ReadOnlyMemory{long})"/>
    public Interactions(int userCount, int itemCount, long[] offsets, int[] items, float[] ratings, long[] times)
        : this(userCount, itemCount, offsets, items.AsMemory(), ratings.AsMemory(), times.AsMemory())
    {
    }

    public int UserCount { get; }

    public int ItemCount { get; }

    /// <summary>N</summary>
    public int Count => _items.Length;

    /// <summary>U + 1 positions</summary>
    public long[] Offsets { get; }

    /// <summary>N item rows, to be taken once before a loop over them</summary>
    public ReadOnlySpan<int> Items => _items.Span;

    /// <summary>N ratings</summary>
    public ReadOnlySpan<float> Ratings => _ratings.Span;

    /// <summary>N Unix times, seconds</summary>
    public ReadOnlySpan<long> Times => _times.Span;

    /// <summary>The columns to hold on to, as a span cannot be.</summary>
    public (ReadOnlyMemory<int> Items, ReadOnlyMemory<float> Ratings, ReadOnlyMemory<long> Times) Columns => (_items, _ratings, _times);

    public int CountOf(int user) => (int)(Offsets[user + 1] - Offsets[user]);

    /// <summary>The user's items in order of time; an item may occur more than once.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => Items.Slice((int)Offsets[user], CountOf(user));

    public ReadOnlySpan<float> RatingsOf(int user) => Ratings.Slice((int)Offsets[user], CountOf(user));

    public ReadOnlySpan<long> TimesOf(int user) => Times.Slice((int)Offsets[user], CountOf(user));

    /// <summary>How many interactions each item has: I counts.</summary>
    public int[] CountItems()
    {
        var counts = new int[ItemCount];
        foreach (int item in Items)
            counts[item]++;
        return counts;
    }

    /// <summary>Interactions / (users x items).</summary>
    public double Density => UserCount == 0 || ItemCount == 0 ? 0 : Count / ((double)UserCount * ItemCount);
}
