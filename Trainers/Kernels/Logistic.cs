using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>The logistic function and its loss, for one logit and for rows of them.</summary>
/// <remarks>
/// With e = exp(-|z|): sigmoid(z) = 1 / (1 + e) or e / (1 + e), softplus(z) = max(z, 0) + log(1 + e); nothing overflows or cancels.
/// exp: n ln 2 is taken off, in two parts, then a polynomial of degree 7 (minimax coefficients as in Moshier's Cephes); relative error below 2e-7; |z| above 40 counts as 40, where both are 4e-18.
/// log(1 + e) = 2 atanh(e / (2 + e)), six terms of its series; absolute error below 3e-7.
/// </remarks>
internal static unsafe class Logistic
{
    /// <summary>|z| is taken as no more than this, so that no square of exp(-|z|) becomes a subnormal number, which processors multiply a hundred times slower.</summary>
    private const float Greatest = 40;
    private const float Log2E = 1.44269504f, Shift = 12582912f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const float E7 = 1.9875691500e-4f, E6 = 1.3981999507e-3f, E5 = 8.3334519073e-3f, E4 = 4.1665795894e-2f, E3 = 1.6666665459e-1f, E2 = 5.0000001201e-1f;
    private const float A11 = 2f / 11, A9 = 2f / 9, A7 = 2f / 7, A5 = 2f / 5, A3 = 2f / 3;

    /// <summary>sigmoid(z)</summary>
    /// <param name="z">any number</param>
    /// <param name="softplus">log(1 + exp(z)) = -log sigmoid(-z)</param>
    public static float Sigmoid(float z, out float softplus)
    {
        float x = -MathF.Abs(z);
        x = -Greatest < x ? x : -Greatest;
        float shifted = MathF.FusedMultiplyAdd(x, Log2E, Shift), n = shifted - Shift;
        float r = MathF.FusedMultiplyAdd(n, -Ln2Low, MathF.FusedMultiplyAdd(n, -Ln2High, x));
        float p = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(E7, r, E6), r, E5), r, E4);
        p = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(p, r, E3), r, E2);
        float e = (MathF.FusedMultiplyAdd(p, r * r, r) + 1) * BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted) + 127) << 23);
        float q = e / (2 + e), s = q * q;
        float series = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(A11, s, A9), s, A7);
        series = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(series, s, A5), s, A3), s, 2);
        softplus = MathF.FusedMultiplyAdd(series, q, z < 0 ? 0 : z);
        return (z < 0 ? e : 1) / (1 + e);
    }

    /// <summary>1 / (1 + exp(z)) = sigmoid(-z) without a branch, which nobody could foretell; to 3e-7.</summary>
    /// <param name="z">any number; taken as within 40 of zero, so that 16 factors have a product</param>
    /// <param name="factor">1 + exp(z), whose logarithm is softplus(z)</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Complement(ref float z, out float factor)
    {
        // The number comes second: what is no number stays so.
        z = Vector128.MinNative(Vector128.Create(Greatest), Vector128.MaxNative(Vector128.Create(-Greatest), Vector128.CreateScalarUnsafe(z))).ToScalar();
        float shifted = MathF.FusedMultiplyAdd(z, Log2E, Shift), n = shifted - Shift;
        float r = MathF.FusedMultiplyAdd(n, -Ln2Low, MathF.FusedMultiplyAdd(n, -Ln2High, z));
        float square = r * r;
        float high = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(E7, r, E6), square, MathF.FusedMultiplyAdd(E5, r, E4));
        float p = MathF.FusedMultiplyAdd(high, square, MathF.FusedMultiplyAdd(E3, r, E2));
        float power = BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted) + 127) << 23);
        factor = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(p, square, r), power, power) + 1;
        return 1 / factor;
    }

    /// <summary>Logits become what the loss -log sigmoid(+-x) pulls each by: weight (label - sigmoid(x)).</summary>
    /// <param name="logits">count, overwritten</param>
    /// <param name="count">a multiple of 16</param>
    /// <param name="positive">label 1, else 0</param>
    /// <param name="weight">of every element</param>
    /// <returns>the loss, weighted</returns>
    public static float Residuals(float* logits, int count, bool positive, float weight)
    {
        if (Vector512.IsHardwareAccelerated)
            return Residuals<Simd512, Math512, Vector512<float>>(logits, count, positive, weight);
        if (Vector256.IsHardwareAccelerated)
            return Residuals<Simd256, Math256, Vector256<float>>(logits, count, positive, weight);
        if (Vector128.IsHardwareAccelerated)
            return Residuals<Simd128, Math128, Vector128<float>>(logits, count, positive, weight);
        return ResidualsScalar(logits, count, positive, weight);
    }

    public static float ResidualsScalar(float* logits, int count, bool positive, float weight)
    {
        float sign = positive ? -1 : 1, sum = 0;
        for (int i = 0; i < count; i++)
        {
            logits[i] = -sign * weight * Sigmoid(sign * logits[i], out float softplus);
            sum += softplus;
        }

        return weight * sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Residuals<TSimd, TMath, T>(float* logits, int count, bool positive, float weight)
        where TSimd : ISimd<T>
        where TMath : ISimdMath<T>
        where T : unmanaged
    {
        T one = TSimd.Broadcast(1), two = TSimd.Broadcast(2), zero = default, sum = default;
        T sign = TSimd.Broadcast(positive ? -1 : 1), scale = TSimd.Broadcast(positive ? weight : -weight);
        for (int i = 0; i < count; i += TSimd.Width)
        {
            T z = TMath.Multiply(sign, TSimd.Load(logits + i));
            T x = TSimd.Negate(TMath.Least(TMath.Magnitude(z), TSimd.Broadcast(Greatest)));
            T shifted = TSimd.MultiplyAdd(x, TSimd.Broadcast(Log2E), TSimd.Broadcast(Shift)), n = TSimd.Add(shifted, TSimd.Broadcast(-Shift));
            T r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-Ln2Low), TSimd.MultiplyAdd(n, TSimd.Broadcast(-Ln2High), x));
            T p = TSimd.MultiplyAdd(TSimd.Broadcast(E7), r, TSimd.Broadcast(E6));
            p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(E5));
            p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(E4));
            p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(E3));
            p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(E2));
            T e = TMath.Multiply(TSimd.Add(TSimd.MultiplyAdd(p, TMath.Multiply(r, r), r), one), TMath.PowerOfTwo(shifted));
            T q = TMath.Divide(e, TSimd.Add(two, e)), s = TMath.Multiply(q, q);
            T series = TSimd.MultiplyAdd(TSimd.Broadcast(A11), s, TSimd.Broadcast(A9));
            series = TSimd.MultiplyAdd(series, s, TSimd.Broadcast(A7));
            series = TSimd.MultiplyAdd(series, s, TSimd.Broadcast(A5));
            series = TSimd.MultiplyAdd(series, s, TSimd.Broadcast(A3));
            series = TSimd.MultiplyAdd(series, s, two);
            sum = TSimd.Add(sum, TSimd.MultiplyAdd(series, q, TMath.WhereNegative(z, zero, z)));
            T sigmoid = TMath.Divide(TMath.WhereNegative(z, e, one), TSimd.Add(one, e));
            TSimd.Store(TMath.Multiply(scale, sigmoid), logits + i);
        }

        return weight * TMath.Sum(sum);
    }
}
