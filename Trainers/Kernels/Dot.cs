using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Inner products with the same bits on every instruction set.</summary>
/// <remarks>
/// By definition 16 sums: element i goes to sum i mod 16 by a fused multiply-add, in order of i; then sums j and j + 8 are added, j and j + 4, j and j + 2, j and j + 1.
/// One 512-bit register, two of 256 bits or four of 128 hold them.
/// </remarks>
public static class Dot
{
    /// <param name="x">n</param>
    /// <param name="y">n</param>
    public static unsafe float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        int whole = x.Length / Padding.Lanes * Padding.Lanes;
        fixed (float* px = x, py = y)
        {
            if (whole == x.Length)
                return Of(px, py, whole);
            float* lanes = stackalloc float[Padding.Lanes];
            Accumulate(px, py, whole, lanes);
            for (int i = whole; i < x.Length; i++)
                lanes[i - whole] = MathF.FusedMultiplyAdd(px[i], py[i], lanes[i - whole]);
            return Fold(new ReadOnlySpan<float>(lanes, Padding.Lanes));
        }
    }

    public static float Scalar(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        Span<float> lanes = stackalloc float[Padding.Lanes];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
            lanes[i % Padding.Lanes] = MathF.FusedMultiplyAdd(x[i], y[i], lanes[i % Padding.Lanes]);
        return Fold(lanes);
    }

    /// <summary>The products of every row with one vector.</summary>
    /// <param name="matrix">n x S</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="vector">S</param>
    /// <param name="products">n</param>
    public static unsafe void Rows(ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<float> vector, Span<float> products)
    {
        if (stride % Padding.Lanes != 0 || matrix.Length < (long)products.Length * stride || vector.Length < stride)
            throw new ArgumentException($"{matrix.Length} and {vector.Length} values do not fit {products.Length} rows with a stride of {stride}.");
        fixed (float* pm = matrix, pv = vector)
        {
            for (int row = 0; row < products.Length; row++)
                products[row] = Of(pm + (nint)row * stride, pv, stride);
        }
    }

    // count: a multiple of 16.
    internal static unsafe float Of(float* x, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int i = 0; i < count; i += 16)
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
            return Fold(sum.GetLower() + sum.GetUpper());
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> low = Vector256<float>.Zero, high = Vector256<float>.Zero;
            for (int i = 0; i < count; i += 16)
            {
                low = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), low);
                high = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + 8), Vector256.Load(y + i + 8), high);
            }

            return Fold(low + high);
        }

        float* lanes = stackalloc float[Padding.Lanes];
        Accumulate(x, y, count, lanes);
        return Fold(new ReadOnlySpan<float>(lanes, Padding.Lanes));
    }

    private static unsafe void Accumulate(float* x, float* y, int count, float* lanes)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            for (int lane = 0; lane < Padding.Lanes; lane += 4)
            {
                Vector128<float> sum = Vector128<float>.Zero;
                for (int i = lane; i < count; i += Padding.Lanes)
                    sum = Vector128.FusedMultiplyAdd(Vector128.Load(x + i), Vector128.Load(y + i), sum);
                sum.Store(lanes + lane);
            }

            return;
        }

        new Span<float>(lanes, Padding.Lanes).Clear();
        for (int i = 0; i < count; i++)
            lanes[i % Padding.Lanes] = MathF.FusedMultiplyAdd(x[i], y[i], lanes[i % Padding.Lanes]);
    }

    private static float Fold(Vector256<float> sums)
    {
        Vector128<float> four = sums.GetLower() + sums.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.GetElement(0) + two.GetElement(1);
    }

    private static float Fold(ReadOnlySpan<float> lanes)
    {
        Span<float> sums = stackalloc float[Padding.Lanes];
        lanes.CopyTo(sums);
        for (int half = Padding.Lanes / 2; half > 0; half /= 2)
        {
            for (int j = 0; j < half; j++)
                sums[j] += sums[j + half];
        }

        return sums[0];
    }
}
