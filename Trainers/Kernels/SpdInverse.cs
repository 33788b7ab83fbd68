using System.Numerics.Tensors;

namespace Trainers.Kernels;

/// <summary>The inverse of a symmetric positive definite matrix, in place, by the sweep operator in blocks.</summary>
/// <remarks>
/// <para>
/// Source: J. H. Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33 (1979), in blocks. To sweep the block k of A,
/// with P = A_kk, V = A_:k, W = V P⁻¹:
/// A_ij -= W_i V_jᵀ for i, j outside of k; A_:k = W; A_kk = -P⁻¹. When all blocks are swept A has become -A⁻¹.
/// </para>
/// <para>
/// Why not Cholesky, then L⁻¹, then L⁻ᵀL⁻¹: those are three triangular loops that also cost s³ operations together; this is one loop whose
/// steps are all alike, so it divides evenly among threads. Its pivots are those of Cholesky (Schur complements), positive if and
/// only if A is positive definite. Doubles, because the error grows with A's condition, and a small ridge makes that large.
/// </para>
/// <para>Legend: s stride, m the block's columns, at most 128. Each tile is written by one thread in one order: threads change no bit.</para>
/// </remarks>
public static class SpdInverse
{
    /// <summary>Columns that are swept together: a multiple of a tile's.</summary>
    public const int Block = 128;

    private const int StripRows = 8 * RankUpdate.Rows;

    /// <summary>Replaces the lower triangle by that of the inverse.</summary>
    /// <param name="matrix">symmetric positive definite; scratch after an exception</param>
    /// <param name="threads">at most so many</param>
    /// <param name="cancellation">looked at between the blocks</param>
    /// <param name="progress">told (blocks done, blocks) after each block</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite to the accuracy of doubles.</exception>
    public static void InPlace(SymmetricMatrix matrix, int threads, CancellationToken cancellation, Action<int, int>? progress = null)
    {
        (double[] a, int s) = (matrix.Values, matrix.Stride);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        double[] v = new double[s * Block], v8 = new double[s * Block], w8 = new double[s * Block];
        int blocks = (s + Block - 1) / Block;
        for (int done = 0; done < blocks; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = done * Block, m = Math.Min(Block, s - start);
            double[] inverse = PivotInverse(a, s, start, m);
            double[] columns = Columns(inverse, m);
            Parallel.For(0, s / RankUpdate.Columns, parallel, panel =>
            {
                Pack(a, s, start, m, panel, v, v8);
                for (int half = 0; half < 2; half++)
                    Multiply(v8, columns, m, (2 * panel) + half, w8);
            });
            Parallel.For(0, (s + StripRows - 1) / StripRows, parallel, strip => Update(a, s, start, m, strip * StripRows, w8, v));
            Parallel.For(0, s / RankUpdate.Rows, parallel, group => Replace(a, s, start, m, group * RankUpdate.Rows, w8));
            for (int i = 0; i < m; i++)
                TensorPrimitives.Negate(inverse.AsSpan(i * m, i + 1), a.AsSpan(((start + i) * s) + start, i + 1));
            progress?.Invoke(done + 1, blocks);
        }

        Parallel.For(0, s, parallel, i => TensorPrimitives.Negate(a.AsSpan(i * s, i + 1), a.AsSpan(i * s, i + 1)));
    }

    /// <summary>The reference: sweeps one element after the other. Inverts the blocks of <see cref="InPlace"/> and is tested against it.</summary>
    /// <param name="a">m x m, row-major, symmetric, both triangles; becomes its inverse</param>
    /// <param name="m">the size</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite to the accuracy of doubles.</exception>
    public static void Unblocked(Span<double> a, int m)
    {
        for (int k = 0; k < m; k++)
        {
            Span<double> pivotRow = a.Slice(k * m, m);
            double pivot = pivotRow[k];
            if (!(pivot > 0) || !double.IsFinite(pivot))
                throw new ArithmeticException("the matrix is not positive definite");
            for (int i = 0; i < m; i++)
            {
                if (i == k)
                    continue;
                Span<double> row = a.Slice(i * m, m);
                double factor = row[k] / pivot;
                TensorPrimitives.MultiplyAdd(pivotRow, -factor, row, row);
                row[k] = factor;
            }

            TensorPrimitives.Divide(pivotRow, pivot, pivotRow);
            pivotRow[k] = -1 / pivot;
        }

        TensorPrimitives.Negate(a, a);
    }

    // P⁻¹, m x m with both triangles; rounding must not leave them different.
    private static double[] PivotInverse(double[] a, int s, int start, int m)
    {
        var inverse = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j <= i; j++)
                inverse[(i * m) + j] = inverse[(j * m) + i] = a[((start + i) * s) + start + j];
        }

        Unblocked(inverse, m);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < i; j++)
                inverse[(j * m) + i] = inverse[(i * m) + j];
        }

        return inverse;
    }

    // m x m, row-major, to m / 16 panels of m x 16.
    private static double[] Columns(double[] inverse, int m)
    {
        var panels = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
                panels[(j / RankUpdate.Columns * m * RankUpdate.Columns) + (i * RankUpdate.Columns) + (j % RankUpdate.Columns)] = inverse[(i * m) + j];
        }

        return panels;
    }

    // V's 16 rows of one panel, as m x 16 and as two of m x 8.
    private static void Pack(double[] a, int s, int start, int m, int panel, double[] v, double[] v8)
    {
        int first = panel * RankUpdate.Columns;
        Span<double> to = v.AsSpan(first * m, RankUpdate.Columns * m), to8 = v8.AsSpan(first * m, RankUpdate.Columns * m);
        for (int p = 0; p < m; p++)
        {
            int column = start + p;
            Span<double> values = to.Slice(p * RankUpdate.Columns, RankUpdate.Columns);
            if (first + RankUpdate.Columns <= start)
            {
                a.AsSpan((column * s) + first, RankUpdate.Columns).CopyTo(values);
            }
            else
            {
                for (int r = 0; r < RankUpdate.Columns; r++)
                    values[r] = a[first + r >= column ? ((first + r) * s) + column : (column * s) + first + r];
            }

            values[..RankUpdate.Rows].CopyTo(to8[(p * RankUpdate.Rows)..]);
            values[RankUpdate.Rows..].CopyTo(to8[((m + p) * RankUpdate.Rows)..]);
        }
    }

    // W's 8 rows of one group: V P⁻¹ by the same inner loop.
    private static void Multiply(double[] v8, double[] columns, int m, int group, double[] w8)
    {
        Span<double> product = stackalloc double[RankUpdate.Rows * Block];
        product.Clear();
        int at = group * RankUpdate.Rows * m;
        for (int j = 0; j < m; j += RankUpdate.Columns)
            RankUpdate.Subtract(v8.AsSpan(at, RankUpdate.Rows * m), columns.AsSpan(j * m, RankUpdate.Columns * m), product[j..], Block);
        for (int p = 0; p < m; p++)
        {
            for (int r = 0; r < RankUpdate.Rows; r++)
                w8[at + (p * RankUpdate.Rows) + r] = -product[(r * Block) + p];
        }
    }

    // The tiles of 64 rows up to the diagonal, but for those of the block.
    private static void Update(double[] a, int s, int start, int m, int strip, double[] w8, double[] v)
    {
        int end = Math.Min(strip + StripRows, s);
        for (int j = 0; j < end; j += RankUpdate.Columns)
        {
            if (j >= start && j < start + m)
                continue;
            ReadOnlySpan<double> right = v.AsSpan(j * m, RankUpdate.Columns * m);
            for (int i = strip; i < end; i += RankUpdate.Rows)
            {
                if (i + RankUpdate.Rows > j && (i < start || i >= start + m))
                    RankUpdate.Subtract(w8.AsSpan(i * m, RankUpdate.Rows * m), right, a.AsSpan((i * s) + j), s);
            }
        }
    }

    // A_:k = W, wherever the lower triangle has it.
    private static void Replace(double[] a, int s, int start, int m, int first, double[] w8)
    {
        if (first >= start && first < start + m)
            return;
        for (int p = 0; p < m; p++)
        {
            ReadOnlySpan<double> values = w8.AsSpan((first * m) + (p * RankUpdate.Rows), RankUpdate.Rows);
            if (first < start)
            {
                values.CopyTo(a.AsSpan(((start + p) * s) + first));
            }
            else
            {
                for (int r = 0; r < RankUpdate.Rows; r++)
                    a[((first + r) * s) + start + p] = values[r];
            }
        }
    }
}
