using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Products and weighted sums of some rows of a table, the same bits on every instruction set.</summary>
/// <remarks>
/// Legend: T rows in the table, S padded row, n chosen rows, which may repeat.
/// A product is <see cref="Dot"/>'s; an element of a sum is one chain of fused multiply-adds in the order of the chosen rows, begun at zero and kept in a register.
/// </remarks>
internal static unsafe class GatheredRows
{
    /// <param name="table">T x S</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="rows">n rows of the table</param>
    /// <param name="vector">S</param>
    /// <param name="products">n</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static void Products(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> products)
    {
        Check(table, stride, rows, vector.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(products.Length, rows.Length);
        fixed (float* pt = table, pv = vector, pp = products)
        fixed (int* pr = rows)
        {
            int k = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                for (; k + 4 <= rows.Length; k += 4)
                    FourProducts(pt, stride, pr + k, pv).Store(pp + k);
            }

            for (; k < rows.Length; k++)
                pp[k] = Dot.Of(pt + (nint)pr[k] * stride, pv, stride);
        }
    }

    public static void ProductsScalar(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> vector, Span<float> products)
    {
        Check(table, stride, rows, vector.Length);
        for (int k = 0; k < rows.Length; k++)
            products[k] = Dot.Scalar(table.Slice(rows[k] * stride, stride), vector[..stride]);
    }

    /// <summary>sum = weights[0] table[rows[0]] + weights[1] table[rows[1]] + ...</summary>
    /// <param name="table">T x S</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="rows">n rows of the table</param>
    /// <param name="weights">n; or none, if all are 1</param>
    /// <param name="sum">S, overwritten</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static void Combine(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        CheckCombine(table, stride, rows, weights, sum);
        fixed (float* pt = table, pw = weights, ps = sum)
        fixed (int* pr = rows)
        {
            if (Vector512.IsHardwareAccelerated)
                Combine<Simd512, Vector512<float>>(pt, stride, pr, rows.Length, pw, ps);
            else if (Vector256.IsHardwareAccelerated)
                Combine<Simd256, Vector256<float>>(pt, stride, pr, rows.Length, pw, ps);
            else if (Vector128.IsHardwareAccelerated)
                Combine<Simd128, Vector128<float>>(pt, stride, pr, rows.Length, pw, ps);
            else
                CombineScalar(table, stride, rows, weights, sum);
        }
    }

    public static void CombineScalar(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        CheckCombine(table, stride, rows, weights, sum);
        sum[..stride].Clear();
        for (int k = 0; k < rows.Length; k++)
        {
            float weight = weights.IsEmpty ? 1 : weights[k];
            for (int i = 0; i < stride; i++)
                sum[i] = MathF.FusedMultiplyAdd(weight, table[rows[k] * stride + i], sum[i]);
        }
    }

    private static void Combine<TSimd, T>(float* table, int stride, int* rows, int count, float* weights, float* sum)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        int width = TSimd.Width, i = 0;
        for (; i + 4 * width <= stride; i += 4 * width)
        {
            T a = TSimd.Broadcast(0), b = a, c = a, d = a;
            for (int k = 0; k < count; k++)
            {
                float* row = table + (nint)rows[k] * stride + i;
                T weight = TSimd.Broadcast(weights is null ? 1 : weights[k]);
                a = TSimd.MultiplyAdd(weight, TSimd.Load(row), a);
                b = TSimd.MultiplyAdd(weight, TSimd.Load(row + width), b);
                c = TSimd.MultiplyAdd(weight, TSimd.Load(row + 2 * width), c);
                d = TSimd.MultiplyAdd(weight, TSimd.Load(row + 3 * width), d);
            }

            TSimd.Store(a, sum + i);
            TSimd.Store(b, sum + i + width);
            TSimd.Store(c, sum + i + 2 * width);
            TSimd.Store(d, sum + i + 3 * width);
        }

        for (; i < stride; i += width)
        {
            T a = TSimd.Broadcast(0);
            for (int k = 0; k < count; k++)
                a = TSimd.MultiplyAdd(TSimd.Broadcast(weights is null ? 1 : weights[k]), TSimd.Load(table + (nint)rows[k] * stride + i), a);
            TSimd.Store(a, sum + i);
        }
    }

    // Four of Dot's products, their sixteen sums each folded together by one permutation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourProducts(float* table, int stride, int* rows, float* vector)
    {
        float* r0 = table + (nint)rows[0] * stride, r1 = table + (nint)rows[1] * stride, r2 = table + (nint)rows[2] * stride, r3 = table + (nint)rows[3] * stride;
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int i = 0; i < stride; i += 16)
        {
            var v = Vector512.Load(vector + i);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(r0 + i), v, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(r1 + i), v, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Load(r2 + i), v, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Load(r3 + i), v, s3);
        }

        var fours = Vector512.Create(Vector256.Create(Halve(s0), Halve(s1)), Vector256.Create(Halve(s2), Halve(s3)));
        Vector512<float> lanes = Vector512.Shuffle(fours, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
        Vector256<float> twos = lanes.GetLower() + lanes.GetUpper();
        return twos.GetLower() + twos.GetUpper();

        static Vector128<float> Halve(Vector512<float> sums)
        {
            Vector256<float> eight = sums.GetLower() + sums.GetUpper();
            return eight.GetLower() + eight.GetUpper();
        }
    }

    private static void CheckCombine(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        Check(table, stride, rows, sum.Length);
        if (!weights.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, rows.Length);
    }

    private static void Check(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, int vectorLength)
    {
        if (stride <= 0 || stride % Padding.Lanes != 0 || vectorLength < stride)
            throw new ArgumentException($"A vector of {vectorLength} values does not fit rows with a stride of {stride}.", nameof(stride));
        if (!rows.IsEmpty && TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(rows)) >= (uint)(table.Length / stride))
            throw new ArgumentOutOfRangeException(nameof(rows), $"The table has {table.Length / stride} rows.");
    }
}
