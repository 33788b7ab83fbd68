using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>The derivative of max(0, x), given its value.</summary>
public static class Rectifier
{
    /// <summary>Clears the gradient where the value is not positive.</summary>
    /// <param name="value">n</param>
    /// <param name="gradient">n</param>
    public static unsafe void Backward<T>(ReadOnlySpan<T> value, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, value.Length);
        int whole = 0;
        if (typeof(T) == typeof(float))
        {
            whole = value.Length / Padding.Lanes * Padding.Lanes;
            fixed (T* pv = value, pg = gradient)
            {
                for (int i = 0; i < whole; i += Padding.Lanes)
                {
                    Vector512<float> positive = Vector512.GreaterThan(Vector512.Load((float*)pv + i), Vector512<float>.Zero);
                    (Vector512.Load((float*)pg + i) & positive).Store((float*)pg + i);
                }
            }
        }

        for (int i = whole; i < value.Length; i++)
        {
            if (!(value[i] > T.Zero))
                gradient[i] = T.Zero;
        }
    }
}
