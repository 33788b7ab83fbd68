using System.Numerics;
using System.Runtime.CompilerServices;

namespace Data;

/// <summary>Sorts one user's rows by time, stably; keeps its buffers from one user to the next.</summary>
/// <remarks>
/// Time and position together are one number if the span of the user's times leaves room for the position, which is so
/// unless it exceeds thousands of years: sorting numbers is several times faster than sorting rows.
/// </remarks>
internal sealed class UserTimeSort
{
    private ulong[] _keys = [];
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

        int bits = 32 - BitOperations.LeadingZeroCount((uint)(count - 1));
        Span<int> order = _order.AsSpan(0, count);
        if (unchecked((ulong)(greatest - least)) >> (64 - bits) == 0)
            ByKey(least, bits, order);
        else
            ByComparing(order);
        for (int i = 0; i < order.Length; i++)
            (items[i], ratings[i], times[i]) = (_items[order[i]], _ratings[order[i]], _times[order[i]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ByKey(long least, int bits, Span<int> order)
    {
        Span<ulong> keys = _keys.AsSpan(0, order.Length);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (unchecked((ulong)(_times[i] - least)) << bits) | (uint)i;
        keys.Sort();
        ulong mask = (1UL << bits) - 1;
        for (int i = 0; i < keys.Length; i++)
            order[i] = (int)(keys[i] & mask);
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
        (_keys, _order, _items, _ratings, _times) = (new ulong[length], new int[length], new int[length], new float[length], new long[length]);
    }
}
