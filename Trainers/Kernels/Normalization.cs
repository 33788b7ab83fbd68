using System.Numerics;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Layer normalisation of padded rows: y = gain (x - mean) / sqrt(variance + epsilon) + bias, and its derivative.</summary>
/// <remarks>
/// Legend: n rows of d values in S, zeros beyond d. What is kept for the way back: the normalised rows h, and r = 1 / sqrt(variance + epsilon) of each.
/// With g = gain dy:  dx = r (g - mean(g) - h mean(g h)).
/// </remarks>
public static class Normalization
{
    /// <param name="x">n x S</param>
    /// <param name="gain">S, zeros beyond d</param>
    /// <param name="bias">S, zeros beyond d</param>
    /// <param name="dimension">d</param>
    /// <param name="epsilon">added to the variance</param>
    /// <param name="h">n x S</param>
    /// <param name="r">n</param>
    /// <param name="y">n x S</param>
    public static unsafe void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> bias, int dimension, T epsilon, Span<T> h, Span<T> r, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Check(dimension, r.Length, gain.Length, bias.Length, x.Length, h.Length, y.Length);
        if (typeof(T) != typeof(float))
        {
            ForwardScalar(x, gain, bias, dimension, epsilon, h, r, y);
            return;
        }

        fixed (T* tx = x, tg = gain, tb = bias, th = h, tr = r, ty = y)
        {
            float* px = (float*)tx, ph = (float*)th, py = (float*)ty;
            Vector512<float> inside = Inside(dimension);
            int last = stride - Padding.Lanes;
            for (int row = 0; row < r.Length; row++, px += stride, ph += stride, py += stride)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                for (int i = 0; i < stride; i += Padding.Lanes)
                    sum += Vector512.Load(px + i);
                Vector512<float> mean = Vector512.Create(Lanes.Sum(sum) / dimension), squares = Vector512<float>.Zero;
                for (int i = 0; i < stride; i += Padding.Lanes)
                {
                    Vector512<float> centred = Vector512.Load(px + i) - mean;
                    if (i == last)
                        centred &= inside;
                    centred.Store(ph + i);
                    squares = Vector512.FusedMultiplyAdd(centred, centred, squares);
                }

                float inverse = 1 / MathF.Sqrt(Lanes.Sum(squares) / dimension + (float)(object)epsilon);
                ((float*)tr)[row] = inverse;
                Vector512<float> factor = Vector512.Create(inverse);
                for (int i = 0; i < stride; i += Padding.Lanes)
                {
                    Vector512<float> normal = Vector512.Load(ph + i) * factor;
                    normal.Store(ph + i);
                    Vector512.FusedMultiplyAdd(normal, Vector512.Load((float*)tg + i), Vector512.Load((float*)tb + i)).Store(py + i);
                }
            }
        }
    }

    public static void ForwardScalar<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> bias, int dimension, T epsilon, Span<T> h, Span<T> r, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Check(dimension, r.Length, gain.Length, bias.Length, x.Length, h.Length, y.Length);
        T d = T.CreateChecked(dimension);
        for (int row = 0; row < r.Length; row++)
        {
            ReadOnlySpan<T> source = x.Slice(row * stride, stride);
            Span<T> normal = h.Slice(row * stride, stride), target = y.Slice(row * stride, stride);
            T mean = T.Zero, variance = T.Zero;
            for (int i = 0; i < dimension; i++)
                mean += source[i] / d;
            for (int i = 0; i < dimension; i++)
                variance += (source[i] - mean) * (source[i] - mean) / d;
            r[row] = T.One / T.Sqrt(variance + epsilon);
            for (int i = 0; i < stride; i++)
            {
                normal[i] = i < dimension ? (source[i] - mean) * r[row] : T.Zero;
                target[i] = normal[i] * gain[i] + bias[i];
            }
        }
    }

    /// <param name="dy">n x S</param>
    /// <param name="h">n x S, from the way forth</param>
    /// <param name="r">n, from the way forth</param>
    /// <param name="gain">S</param>
    /// <param name="dimension">d</param>
    /// <param name="dGain">S, added to</param>
    /// <param name="dBias">S, added to</param>
    /// <param name="dx">n x S, overwritten; may be dy</param>
    public static unsafe void Backward<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> h, ReadOnlySpan<T> r, ReadOnlySpan<T> gain, int dimension, Span<T> dGain, Span<T> dBias, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Check(dimension, r.Length, gain.Length, Math.Min(dGain.Length, dBias.Length), dy.Length, h.Length, dx.Length);
        if (typeof(T) != typeof(float))
        {
            BackwardScalar(dy, h, r, gain, dimension, dGain, dBias, dx);
            return;
        }

        fixed (T* ty = dy, th = h, tr = r, tg = gain, tdg = dGain, tdb = dBias, tx = dx)
        {
            float* py = (float*)ty, ph = (float*)th, px = (float*)tx;
            Vector512<float> inside = Inside(dimension);
            int last = stride - Padding.Lanes;
            for (int row = 0; row < r.Length; row++, py += stride, ph += stride, px += stride)
            {
                Vector512<float> sum = Vector512<float>.Zero, products = Vector512<float>.Zero;
                for (int i = 0; i < stride; i += Padding.Lanes)
                {
                    Vector512<float> slope = Vector512.Load(py + i), normal = Vector512.Load(ph + i);
                    Vector512.FusedMultiplyAdd(slope, normal, Vector512.Load((float*)tdg + i)).Store((float*)tdg + i);
                    (slope + Vector512.Load((float*)tdb + i)).Store((float*)tdb + i);
                    Vector512<float> g = slope * Vector512.Load((float*)tg + i);
                    sum += g;
                    products = Vector512.FusedMultiplyAdd(g, normal, products);
                }

                Vector512<float> mean = Vector512.Create(Lanes.Sum(sum) / dimension), along = Vector512.Create(Lanes.Sum(products) / dimension);
                Vector512<float> factor = Vector512.Create(((float*)tr)[row]);
                for (int i = 0; i < stride; i += Padding.Lanes)
                {
                    Vector512<float> rest = Vector512.Load(py + i) * Vector512.Load((float*)tg + i) - mean;
                    Vector512<float> slope = factor * Vector512.FusedMultiplyAdd(-Vector512.Load(ph + i), along, rest);
                    (i == last ? slope & inside : slope).Store(px + i);
                }
            }
        }
    }

    public static void BackwardScalar<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<T> h, ReadOnlySpan<T> r, ReadOnlySpan<T> gain, int dimension, Span<T> dGain, Span<T> dBias, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Check(dimension, r.Length, gain.Length, Math.Min(dGain.Length, dBias.Length), dy.Length, h.Length, dx.Length);
        T d = T.CreateChecked(dimension);
        for (int row = 0; row < r.Length; row++)
        {
            ReadOnlySpan<T> slope = dy.Slice(row * stride, stride), normal = h.Slice(row * stride, stride);
            T mean = T.Zero, along = T.Zero;
            for (int i = 0; i < dimension; i++)
            {
                mean += slope[i] * gain[i] / d;
                along += slope[i] * gain[i] * normal[i] / d;
                dGain[i] += slope[i] * normal[i];
                dBias[i] += slope[i];
            }

            Span<T> target = dx.Slice(row * stride, stride);
            for (int i = 0; i < stride; i++)
                target[i] = i < dimension ? r[row] * (slope[i] * gain[i] - mean - normal[i] * along) : T.Zero;
        }
    }

    // All ones in the lanes of a row's last register that are values, zeros in those that are padding.
    private static Vector512<float> Inside(int dimension)
    {
        int count = (dimension - 1) % Padding.Lanes + 1;
        return Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
    }

    private static int Check(int dimension, int rows, int gain, int bias, int x, int h, int y)
    {
        int stride = Padding.Stride(dimension);
        if (gain != stride || bias != stride || Math.Min(x, Math.Min(h, y)) < (long)rows * stride)
            throw new ArgumentException($"{gain}, {bias}, {x}, {h} and {y} values do not fit {rows} rows of dimension {dimension}.");
        return stride;
    }
}
