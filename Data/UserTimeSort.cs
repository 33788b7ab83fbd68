using System.Runtime.CompilerServices;

namespace Data;

/// <summary>Sorts one user's rows by time, stably; keeps its buffers from one user to the next.</summary>
/// <remarks>
/// Time after the user's first and position are one number of 64 bits, sorted by the digits of its time (LSD radix sort, 8 bits a digit): positions
/// ascend at first, and each pass is stable. A few rows are inserted in order. Times more than 136 years apart are compared.
/// </remarks>
internal sealed class UserTimeSort
{
    private const int FewRows = 24;
    private const int DigitBits = 8;

    private ulong[] _keys = [];
    private ulong[] _sorted = [];
    private int[] _order = [];
    private int[] _items = [];
    private float[] _ratings = [];
    private long[] _times = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(Span<int> items, Span<float> ratings, Span<long> times)
    {
        int count = times.Length;
        (bool ascends, long least, long greatest) = Survey(times);
        if (ascends)
            return;
        Reserve(count);
        items.CopyTo(_items);
        ratings.CopyTo(_ratings);
        times.CopyTo(_times);

        Span<int> order = _order.AsSpan(0, count);
        ulong span = unchecked((ulong)(greatest - least));
        if (span <= uint.MaxValue)
            ByKey(least, (uint)span, order);
        else
            ByComparing(order);
        for (int i = 0; i < order.Length; i++)
            (items[i], ratings[i], times[i]) = (_items[order[i]], _ratings[order[i]], _times[order[i]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ByKey(long least, uint span, Span<int> order)
    {
        Span<ulong> keys = _keys.AsSpan(0, order.Length), sorted = _sorted.AsSpan(0, order.Length);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (unchecked((ulong)(_times[i] - least)) << 32) | (uint)i;
        if (keys.Length <= FewRows)
        {
            Insert(keys);
        }
        else
        {
            Span<int> next = stackalloc int[1 << DigitBits];
            for (int shift = 32; span > 0; shift += DigitBits, span >>= DigitBits)
            {
                Pass(keys, sorted, shift, next);
                Span<ulong> swap = keys;
                keys = sorted;
                sorted = swap;
            }
        }

        for (int i = 0; i < keys.Length; i++)
            order[i] = (int)(uint)keys[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(Span<ulong> keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
                keys[at] = keys[at - 1];
            keys[at] = key;
        }
    }

    /// <param name="keys">n</param>
    /// <param name="sorted">n: the keys by one digit, otherwise in their order</param>
    /// <param name="shift">where the digit is</param>
    /// <param name="next">a place per value of a digit</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ReadOnlySpan<ulong> keys, Span<ulong> sorted, int shift, Span<int> next)
    {
        next.Clear();
        foreach (ulong key in keys)
            next[(byte)(key >> shift)]++;
        int at = 0;
        for (int digit = 0; digit < next.Length; digit++)
            (next[digit], at) = (at, at + next[digit]);
        foreach (ulong key in keys)
            sorted[next[(byte)(key >> shift)]++] = key;
    }

    private void ByComparing(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        order.Sort((a, b) => _times[a] != _times[b] ? _times[a].CompareTo(_times[b]) : a.CompareTo(b));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool Ascends, long Least, long Greatest) Survey(ReadOnlySpan<long> times)
    {
        if (times.IsEmpty)
            return (true, 0, 0);
        (bool ascends, long least, long greatest) = (true, times[0], times[0]);
        for (int i = 1; i < times.Length; i++)
        {
            ascends &= times[i] >= times[i - 1];
            (least, greatest) = (Math.Min(least, times[i]), Math.Max(greatest, times[i]));
        }

        return (ascends, least, greatest);
    }

    private void Reserve(int count)
    {
        if (_keys.Length >= count)
            return;
        int length = Math.Max(count, 2 * _keys.Length);
        (_keys, _sorted, _order, _items, _ratings, _times) = (new ulong[length], new ulong[length], new int[length], new int[length], new float[length], new long[length]);
    }
}
