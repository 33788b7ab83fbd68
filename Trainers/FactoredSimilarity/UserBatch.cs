using Trainers.LeastSquares;
using Trainers.Sampling;

namespace Trainers.FactoredSimilarity;

/// <summary>
/// The users of one step with their positives and sampled negatives, and the same entries in the order of items. Nothing here depends on the
/// parameters, so batches are made ahead and in parallel.
/// </summary>
/// <remarks>
/// Legend: I items, B users, E entries. An entry is a user with an item that is a positive or a negative. By user: positives, then negatives.
/// By item: positives, then negatives, each in the order of the batch; there an entry is known by its state row, 2 x the user's place for a positive, one more for a negative.
/// </remarks>
/// <param name="positives">U x I</param>
/// <param name="candidates">items that may be negatives</param>
internal sealed class UserBatch(PositiveMatrix positives, int[] candidates)
{
    private readonly int[] _bounds = new int[2 * positives.ColumnCount + 1];
    private readonly bool[] _isPositive = new bool[positives.ColumnCount];
    private int[] _ends = [];
    private int[] _counts = [];
    private int[] _items = [];
    private int[] _positions = [];
    private int[] _stateRows = [];
    private float[] _weights = [];

    /// <summary>B</summary>
    public int Count { get; private set; }

    /// <summary>How many of the entries are positives.</summary>
    public int PositiveCount { get; private set; }

    /// <summary>Bytes of a batch with so many entries of so many items.</summary>
    public static long Bytes(long entries, int items) => 4 * sizeof(int) * entries + (2 * sizeof(int) + 1) * (long)items;

    /// <summary>n of a user.</summary>
    public int PositivesOf(int place) => _counts[place];

    /// <summary>The user's items: positives, then negatives.</summary>
    public ReadOnlySpan<int> ItemsOf(int place) => _items.AsSpan(Start(place), _ends[place] - Start(place));

    /// <summary>Where these entries are in the order of items.</summary>
    public ReadOnlySpan<int> PositionsOf(int place) => _positions.AsSpan(Start(place), _ends[place] - Start(place));

    /// <summary>E derivatives, in the order of items: filled by whoever has the parameters.</summary>
    public Span<float> Weights => _weights;

    /// <summary>The item's entries; the first <paramref name="positiveCount"/> are positives.</summary>
    public Range EntriesOf(int item, out int positiveCount)
    {
        positiveCount = _bounds[2 * item + 1] - _bounds[2 * item];
        return _bounds[2 * item].._bounds[2 * item + 2];
    }

    public bool Has(int item) => _bounds[2 * item] < _bounds[2 * item + 2];

    public ReadOnlySpan<int> StateRows(Range entries) => _stateRows.AsSpan(entries);

    /// <param name="users">B users, each with at least one positive and one candidate beside</param>
    /// <param name="negatives">how many for a user with so many positives</param>
    /// <param name="seed">of the epoch: a user's negatives depend on it and on the user alone</param>
    public void Fill(ReadOnlySpan<int> users, Func<int, int> negatives, ulong seed)
    {
        Reserve(users, negatives);
        int end = 0;
        for (int place = 0; place < users.Length; place++)
        {
            ReadOnlySpan<int> own = positives[users[place]];
            own.CopyTo(_items.AsSpan(end));
            end += own.Length;
            Draw(own, _items.AsSpan(end, negatives(own.Length)), SplitMix64.ForStream(seed, (ulong)users[place]));
            end += negatives(own.Length);
            _ends[place] = end;
        }

        OrderByItem();
    }

    private void Reserve(ReadOnlySpan<int> users, Func<int, int> negatives)
    {
        (Count, PositiveCount) = (users.Length, 0);
        if (_ends.Length < Count)
            (_ends, _counts) = (new int[Count], new int[Count]);
        int entries = 0;
        for (int place = 0; place < Count; place++)
        {
            _counts[place] = positives[users[place]].Length;
            PositiveCount += _counts[place];
            entries = checked(entries + _counts[place] + negatives(_counts[place]));
        }

        if (_items.Length < entries)
            (_items, _positions, _stateRows, _weights) = (new int[entries], new int[entries], new int[entries], new float[entries]);
    }

    // Uniform over the candidates that are not the user's, with replacement.
    private void Draw(ReadOnlySpan<int> own, Span<int> drawn, SplitMix64 random)
    {
        ReadOnlySpan<bool> isPositive = _isPositive;
        foreach (int item in own)
            _isPositive[item] = true;
        foreach (ref int item in drawn)
        {
            do
                item = candidates[random.NextInt(candidates.Length)];
            while (isPositive[item]);
        }

        foreach (int item in own)
            _isPositive[item] = false;
    }

    // A counting sort by (item, positive before negative), stable in the order of the batch.
    private void OrderByItem()
    {
        Span<int> bounds = _bounds;
        bounds.Clear();
        for (int place = 0; place < Count; place++)
        {
            ReadOnlySpan<int> items = ItemsOf(place);
            foreach (int item in items[.._counts[place]])
                bounds[2 * item]++;
            foreach (int item in items[_counts[place]..])
                bounds[2 * item + 1]++;
        }

        int sum = 0;
        foreach (ref int bound in bounds)
            (bound, sum) = (sum, sum + bound);
        for (int place = 0; place < Count; place++)
        {
            ReadOnlySpan<int> items = ItemsOf(place);
            int count = _counts[place], start = Start(place);
            Place(items[..count], 0, 2 * place, _positions.AsSpan(start, count));
            Place(items[count..], 1, 2 * place + 1, _positions.AsSpan(start + count, items.Length - count));
        }

        // Each bound has moved to its end, which is the start of the next.
        Array.Copy(_bounds, 0, _bounds, 1, _bounds.Length - 1);
        _bounds[0] = 0;
    }

    private void Place(ReadOnlySpan<int> items, int negative, int stateRow, Span<int> positions)
    {
        Span<int> bounds = _bounds, stateRows = _stateRows;
        for (int k = 0; k < positions.Length; k++)
        {
            int position = bounds[2 * items[k] + negative]++;
            positions[k] = position;
            stateRows[position] = stateRow;
        }
    }

    private int Start(int place) => place == 0 ? 0 : _ends[place - 1];
}
