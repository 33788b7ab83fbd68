using System.Numerics.Tensors;

namespace Trainers.Kernels;

/// <summary>The block that is being swept: P = L Lᵀ and K = L⁻¹, in the layouts that the tile kernel reads.</summary>
/// <remarks>Legend: m the block's columns, a multiple of a tile's; K m x m, row-major; panels m / 16 of m x 16.</remarks>
/// <param name="most">the greatest m</param>
public sealed class PivotBlock(int most)
{
    private readonly double[] _lower = new double[most * most], _k = new double[most * most], _transposed = new double[most * most];

    /// <summary>K in panels.</summary>
    public double[] Panels { get; } = new double[most * most];

    /// <summary>Kᵀ in panels.</summary>
    public double[] TransposedPanels { get; } = new double[most * most];

    /// <summary>What a block takes.</summary>
    public static long Bytes(int most) => 5L * sizeof(double) * most * most;

    /// <summary>Reads P, the m x m lower triangle at (start, start) of a matrix of stride s.</summary>
    /// <exception cref="ArithmeticException">P is not positive definite to the accuracy of doubles.</exception>
    public void Factor(double[] a, int s, int start, int m)
    {
        for (int i = 0; i < m; i++)
            a.AsSpan(((start + i) * s) + start, i + 1).CopyTo(_lower.AsSpan(i * m));
        Array.Clear(_k);
        TriangularInverse(_lower, _k, m);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
                _transposed[(j * m) + i] = _k[(i * m) + j];
        }

        Split(_k, m, Panels);
        Split(_transposed, m, TransposedPanels);
    }

    /// <summary>Replaces P by -P⁻¹ = -KᵀK.</summary>
    public void WriteNegatedInverse(double[] a, int s, int start, int m)
    {
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> left = _transposed.AsSpan((i * m) + i, m - i);
            for (int j = 0; j <= i; j++)
                a[((start + i) * s) + start + j] = -TensorPrimitives.Dot(left, _transposed.AsSpan((j * m) + i, m - i));
        }
    }

    /// <summary>K = L⁻¹ of A = L Lᵀ by Cholesky, one element after the other. A⁻¹ = KᵀK is the reference for <see cref="SpdInverse"/>.</summary>
    /// <param name="a">m x m, row-major, the lower triangle; becomes L</param>
    /// <param name="k">m x m, zeros; becomes K</param>
    /// <param name="m">the size, any</param>
    /// <exception cref="ArithmeticException">A is not positive definite to the accuracy of doubles.</exception>
    public static void TriangularInverse(Span<double> a, Span<double> k, int m)
    {
        for (int i = 0; i < m; i++)
        {
            Span<double> row = a.Slice(i * m, m), inverse = k.Slice(i * m, i + 1);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], a.Slice(j * m, j))) / a[(j * m) + j];
            double pivot = row[i] - TensorPrimitives.SumOfSquares<double>(row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                throw new ArithmeticException("the matrix is not positive definite");
            row[i] = Math.Sqrt(pivot);
            for (int j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(k.Slice(j * m, j + 1), -row[j], inverse[..(j + 1)], inverse[..(j + 1)]);
            inverse[i] = 1;
            TensorPrimitives.Divide(inverse, row[i], inverse);
        }
    }

    private static void Split(double[] matrix, int m, double[] panels)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j += RankUpdate.Columns)
                matrix.AsSpan((i * m) + j, RankUpdate.Columns).CopyTo(panels.AsSpan((j * m) + (i * RankUpdate.Columns)));
        }
    }
}
