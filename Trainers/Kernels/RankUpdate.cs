using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>The inner loop of dense symmetric algebra: C -= Wᵀ V for one tile that stays in registers.</summary>
/// <remarks>
/// Legend: K depth of the sum, C 8 x 16 inside a row-major matrix, W K x 8 and V K x 16, both packed: the values that one step of the sum
/// needs lie side by side. Each element of C is one chain of fused multiply-adds over k = 0, 1, ..., at every vector width and in the
/// scalar twin, so all of them give the same bits.
/// </remarks>
public static unsafe class RankUpdate
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 16;

    /// <summary>Bits of the vectors that this machine should use: 512, 256, or 0 for the scalar twin.</summary>
    public static int VectorBits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0;

    /// <param name="w">K x 8</param>
    /// <param name="v">K x 16</param>
    /// <param name="c">begins at the tile's first element; rows lie <paramref name="stride"/> apart</param>
    /// <param name="stride">at least 16</param>
    /// <exception cref="ArgumentException">Lengths do not fit each other.</exception>
    public static void Subtract(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> c, int stride) => Subtract(w, v, c, stride, VectorBits);

    /// <summary>The same by vectors of a chosen width; 0 is the scalar reference. All give the same bits on every machine, some of them slowly.</summary>
    public static void Subtract(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> c, int stride, int vectorBits)
    {
        int depth = Depth(w, v, c, stride);
        fixed (double* pw = w, pv = v, pc = c)
        {
            if (vectorBits == 512)
                Subtract512(depth, pw, pv, pc, stride);
            else if (vectorBits == 256)
                Subtract256(depth, pw, pv, pc, stride);
            else
                SubtractScalar(depth, pw, pv, pc, stride);
        }
    }

    private static int Depth(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> c, int stride)
    {
        int depth = w.Length / Rows;
        if (w.Length != depth * Rows || v.Length != depth * Columns)
            throw new ArgumentException($"{w.Length} and {v.Length} values are not K x {Rows} and K x {Columns}.", nameof(w));
        if (stride < Columns || c.Length < ((Rows - 1) * (long)stride) + Columns)
            throw new ArgumentException($"{c.Length} values hold no {Rows} x {Columns} tile of stride {stride}.", nameof(c));
        return depth;
    }

    private static void SubtractScalar(int depth, double* w, double* v, double* c, nint stride)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                double sum = c[(row * stride) + column];
                for (int k = 0; k < depth; k++)
                    sum = Math.FusedMultiplyAdd(-w[(k * Rows) + row], v[(k * Columns) + column], sum);
                c[(row * stride) + column] = sum;
            }
        }
    }

    // 8 x 16 in sixteen registers of eight.
    private static void Subtract512(int depth, double* w, double* v, double* c, nint stride)
    {
        double* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride, c4 = c3 + stride, c5 = c4 + stride, c6 = c5 + stride, c7 = c6 + stride;
        Vector512<double> a0 = Vector512.Load(c), b0 = Vector512.Load(c + 8), a1 = Vector512.Load(c1), b1 = Vector512.Load(c1 + 8);
        Vector512<double> a2 = Vector512.Load(c2), b2 = Vector512.Load(c2 + 8), a3 = Vector512.Load(c3), b3 = Vector512.Load(c3 + 8);
        Vector512<double> a4 = Vector512.Load(c4), b4 = Vector512.Load(c4 + 8), a5 = Vector512.Load(c5), b5 = Vector512.Load(c5 + 8);
        Vector512<double> a6 = Vector512.Load(c6), b6 = Vector512.Load(c6 + 8), a7 = Vector512.Load(c7), b7 = Vector512.Load(c7 + 8);
        for (int k = 0; k < depth; k++, w += Rows, v += Columns)
        {
            Vector512<double> p = -Vector512.Load(v), q = -Vector512.Load(v + 8);
            Vector512<double> x = Vector512.Create(w[0]), y = Vector512.Create(w[1]);
            (a0, b0) = (Vector512.FusedMultiplyAdd(x, p, a0), Vector512.FusedMultiplyAdd(x, q, b0));
            (a1, b1) = (Vector512.FusedMultiplyAdd(y, p, a1), Vector512.FusedMultiplyAdd(y, q, b1));
            (x, y) = (Vector512.Create(w[2]), Vector512.Create(w[3]));
            (a2, b2) = (Vector512.FusedMultiplyAdd(x, p, a2), Vector512.FusedMultiplyAdd(x, q, b2));
            (a3, b3) = (Vector512.FusedMultiplyAdd(y, p, a3), Vector512.FusedMultiplyAdd(y, q, b3));
            (x, y) = (Vector512.Create(w[4]), Vector512.Create(w[5]));
            (a4, b4) = (Vector512.FusedMultiplyAdd(x, p, a4), Vector512.FusedMultiplyAdd(x, q, b4));
            (a5, b5) = (Vector512.FusedMultiplyAdd(y, p, a5), Vector512.FusedMultiplyAdd(y, q, b5));
            (x, y) = (Vector512.Create(w[6]), Vector512.Create(w[7]));
            (a6, b6) = (Vector512.FusedMultiplyAdd(x, p, a6), Vector512.FusedMultiplyAdd(x, q, b6));
            (a7, b7) = (Vector512.FusedMultiplyAdd(y, p, a7), Vector512.FusedMultiplyAdd(y, q, b7));
        }

        a0.Store(c);
        b0.Store(c + 8);
        a1.Store(c1);
        b1.Store(c1 + 8);
        a2.Store(c2);
        b2.Store(c2 + 8);
        a3.Store(c3);
        b3.Store(c3 + 8);
        a4.Store(c4);
        b4.Store(c4 + 8);
        a5.Store(c5);
        b5.Store(c5 + 8);
        a6.Store(c6);
        b6.Store(c6 + 8);
        a7.Store(c7);
        b7.Store(c7 + 8);
    }

    // Sixteen registers of four hold 4 x 8 and its operands, so the tile is done in four parts.
    private static void Subtract256(int depth, double* w, double* v, double* c, nint stride)
    {
        for (int row = 0; row < Rows; row += 4)
        {
            for (int column = 0; column < Columns; column += 8)
                Quarter256(depth, w + row, v + column, c + (row * stride) + column, stride);
        }
    }

    private static void Quarter256(int depth, double* w, double* v, double* c, nint stride)
    {
        double* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
        Vector256<double> a0 = Vector256.Load(c), b0 = Vector256.Load(c + 4), a1 = Vector256.Load(c1), b1 = Vector256.Load(c1 + 4);
        Vector256<double> a2 = Vector256.Load(c2), b2 = Vector256.Load(c2 + 4), a3 = Vector256.Load(c3), b3 = Vector256.Load(c3 + 4);
        for (int k = 0; k < depth; k++, w += Rows, v += Columns)
        {
            Vector256<double> p = -Vector256.Load(v), q = -Vector256.Load(v + 4);
            Vector256<double> x = Vector256.Create(w[0]), y = Vector256.Create(w[1]);
            (a0, b0) = (Vector256.FusedMultiplyAdd(x, p, a0), Vector256.FusedMultiplyAdd(x, q, b0));
            (a1, b1) = (Vector256.FusedMultiplyAdd(y, p, a1), Vector256.FusedMultiplyAdd(y, q, b1));
            (x, y) = (Vector256.Create(w[2]), Vector256.Create(w[3]));
            (a2, b2) = (Vector256.FusedMultiplyAdd(x, p, a2), Vector256.FusedMultiplyAdd(x, q, b2));
            (a3, b3) = (Vector256.FusedMultiplyAdd(y, p, a3), Vector256.FusedMultiplyAdd(y, q, b3));
        }

        a0.Store(c);
        b0.Store(c + 4);
        a1.Store(c1);
        b1.Store(c1 + 4);
        a2.Store(c2);
        b2.Store(c2 + 4);
        a3.Store(c3);
        b3.Store(c3 + 4);
    }
}
