using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Dropout whose mask is a function of (key, index) and so is never stored: the way back applies the same call to the gradient.</summary>
/// <remarks>
/// Element i stays if hash(i) is at least the threshold, and is then divided by the probability of staying; else it becomes zero.
/// The hash is a 32-bit mixer of multiplications and shifts, started by one half of the key and stirred by the other.
/// </remarks>
public static class DropoutMask
{
    /// <param name="values">n, in place</param>
    /// <param name="key">of this use of dropout</param>
    /// <param name="rate">the probability that an element becomes zero, in [0, 1)</param>
    public static unsafe void Apply<T>(Span<T> values, ulong key, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rate == 0)
            return;
        int whole = 0;
        if (typeof(T) == typeof(float))
        {
            whole = values.Length / Padding.Lanes * Padding.Lanes;
            fixed (T* start = values)
                Apply((float*)start, whole, key, Threshold(rate), (float)(1 / (1 - rate)));
        }

        ApplyScalar(values, whole, key, rate);
    }

    public static void ApplyScalar<T>(Span<T> values, int first, ulong key, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        uint threshold = Threshold(rate);
        T factor = T.CreateChecked(1 / (1 - rate));
        for (int i = first; i < values.Length; i++)
            values[i] = Hash((uint)i, key) >= threshold ? values[i] * factor : T.Zero;
    }

    private static uint Threshold(double rate) => (uint)(rate * uint.MaxValue);

    private static unsafe void Apply(float* values, int count, ulong key, uint threshold, float factor)
    {
        Vector512<uint> index = Vector512<uint>.Indices, least = Vector512.Create(threshold), step = Vector512.Create((uint)Padding.Lanes);
        Vector512<uint> low = Vector512.Create((uint)key), high = Vector512.Create((uint)(key >> 32));
        Vector512<float> scale = Vector512.Create(factor);
        for (int i = 0; i < count; i += Padding.Lanes)
        {
            Vector512<uint> x = index * Vector512.Create(0x9E3779B1u) + low;
            x = (x ^ Vector512.ShiftRightLogical(x, 16)) * Vector512.Create(0x85EBCA6Bu) ^ high;
            x = (x ^ Vector512.ShiftRightLogical(x, 13)) * Vector512.Create(0xC2B2AE35u);
            x ^= Vector512.ShiftRightLogical(x, 16);
            Vector512<float> stays = Vector512.GreaterThanOrEqual(x, least).AsSingle();
            ((Vector512.Load(values + i) * scale) & stays).Store(values + i);
            index += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint index, ulong key)
    {
        uint x = index * 0x9E3779B1u + (uint)key;
        x = ((x ^ (x >> 16)) * 0x85EBCA6Bu) ^ (uint)(key >> 32);
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return x ^ (x >> 16);
    }
}
