using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>One step uphill for rows of a matrix whose gradients lie in lists: g = sum of the list in its order, a += g^2, x += rate g / sqrt(a).</summary>
/// <remarks>
/// Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 2011, diagonal form.
/// Legend: S padded row; X, A rows x S; G entries x S. Entry e of a list is followed by next[e]; -1 ends it.
/// </remarks>
internal static unsafe class AdaGrad
{
    /// <summary>Keeps the first step of an element without a gradient defined.</summary>
    private const float Epsilon = 1e-10f;

    /// <param name="x">rows x S</param>
    /// <param name="squares">rows x S: sums of squared gradients</param>
    /// <param name="rows">which rows to step</param>
    /// <param name="heads">the first entry of each row's list, by row</param>
    /// <param name="next">the entry after each entry</param>
    /// <param name="gradients">entries x S</param>
    /// <param name="stride">S</param>
    /// <param name="rate">the learning rate</param>
    public static void Step(AlignedFloats x, AlignedFloats squares, ReadOnlySpan<int> rows, ReadOnlySpan<int> heads, ReadOnlySpan<int> next, AlignedFloats gradients, int stride, float rate)
    {
        float* sum = stackalloc float[stride];
        fixed (float* px = x.Span, pa = squares.Span, pg = gradients.Span)
        {
            foreach (int row in rows)
            {
                int entry = heads[row];
                Unsafe.CopyBlock(sum, pg + (nint)entry * stride, (uint)stride * sizeof(float));
                while ((entry = next[entry]) >= 0)
                    Axpy.Add(1, pg + (nint)entry * stride, sum, stride);
                Step(px + (nint)row * stride, pa + (nint)row * stride, sum, stride, rate);
            }
        }
    }

    // count: a multiple of 16.
    public static void Step(float* x, float* squares, float* gradient, int count, float rate)
    {
        if (Vector512.IsHardwareAccelerated)
            Step<Simd512, Math512, Vector512<float>>(x, squares, gradient, count, rate);
        else if (Vector256.IsHardwareAccelerated)
            Step<Simd256, Math256, Vector256<float>>(x, squares, gradient, count, rate);
        else if (Vector128.IsHardwareAccelerated)
            Step<Simd128, Math128, Vector128<float>>(x, squares, gradient, count, rate);
        else
            StepScalar(x, squares, gradient, count, rate);
    }

    public static void StepScalar(float* x, float* squares, float* gradient, int count, float rate)
    {
        for (int i = 0; i < count; i++)
        {
            float g = gradient[i];
            squares[i] = MathF.FusedMultiplyAdd(g, g, squares[i]);
            x[i] = MathF.FusedMultiplyAdd(rate, g / MathF.Sqrt(squares[i] + Epsilon), x[i]);
        }
    }

    private static void Step<TSimd, TMath, T>(float* x, float* squares, float* gradient, int count, float rate)
        where TSimd : ISimd<T>
        where TMath : ISimdMath<T>
        where T : unmanaged
    {
        T epsilon = TSimd.Broadcast(Epsilon), factor = TSimd.Broadcast(rate);
        for (int i = 0; i < count; i += TSimd.Width)
        {
            T g = TSimd.Load(gradient + i);
            T a = TSimd.MultiplyAdd(g, g, TSimd.Load(squares + i));
            TSimd.Store(a, squares + i);
            T step = TMath.Divide(g, TMath.SquareRoot(TSimd.Add(a, epsilon)));
            TSimd.Store(TSimd.MultiplyAdd(factor, step, TSimd.Load(x + i)), x + i);
        }
    }
}
