using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Softmax of one row of attention scores of which the first so many count, and its derivative.</summary>
/// <remarks>Legend: w the row's length in memory, a multiple of 16; n the entries that count; what lies beyond them becomes zero.</remarks>
public static class CausalSoftmax
{
    /// <summary>row = softmax(scale row[..n]), then zeros.</summary>
    /// <param name="row">w</param>
    /// <param name="count">n, at least 1</param>
    /// <param name="scale">of the scores, not negative</param>
    public static unsafe void Forward<T>(Span<T> row, int count, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(row.Length, count);
        if (typeof(T) != typeof(float))
        {
            ForwardScalar(row, count, scale);
            return;
        }

        row[count..].Fill(T.NegativeInfinity);
        fixed (T* start = row)
        {
            float* p = (float*)start;
            int width = row.Length;
            Vector512<float> most = Vector512.Load(p);
            for (int i = Padding.Lanes; i < width; i += Padding.Lanes)
                most = Vector512.Max(most, Vector512.Load(p + i));
            Vector512<float> factor = Vector512.Create((float)(object)scale);
            Vector512<float> greatest = Vector512.Create(Lanes.Max(most)) * factor;
            Vector512<float> sum = Vector512<float>.Zero;
            for (int i = 0; i < width; i += Padding.Lanes)
            {
                Vector512<float> e = Exponential.Of(Vector512.FusedMultiplyAdd(Vector512.Load(p + i), factor, -greatest));
                e.Store(p + i);
                sum += e;
            }

            Vector512<float> inverse = Vector512.Create(1 / Lanes.Sum(sum));
            for (int i = 0; i < width; i += Padding.Lanes)
                (Vector512.Load(p + i) * inverse).Store(p + i);
        }
    }

    public static void ForwardScalar<T>(Span<T> row, int count, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(row.Length, count);
        T most = row[0];
        foreach (T value in row[..count])
            most = T.Max(most, value);
        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            row[i] = T.Exp((row[i] - most) * scale);
            sum += row[i];
        }

        for (int i = 0; i < count; i++)
            row[i] /= sum;
        row[count..].Clear();
    }

    /// <summary>gradient = scale p (gradient - p . gradient).</summary>
    /// <param name="p">w probabilities, zeros beyond those that count</param>
    /// <param name="gradient">w: of the probabilities in, of the scores out</param>
    /// <param name="scale">of the scores</param>
    public static unsafe void Backward<T>(ReadOnlySpan<T> p, Span<T> gradient, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(p.Length, gradient.Length);
        if (typeof(T) != typeof(float))
        {
            BackwardScalar(p, gradient, scale);
            return;
        }

        fixed (T* tp = p, tg = gradient)
        {
            float* pp = (float*)tp, pg = (float*)tg;
            int width = p.Length;
            Vector512<float> products = Vector512<float>.Zero;
            for (int i = 0; i < width; i += Padding.Lanes)
                products = Vector512.FusedMultiplyAdd(Vector512.Load(pp + i), Vector512.Load(pg + i), products);
            Vector512<float> dot = Vector512.Create(Lanes.Sum(products)), factor = Vector512.Create((float)(object)scale);
            for (int i = 0; i < width; i += Padding.Lanes)
                (Vector512.Load(pp + i) * factor * (Vector512.Load(pg + i) - dot)).Store(pg + i);
        }
    }

    public static void BackwardScalar<T>(ReadOnlySpan<T> p, Span<T> gradient, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(p.Length, gradient.Length);
        T dot = T.Zero;
        for (int i = 0; i < p.Length; i++)
            dot += p[i] * gradient[i];
        for (int i = 0; i < p.Length; i++)
            gradient[i] = scale * p[i] * (gradient[i] - dot);
    }

    private static void Check(int width, int count)
    {
        if (width % Padding.Lanes != 0 || count < 1 || count > width)
            throw new ArgumentException($"{count} entries do not fit a row of {width}, or it is no multiple of {Padding.Lanes}.");
    }
}
