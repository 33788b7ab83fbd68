namespace Trainers.Kernels;

/// <summary>A = UᵀU for a symmetric positive definite A, and the solution of A w = b.</summary>
/// <remarks>
/// Legend: A S x S of which the first d rows and columns count, upper triangle; U replaces it row by row.
/// Stripes of 8 rows: what the rows above contribute is subtracted by the micro-kernel, then the stripe is finished one row at a time.
/// Float is enough for least squares with a ridge: the residual is a few d epsilon |A| |w| (4e-6 of b for d = 64), which is less than the
/// rounding of the float rows that A is made of.
/// </remarks>
public static class Cholesky
{
    /// <param name="a">S x S in, U out, zeros just left of its diagonal</param>
    /// <param name="dimension">d</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="inverseDiagonal">d: one over each diagonal element of U</param>
    /// <returns>false if A is not positive definite in float; then a is half done</returns>
    public static unsafe bool Factor(Span<float> a, int dimension, int stride, Span<float> inverseDiagonal)
    {
        Check(a, dimension, stride, inverseDiagonal.Length);
        fixed (float* pa = a)
        {
            for (int i = 0; i < dimension; i += Tile.Rows)
            {
                int first = i / Padding.Lanes * Padding.Lanes;
                int columns = stride - first;
                Tile.Update(pa + i, 1, stride, pa + first, stride, pa + (nint)i * stride + first, stride, columns, i, TileSum.Subtract);
                int end = Math.Min(i + Tile.Rows, dimension);
                for (int k = i; k < end; k++)
                {
                    float* row = pa + (nint)k * stride;
                    float pivot = row[k];
                    if (!(pivot > 0) || !float.IsFinite(pivot))
                        return false;
                    float root = MathF.Sqrt(pivot);
                    float inverse = 1 / root;
                    inverseDiagonal[k] = inverse;
                    Axpy.Scale(inverse, row + first, columns);
                    row[k] = root;
                    for (int r = k + 1; r < end; r++)
                        Axpy.Add(-row[r], row + first, pa + (nint)r * stride + first, columns);
                    new Span<float>(row + first, k - first).Clear();
                }
            }
        }

        return true;
    }

    public static bool FactorScalar(Span<float> a, int dimension, int stride, Span<float> inverseDiagonal)
    {
        Check(a, dimension, stride, inverseDiagonal.Length);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = i; j < stride; j++)
            {
                float sum = a[i * stride + j];
                for (int k = 0; k < i; k++)
                    sum = MathF.FusedMultiplyAdd(-a[k * stride + i], a[k * stride + j], sum);
                a[i * stride + j] = sum;
            }

            float pivot = a[i * stride + i];
            if (!(pivot > 0) || !float.IsFinite(pivot))
                return false;
            float root = MathF.Sqrt(pivot);
            inverseDiagonal[i] = 1 / root;
            for (int j = i + 1; j < stride; j++)
                a[i * stride + j] *= inverseDiagonal[i];
            a[i * stride + i] = root;
            int first = i / Padding.Lanes * Padding.Lanes;
            a.Slice(i * stride + first, i - first).Clear();
        }

        return true;
    }

    /// <summary>Uᵀz = b, then U w = z.</summary>
    /// <param name="u">S x S from <see cref="Factor"/></param>
    /// <param name="dimension">d</param>
    /// <param name="stride">S</param>
    /// <param name="inverseDiagonal">d, from <see cref="Factor"/></param>
    /// <param name="b">S, used up</param>
    /// <param name="w">S, the solution, zeros beyond d</param>
    public static unsafe void Solve(ReadOnlySpan<float> u, int dimension, int stride, ReadOnlySpan<float> inverseDiagonal, Span<float> b, Span<float> w)
    {
        Check(u, dimension, stride, Math.Min(inverseDiagonal.Length, Math.Min(b.Length, w.Length)));
        w[..stride].Clear();
        fixed (float* pu = u, pb = b, pw = w)
        {
            for (int k = 0; k < dimension; k++)
            {
                int first = k / Padding.Lanes * Padding.Lanes;
                float z = pb[k] * inverseDiagonal[k];
                Axpy.Add(-z, pu + (nint)k * stride + first, pb + first, stride - first);
                pb[k] = z;
            }

            for (int k = dimension - 1; k >= 0; k--)
            {
                int first = k / Padding.Lanes * Padding.Lanes;
                pw[k] = (pb[k] - Dot.Of(pu + (nint)k * stride + first, pw + first, stride - first)) * inverseDiagonal[k];
            }
        }
    }

    public static void SolveScalar(ReadOnlySpan<float> u, int dimension, int stride, ReadOnlySpan<float> inverseDiagonal, Span<float> b, Span<float> w)
    {
        Check(u, dimension, stride, Math.Min(inverseDiagonal.Length, Math.Min(b.Length, w.Length)));
        w[..stride].Clear();
        for (int k = 0; k < dimension; k++)
        {
            b[k] *= inverseDiagonal[k];
            for (int j = k + 1; j < stride; j++)
                b[j] = MathF.FusedMultiplyAdd(-b[k], u[k * stride + j], b[j]);
        }

        for (int k = dimension - 1; k >= 0; k--)
        {
            int first = k / Padding.Lanes * Padding.Lanes;
            w[k] = (b[k] - Dot.Scalar(u.Slice(k * stride + first, stride - first), w[first..stride])) * inverseDiagonal[k];
        }
    }

    private static void Check(ReadOnlySpan<float> a, int dimension, int stride, int vector)
    {
        if (stride % Padding.Lanes != 0 || dimension > stride || a.Length < (long)stride * stride || vector < dimension)
            throw new ArgumentException($"{a.Length} and {vector} values do not fit dimension {dimension} with a stride of {stride}.");
    }
}
