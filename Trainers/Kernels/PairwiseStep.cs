using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainers.Kernels;

/// <summary>Step sizes of one pairwise step: the learning rate and what each kind of parameter shrinks by.</summary>
internal readonly record struct PairwiseRates(float Rate, float User, float Positive, float Negative, float Bias);

/// <summary>Rows of W, H and H that one step moves.</summary>
internal readonly record struct PairwiseSample(int User, int Positive, int Negative);

/// <summary>Steps of BPR, one (user, positive, negative) after the other.</summary>
/// <remarks>
/// Rendle et al. 2009, figure 4: x = w.(h_i - h_j) + b_i - b_j, g = sigmoid(-x), and with the values before the step
///     w += a (g (h_i - h_j) - l_u w),  h_i += a (g w - l_i h_i),  h_j += a (-g w - l_j h_j),  b_i += a (g - l_b b_i),  b_j += a (-g - l_b b_j)
/// Legend: S padded row, W users x S, H items x S. The sums in x are those of <see cref="Dot"/>, so every instruction set gives the same bits.
/// </remarks>
internal static unsafe class PairwiseStep
{
    /// <summary>Rows are asked for so many samples before they are used: another core may have written them last.</summary>
    private const int Ahead = 3;

    /// <summary>-log sigmoid(x) = log(1 + exp(x)) - x, and so many logarithms are taken at once.</summary>
    private const int FactorsOfProduct = 16;

    /// <param name="users">W</param>
    /// <param name="items">H</param>
    /// <param name="biases">one per item; empty: there are none</param>
    /// <param name="stride">S</param>
    /// <param name="samples">n rows of W, H and H</param>
    /// <param name="rates">step sizes</param>
    /// <returns>sum of -log sigmoid(x)</returns>
    public static double Run(Span<float> users, Span<float> items, Span<float> biases, int stride, ReadOnlySpan<PairwiseSample> samples, PairwiseRates rates) =>
        Run(users, items, biases, stride, samples, rates, moveItems: true);

    /// <summary>The same with items that stay as they are.</summary>
    public static double FoldIn(Span<float> users, Span<float> items, Span<float> biases, int stride, ReadOnlySpan<PairwiseSample> samples, PairwiseRates rates) =>
        Run(users, items, biases, stride, samples, rates, moveItems: false);

    /// <summary>One step in any precision, element by element.</summary>
    /// <returns>-log sigmoid(x)</returns>
    public static T RunScalar<T>(Span<T> w, Span<T> hi, Span<T> hj, ref T bi, ref T bj, T rate, T user, T positive, T negative, T bias)
        where T : IFloatingPointIeee754<T>
    {
        T x = bi - bj;
        for (int k = 0; k < w.Length; k++)
            x += w[k] * (hi[k] - hj[k]);
        T g = T.One / (T.One + T.Exp(x));
        for (int k = 0; k < w.Length; k++)
        {
            (T u, T p, T n) = (w[k], hi[k], hj[k]);
            w[k] = u + rate * (g * (p - n) - user * u);
            hi[k] = p + rate * (g * u - positive * p);
            hj[k] = n + rate * (-g * u - negative * n);
        }

        bi += rate * (g - bias * bi);
        bj += rate * (-g - bias * bj);
        return T.Max(-x, T.Zero) + T.LogP1(T.Exp(-T.Abs(x)));
    }

    /// <summary>Brings a row into the nearest cache, where the processor can be asked to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* row, int stride)
    {
        if (!Sse.IsSupported)
            return;
        for (int k = 0; k < stride; k += Padding.Lanes)
            Sse.Prefetch0(row + k);
    }

    private static double Run(Span<float> users, Span<float> items, Span<float> biases, int stride, ReadOnlySpan<PairwiseSample> samples, PairwiseRates rates, bool moveItems)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stride % Padding.Lanes, 0);
        uint rows = (uint)(users.Length / stride), columns = (uint)(items.Length / stride);
        if (!biases.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfLessThan((uint)biases.Length, columns);
        foreach (PairwiseSample sample in samples)
        {
            if ((uint)sample.User >= rows || (uint)sample.Positive >= columns || (uint)sample.Negative >= columns)
                throw new ArgumentOutOfRangeException(nameof(samples), $"There are only {rows} users and {columns} items.");
        }

        fixed (float* w = users, h = items, b = biases)
        {
            if (Vector512.IsHardwareAccelerated)
                return Run<Simd512, Math512, Vector512<float>>(w, h, b, stride, samples, rates, moveItems);
            if (Vector256.IsHardwareAccelerated)
                return Run<Simd256, Math256, Vector256<float>>(w, h, b, stride, samples, rates, moveItems);
            return Run<Simd128, Math128, Vector128<float>>(w, h, b, stride, samples, rates, moveItems);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TSimd, TMath, T>(float* users, float* h, float* b, int stride, ReadOnlySpan<PairwiseSample> samples, PairwiseRates rates, bool moveItems)
        where TSimd : ISimd<T>
        where TMath : ISimdMath<T>
        where T : unmanaged
    {
        float* difference = stackalloc float[stride + Padding.Lanes];
        difference = (float*)(((nint)difference + 63) & ~63);
        float rate = rates.Rate;
        T keepUser = TSimd.Broadcast(1 - rate * rates.User), keepPositive = TSimd.Broadcast(1 - rate * rates.Positive), keepNegative = TSimd.Broadcast(1 - rate * rates.Negative);
        double loss = 0, product = 1;
        for (int n = 0; n < samples.Length; n++)
        {
            if (n + Ahead < samples.Length)
            {
                Fetch(h + (nint)samples[n + Ahead].Positive * stride, stride);
                Fetch(h + (nint)samples[n + Ahead].Negative * stride, stride);
            }

            (int user, int i, int j) = samples[n];
            float* w = users + (nint)user * stride;
            float* hi = h + (nint)i * stride;
            float* hj = h + (nint)j * stride;
            for (int k = 0; k < stride; k += TSimd.Width)
                TSimd.Store(TSimd.Add(TSimd.Load(hi + k), TSimd.Negate(TSimd.Load(hj + k))), difference + k);
            float x = Dot.Of(w, difference, stride);
            if (b != null)
                x += b[i] - b[j];
            float g = rate * Logistic.Complement(ref x, out float factor);
            product *= factor;
            loss -= x;
            if (n % FactorsOfProduct == FactorsOfProduct - 1)
                (loss, product) = (loss + Math.Log(product), 1);
            T up = TSimd.Broadcast(g), down = TSimd.Broadcast(-g);
            for (int k = 0; k < stride; k += TSimd.Width)
            {
                T u = TSimd.Load(w + k);
                TSimd.Store(TSimd.MultiplyAdd(up, TSimd.Load(difference + k), TMath.Multiply(keepUser, u)), w + k);
                if (moveItems)
                {
                    TSimd.Store(TSimd.MultiplyAdd(up, u, TMath.Multiply(keepPositive, TSimd.Load(hi + k))), hi + k);
                    TSimd.Store(TSimd.MultiplyAdd(down, u, TMath.Multiply(keepNegative, TSimd.Load(hj + k))), hj + k);
                }
            }

            if (b != null && moveItems)
            {
                b[i] += g - rate * rates.Bias * b[i];
                b[j] -= g + rate * rates.Bias * b[j];
            }
        }

        return loss + Math.Log(product);
    }
}
