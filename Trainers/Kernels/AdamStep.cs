using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>One step of Adam for some parameters: m and v are moved towards g and g², then w -= rate m / (sqrt(v) + epsilon).</summary>
/// <param name="Beta1">decay of m</param>
/// <param name="Beta2">decay of v</param>
/// <param name="Rate">learning rate sqrt(1 - Beta2^t) / (1 - Beta1^t)</param>
/// <param name="Epsilon">epsilon sqrt(1 - Beta2^t)</param>
/// <remarks>The bias corrections of step t are in rate and epsilon, which equals Kingma and Ba's algorithm 1.</remarks>
public readonly record struct AdamStep(double Beta1, double Beta2, double Rate, double Epsilon)
{
    /// <param name="g">n gradients</param>
    /// <param name="m">n first moments</param>
    /// <param name="v">n second moments</param>
    /// <param name="w">n parameters</param>
    public unsafe void Apply<T>(ReadOnlySpan<T> g, Span<T> m, Span<T> v, Span<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = 0;
        if (typeof(T) == typeof(float))
        {
            whole = g.Length / Padding.Lanes * Padding.Lanes;
            ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(m.Length, Math.Min(v.Length, w.Length)), g.Length);
            fixed (T* tg = g, tm = m, tv = v, tw = w)
            {
                Vector512<float> rate = Vector512.Create((float)Rate), epsilon = Vector512.Create((float)Epsilon);
                Vector512<float> toM = Vector512.Create((float)(1 - Beta1)), toV = Vector512.Create((float)(1 - Beta2));
                for (int i = 0; i < whole; i += Padding.Lanes)
                {
                    Vector512<float> slope = Vector512.Load((float*)tg + i), first = Vector512.Load((float*)tm + i), second = Vector512.Load((float*)tv + i);
                    first = Vector512.FusedMultiplyAdd(slope - first, toM, first);
                    second = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(slope, slope, -second), toV, second);
                    first.Store((float*)tm + i);
                    second.Store((float*)tv + i);
                    (Vector512.Load((float*)tw + i) - rate * first / (Vector512.Sqrt(second) + epsilon)).Store((float*)tw + i);
                }
            }
        }

        ApplyScalar(g[whole..], m[whole..], v[whole..], w[whole..]);
    }

    public void ApplyScalar<T>(ReadOnlySpan<T> g, Span<T> m, Span<T> v, Span<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T toM = T.CreateChecked(1 - Beta1), toV = T.CreateChecked(1 - Beta2), rate = T.CreateChecked(Rate), epsilon = T.CreateChecked(Epsilon);
        for (int i = 0; i < g.Length; i++)
        {
            m[i] = T.FusedMultiplyAdd(g[i] - m[i], toM, m[i]);
            v[i] = T.FusedMultiplyAdd(T.FusedMultiplyAdd(g[i], g[i], -v[i]), toV, v[i]);
            w[i] -= rate * m[i] / (T.Sqrt(v[i]) + epsilon);
        }
    }
}
