using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>y += a x over padded rows, one fused multiply-add per element.</summary>
internal static unsafe class Axpy
{
    // count: a multiple of 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float a, float* x, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
            Add<Simd512, Vector512<float>>(a, x, y, count);
        else if (Vector256.IsHardwareAccelerated)
            Add<Simd256, Vector256<float>>(a, x, y, count);
        else if (Vector128.IsHardwareAccelerated)
            Add<Simd128, Vector128<float>>(a, x, y, count);
        else
            AddScalar(a, x, y, count);
    }

    public static void AddScalar(float a, float* x, float* y, int count)
    {
        for (int i = 0; i < count; i++)
            y[i] = MathF.FusedMultiplyAdd(a, x[i], y[i]);
    }

    /// <summary>y = a y.</summary>
    public static void Scale(float a, float* y, int count)
    {
        for (int i = 0; i < count; i += 4)
            (Vector128.Load(y + i) * a).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, T>(float a, float* x, float* y, int count)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        T factor = TSimd.Broadcast(a);
        for (int i = 0; i < count; i += TSimd.Width)
            TSimd.Store(TSimd.MultiplyAdd(factor, TSimd.Load(x + i), TSimd.Load(y + i)), y + i);
    }
}
