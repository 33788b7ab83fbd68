using System.Numerics;

namespace Trainers.Kernels;

/// <summary>General products of padded matrices, C += op(A) B, for both precisions: float by <see cref="Tile"/>, double by the scalar twin.</summary>
/// <remarks>
/// Legend: C m x n, depth k. m is a multiple of 8, n of 16. A's element (r, s) is at r * aRow + s * aStep, so A transposed is a matter of the two strides;
/// B transposed is made by <see cref="Transpose"/>. Each element is one chain of fused multiply-adds in the order of k.
/// </remarks>
public static class Gemm
{
    /// <param name="a">A, or Aᵀ</param>
    /// <param name="aRow">distance of two rows of A</param>
    /// <param name="aStep">distance of two columns of A</param>
    /// <param name="b">k x n</param>
    /// <param name="bRow">distance of two rows of B</param>
    /// <param name="c">m x n, added to</param>
    /// <param name="cRow">distance of two rows of C</param>
    /// <param name="rows">m</param>
    /// <param name="columns">n</param>
    /// <param name="depth">k</param>
    public static unsafe void Add<T>(
        ReadOnlySpan<T> a, int aRow, int aStep, ReadOnlySpan<T> b, int bRow, Span<T> c, int cRow, int rows, int columns, int depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            AddScalar(a, aRow, aStep, b, bRow, c, cRow, rows, columns, depth);
            return;
        }

        Check(a.Length, aRow, aStep, b.Length, bRow, c.Length, cRow, rows, columns, depth);
        fixed (T* ta = a, tb = b, tc = c)
        {
            float* pa = (float*)ta, pb = (float*)tb, pc = (float*)tc;
            for (int row = 0; row < rows; row += Tile.Rows)
                Tile.Update(pa + (nint)row * aRow, aRow, aStep, pb, bRow, pc + (nint)row * cRow, cRow, columns, depth, TileSum.Add);
        }
    }

    public static void AddScalar<T>(
        ReadOnlySpan<T> a, int aRow, int aStep, ReadOnlySpan<T> b, int bRow, Span<T> c, int cRow, int rows, int columns, int depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(a.Length, aRow, aStep, b.Length, bRow, c.Length, cRow, rows, columns, depth);
        for (int row = 0; row < rows; row++)
        {
            Span<T> target = c.Slice(row * cRow, columns);
            for (int k = 0; k < depth; k++)
            {
                T factor = a[row * aRow + k * aStep];
                ReadOnlySpan<T> source = b.Slice(k * bRow, columns);
                for (int column = 0; column < columns; column++)
                    target[column] = T.FusedMultiplyAdd(factor, source[column], target[column]);
            }
        }
    }

    /// <summary>B = Aᵀ.</summary>
    /// <param name="a">m x n</param>
    /// <param name="aRow">distance of two rows of A</param>
    /// <param name="b">n x m</param>
    /// <param name="bRow">distance of two rows of B</param>
    /// <param name="rows">m</param>
    /// <param name="columns">n</param>
    public static unsafe void Transpose<T>(ReadOnlySpan<T> a, int aRow, Span<T> b, int bRow, int rows, int columns)
        where T : unmanaged
    {
        if (rows == 0 || columns == 0)
            return;
        if (aRow < columns || bRow < rows || a.Length < (rows - 1L) * aRow + columns || b.Length < (columns - 1L) * bRow + rows)
            throw new ArgumentException($"{a.Length} and {b.Length} values do not fit {rows} x {columns} and its transpose.");
        fixed (T* pa = a, pb = b)
        {
            for (int row = 0; row < rows; row += 8)
            {
                int height = Math.Min(8, rows - row);
                for (int column = 0; column < columns; column++)
                {
                    T* source = pa + (nint)row * aRow + column;
                    T* target = pb + (nint)column * bRow + row;
                    if (height == 8)
                    {
                        (target[0], target[1], target[2], target[3]) = (source[0], source[aRow], source[2 * aRow], source[3 * aRow]);
                        source += 4 * (nint)aRow;
                        (target[4], target[5], target[6], target[7]) = (source[0], source[aRow], source[2 * aRow], source[3 * aRow]);
                        continue;
                    }

                    for (int r = 0; r < height; r++)
                        target[r] = source[(nint)r * aRow];
                }
            }
        }
    }

    private static void Check(int a, int aRow, int aStep, int b, int bRow, int c, int cRow, int rows, int columns, int depth)
    {
        if (rows == 0 || columns == 0 || depth == 0)
            return;
        if (rows % Tile.Rows != 0 || columns % Padding.Lanes != 0 || bRow < columns || cRow < columns
            || a < (rows - 1L) * aRow + (depth - 1L) * aStep + 1 || b < (depth - 1L) * bRow + columns || c < (rows - 1L) * cRow + columns)
        {
            throw new ArgumentException($"{a}, {b} and {c} values do not fit a product of {rows} x {depth} and {depth} x {columns}.");
        }
    }
}
