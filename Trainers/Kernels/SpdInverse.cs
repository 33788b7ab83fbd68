using System.Numerics.Tensors;

namespace Trainers.Kernels;

/// <summary>The inverse of a symmetric positive definite matrix, in place, by the sweep operator in blocks.</summary>
/// <remarks>
/// <para>
/// Source: J. H. Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33 (1979), in blocks. To sweep the block k of A,
/// with P = A_kk = L Lᵀ, V = A_:k, Y = V L⁻ᵀ: A_ij -= Y_i Y_jᵀ for i, j outside of k; A_:k = Y L⁻¹; A_kk = -P⁻¹. When all blocks are swept
/// A has become -A⁻¹.
/// </para>
/// <para>
/// Why not Cholesky, then L⁻¹, then L⁻ᵀL⁻¹: those are three triangular loops that also cost s³ operations together; this is one loop whose
/// steps are all alike, so it divides evenly among threads. What is not swept yet goes through the same Schur complements as in
/// Cholesky. With V P⁻¹ Vᵀ in place of Y Yᵀ it would lose twice the digits: a test at condition 5e8 fails then. Doubles, because the error grows with
/// the condition, and a small ridge makes that large.
/// </para>
/// <para>Legend: s stride, m the block's columns, at most 128, K = L⁻¹. Each tile is written by one thread in one order: threads change no bit.</para>
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
        double[] v = new double[s * Block], y = new double[s * Block], right = new double[s * Block];
        var pivot = new PivotBlock(Block);
        int blocks = (s + Block - 1) / Block;
        for (int done = 0; done < blocks; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = done * Block, m = Math.Min(Block, s - start);
            pivot.Factor(a, s, start, m);
            Parallel.For(0, s / RankUpdate.Rows, parallel, group =>
            {
                PackRows(a, s, start, m, group, v);
                Multiply(v, pivot.TransposedPanels, m, group, y);
                Multiply(y, pivot.Panels, m, group, v);
                PackColumns(y, m, group, right);
            });
            Parallel.For(0, (s + StripRows - 1) / StripRows, parallel, strip => Update(a, s, start, m, strip * StripRows, y, right));
            Parallel.For(0, s / RankUpdate.Rows, parallel, group => Replace(a, s, start, m, group * RankUpdate.Rows, v));
            pivot.WriteNegatedInverse(a, s, start, m);
            progress?.Invoke(done + 1, blocks);
        }

        Parallel.For(0, s, parallel, i => TensorPrimitives.Negate(a.AsSpan(i * s, i + 1), a.AsSpan(i * s, i + 1)));
    }

    // V's 8 rows of one group, as m x 8; read from either side of the diagonal.
    private static void PackRows(double[] a, int s, int start, int m, int group, double[] v)
    {
        int first = group * RankUpdate.Rows;
        for (int p = 0; p < m; p++)
        {
            int column = start + p;
            Span<double> values = v.AsSpan((first * m) + (p * RankUpdate.Rows), RankUpdate.Rows);
            if (first + RankUpdate.Rows <= start)
            {
                a.AsSpan((column * s) + first, RankUpdate.Rows).CopyTo(values);
            }
            else
            {
                for (int r = 0; r < RankUpdate.Rows; r++)
                    values[r] = a[first + r >= column ? ((first + r) * s) + column : (column * s) + first + r];
            }
        }
    }

    // A group of m x 8 becomes half of a panel of m x 16.
    private static void PackColumns(double[] y, int m, int group, double[] right)
    {
        int at = (group / 2 * RankUpdate.Columns * m) + (group % 2 * RankUpdate.Rows);
        for (int p = 0; p < m; p++)
            y.AsSpan(((group * m) + p) * RankUpdate.Rows, RankUpdate.Rows).CopyTo(right.AsSpan(at + (p * RankUpdate.Columns)));
    }

    // 8 rows times m x m by the same inner loop; it subtracts, hence the sign.
    private static void Multiply(double[] rows, double[] panels, int m, int group, double[] to)
    {
        Span<double> product = stackalloc double[RankUpdate.Rows * Block];
        product.Clear();
        int at = group * RankUpdate.Rows * m;
        for (int j = 0; j < m; j += RankUpdate.Columns)
            RankUpdate.Subtract(rows.AsSpan(at, RankUpdate.Rows * m), panels.AsSpan(j * m, RankUpdate.Columns * m), product[j..], Block);
        for (int p = 0; p < m; p++)
        {
            for (int r = 0; r < RankUpdate.Rows; r++)
                to[at + (p * RankUpdate.Rows) + r] = -product[(r * Block) + p];
        }
    }

    // The tiles of 64 rows up to the diagonal, but for those of the block.
    private static void Update(double[] a, int s, int start, int m, int strip, double[] y, double[] right)
    {
        int end = Math.Min(strip + StripRows, s);
        for (int j = 0; j < end; j += RankUpdate.Columns)
        {
            if (j >= start && j < start + m)
                continue;
            ReadOnlySpan<double> columns = right.AsSpan(j * m, RankUpdate.Columns * m);
            for (int i = strip; i < end; i += RankUpdate.Rows)
            {
                if (i + RankUpdate.Rows > j && (i < start || i >= start + m))
                    RankUpdate.Subtract(y.AsSpan(i * m, RankUpdate.Rows * m), columns, a.AsSpan((i * s) + j), s);
            }
        }
    }

    // A_:k = Y L⁻¹, wherever the lower triangle has it.
    private static void Replace(double[] a, int s, int start, int m, int first, double[] w)
    {
        if (first >= start && first < start + m)
            return;
        for (int p = 0; p < m; p++)
        {
            ReadOnlySpan<double> values = w.AsSpan((first * m) + (p * RankUpdate.Rows), RankUpdate.Rows);
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
