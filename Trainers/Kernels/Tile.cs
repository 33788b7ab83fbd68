using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>What becomes of the products' sums.</summary>
internal enum TileSum
{
    /// <summary>C + A B</summary>
    Add,

    /// <summary>C - A B</summary>
    Subtract,

    /// <summary>A B, whatever C was</summary>
    Set,
}

/// <summary>
/// The micro-kernel under every matrix routine: C[r, c] = C[r, c] +- sum over k of A[r, k] B[k, c], or that sum alone, for 8 rows and 16 n columns.
/// </summary>
/// <remarks>
/// Legend: r rows of C (8), c columns, k the summed index. A's element (r, k) is at r * aRow + k * aStep, B's (k, c) at k * bStep + c.
/// C stays in registers: 8 x 2 of 512 bits (16 sums hide the latency of 4 cycles on two ports), else 8 x 1.
/// Each element is one chain of fused multiply-adds in the order of k, so every width and the scalar twin give the same bits.
/// </remarks>
internal static unsafe class Tile
{
    public const int Rows = 8;

    // c: 8 x columns, rows cRow apart; columns: a multiple of 16.
    public static void Update(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int columns, int depth, TileSum into)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            int column = 0;
            for (; column + 32 <= columns; column += 32)
                EightByTwo<Simd512, Vector512<float>>(a, aRow, aStep, b + column, bStep, c + column, cRow, depth, into);
            if (column < columns)
                EightByOne<Simd512, Vector512<float>>(a, aRow, aStep, b + column, bStep, c + column, cRow, depth, into);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (int column = 0; column < columns; column += 8)
                EightByOne<Simd256, Vector256<float>>(a, aRow, aStep, b + column, bStep, c + column, cRow, depth, into);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (int column = 0; column < columns; column += 4)
                EightByOne<Simd128, Vector128<float>>(a, aRow, aStep, b + column, bStep, c + column, cRow, depth, into);
        }
        else
        {
            UpdateScalar(a, aRow, aStep, b, bStep, c, cRow, columns, depth, into);
        }
    }

    public static void UpdateScalar(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int columns, int depth, TileSum into)
    {
        float sign = into == TileSum.Subtract ? -1 : 1;
        for (int r = 0; r < Rows; r++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = into == TileSum.Set ? 0 : c[r * cRow + column];
                for (int k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(sign * a[r * aRow + k * aStep], b[k * bStep + column], sum);
                c[r * cRow + column] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo<TSimd, T>(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int depth, TileSum into)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        int width = TSimd.Width;
        bool subtract = into == TileSum.Subtract;
        float* a4 = a + 4 * aRow;
        T zero = TSimd.Broadcast(0);
        (T s00, T s01, T s10, T s11, T s20, T s21, T s30, T s31) = (zero, zero, zero, zero, zero, zero, zero, zero);
        (T s40, T s41, T s50, T s51, T s60, T s61, T s70, T s71) = (zero, zero, zero, zero, zero, zero, zero, zero);
        if (into != TileSum.Set)
        {
            (s00, s01) = (TSimd.Load(c), TSimd.Load(c + width));
            (s10, s11) = (TSimd.Load(c + cRow), TSimd.Load(c + cRow + width));
            (s20, s21) = (TSimd.Load(c + 2 * cRow), TSimd.Load(c + 2 * cRow + width));
            (s30, s31) = (TSimd.Load(c + 3 * cRow), TSimd.Load(c + 3 * cRow + width));
            (s40, s41) = (TSimd.Load(c + 4 * cRow), TSimd.Load(c + 4 * cRow + width));
            (s50, s51) = (TSimd.Load(c + 5 * cRow), TSimd.Load(c + 5 * cRow + width));
            (s60, s61) = (TSimd.Load(c + 6 * cRow), TSimd.Load(c + 6 * cRow + width));
            (s70, s71) = (TSimd.Load(c + 7 * cRow), TSimd.Load(c + 7 * cRow + width));
        }

        for (int k = 0; k < depth; k++)
        {
            T b0 = TSimd.Load(b), b1 = TSimd.Load(b + width);
            if (subtract)
            {
                b0 = TSimd.Negate(b0);
                b1 = TSimd.Negate(b1);
            }

            T value = TSimd.Broadcast(a[0]);
            s00 = TSimd.MultiplyAdd(value, b0, s00);
            s01 = TSimd.MultiplyAdd(value, b1, s01);
            value = TSimd.Broadcast(a[aRow]);
            s10 = TSimd.MultiplyAdd(value, b0, s10);
            s11 = TSimd.MultiplyAdd(value, b1, s11);
            value = TSimd.Broadcast(a[2 * aRow]);
            s20 = TSimd.MultiplyAdd(value, b0, s20);
            s21 = TSimd.MultiplyAdd(value, b1, s21);
            value = TSimd.Broadcast(a[3 * aRow]);
            s30 = TSimd.MultiplyAdd(value, b0, s30);
            s31 = TSimd.MultiplyAdd(value, b1, s31);
            value = TSimd.Broadcast(a4[0]);
            s40 = TSimd.MultiplyAdd(value, b0, s40);
            s41 = TSimd.MultiplyAdd(value, b1, s41);
            value = TSimd.Broadcast(a4[aRow]);
            s50 = TSimd.MultiplyAdd(value, b0, s50);
            s51 = TSimd.MultiplyAdd(value, b1, s51);
            value = TSimd.Broadcast(a4[2 * aRow]);
            s60 = TSimd.MultiplyAdd(value, b0, s60);
            s61 = TSimd.MultiplyAdd(value, b1, s61);
            value = TSimd.Broadcast(a4[3 * aRow]);
            s70 = TSimd.MultiplyAdd(value, b0, s70);
            s71 = TSimd.MultiplyAdd(value, b1, s71);
            a += aStep;
            a4 += aStep;
            b += bStep;
        }

        TSimd.Store(s00, c);
        TSimd.Store(s01, c + width);
        TSimd.Store(s10, c + cRow);
        TSimd.Store(s11, c + cRow + width);
        TSimd.Store(s20, c + 2 * cRow);
        TSimd.Store(s21, c + 2 * cRow + width);
        TSimd.Store(s30, c + 3 * cRow);
        TSimd.Store(s31, c + 3 * cRow + width);
        TSimd.Store(s40, c + 4 * cRow);
        TSimd.Store(s41, c + 4 * cRow + width);
        TSimd.Store(s50, c + 5 * cRow);
        TSimd.Store(s51, c + 5 * cRow + width);
        TSimd.Store(s60, c + 6 * cRow);
        TSimd.Store(s61, c + 6 * cRow + width);
        TSimd.Store(s70, c + 7 * cRow);
        TSimd.Store(s71, c + 7 * cRow + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<TSimd, T>(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int depth, TileSum into)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        bool subtract = into == TileSum.Subtract;
        float* a4 = a + 4 * aRow;
        T zero = TSimd.Broadcast(0);
        (T s0, T s1, T s2, T s3, T s4, T s5, T s6, T s7) = (zero, zero, zero, zero, zero, zero, zero, zero);
        if (into != TileSum.Set)
        {
            (s0, s1, s2, s3) = (TSimd.Load(c), TSimd.Load(c + cRow), TSimd.Load(c + 2 * cRow), TSimd.Load(c + 3 * cRow));
            (s4, s5, s6, s7) = (TSimd.Load(c + 4 * cRow), TSimd.Load(c + 5 * cRow), TSimd.Load(c + 6 * cRow), TSimd.Load(c + 7 * cRow));
        }

        for (int k = 0; k < depth; k++)
        {
            T b0 = TSimd.Load(b);
            if (subtract)
                b0 = TSimd.Negate(b0);
            s0 = TSimd.MultiplyAdd(TSimd.Broadcast(a[0]), b0, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Broadcast(a[aRow]), b0, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Broadcast(a[2 * aRow]), b0, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Broadcast(a[3 * aRow]), b0, s3);
            s4 = TSimd.MultiplyAdd(TSimd.Broadcast(a4[0]), b0, s4);
            s5 = TSimd.MultiplyAdd(TSimd.Broadcast(a4[aRow]), b0, s5);
            s6 = TSimd.MultiplyAdd(TSimd.Broadcast(a4[2 * aRow]), b0, s6);
            s7 = TSimd.MultiplyAdd(TSimd.Broadcast(a4[3 * aRow]), b0, s7);
            a += aStep;
            a4 += aStep;
            b += bStep;
        }

        TSimd.Store(s0, c);
        TSimd.Store(s1, c + cRow);
        TSimd.Store(s2, c + 2 * cRow);
        TSimd.Store(s3, c + 3 * cRow);
        TSimd.Store(s4, c + 4 * cRow);
        TSimd.Store(s5, c + 5 * cRow);
        TSimd.Store(s6, c + 6 * cRow);
        TSimd.Store(s7, c + 7 * cRow);
    }
}
