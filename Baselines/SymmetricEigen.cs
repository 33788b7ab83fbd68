using System.Numerics.Tensors;

namespace Baselines;

/// <summary>The eigenvectors of a small symmetric positive semidefinite matrix.</summary>
/// <remarks>
/// Source: one-sided Jacobi, M. R. Hestenes, "Inversion of Matrices by Biorthogonalization" (1958). Rotations from the left make the rows of T
/// orthogonal: J T = D Wᵀ, so the rows, normalised, are the eigenvectors and their lengths the eigenvalues. Legend: T S x S.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;
    private const double Orthogonal = 1e-14, Zero = 1e-12;

    /// <param name="matrix">S x S, row-major; is overwritten</param>
    /// <param name="size">S</param>
    /// <param name="cancellation">looked at between sweeps</param>
    /// <returns>Wᵀ, S x S: row k is the eigenvector of the k-th greatest eigenvalue, all zero if that is zero</returns>
    public static double[] Vectors(double[] matrix, int size, CancellationToken cancellation)
    {
        for (int sweep = 0; sweep < MaxSweeps && Sweep(matrix, size) > 0; sweep++)
            cancellation.ThrowIfCancellationRequested();

        var values = new double[size];
        for (int k = 0; k < size; k++)
            values[k] = TensorPrimitives.Norm<double>(matrix.AsSpan(k * size, size));
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(k => values[k]).ThenBy(k => k)];
        var vectors = new double[size * size];
        for (int k = 0; k < size; k++)
        {
            double value = values[order[k]];
            if (value > Zero * values[order[0]])
                TensorPrimitives.Divide(matrix.AsSpan(order[k] * size, size), value, vectors.AsSpan(k * size, size));
        }

        return vectors;
    }

    // Makes each pair of rows orthogonal once; returns how many were not.
    private static int Sweep(double[] matrix, int size)
    {
        double greatest = 0;
        for (int k = 0; k < size; k++)
            greatest = Math.Max(greatest, TensorPrimitives.SumOfSquares<double>(matrix.AsSpan(k * size, size)));
        int rotated = 0;
        for (int i = 0; i < size; i++)
        {
            Span<double> a = matrix.AsSpan(i * size, size);
            for (int j = i + 1; j < size; j++)
            {
                Span<double> b = matrix.AsSpan(j * size, size);
                double aa = TensorPrimitives.SumOfSquares<double>(a), bb = TensorPrimitives.SumOfSquares<double>(b), ab = TensorPrimitives.Dot<double>(a, b);
                if (Math.Min(aa, bb) <= Zero * Zero * greatest || Math.Abs(ab) <= Orthogonal * Math.Sqrt(aa * bb))
                    continue;
                Rotate(a, b, (bb - aa) / (2 * ab));
                rotated++;
            }
        }

        return rotated;
    }

    // (a, b) becomes (c a - s b, s a + c b), t = s / c the smaller root of t² + 2 zeta t - 1 = 0.
    private static void Rotate(Span<double> a, Span<double> b, double zeta)
    {
        double t = Math.CopySign(1 / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta))), zeta);
        double c = 1 / Math.Sqrt(1 + (t * t)), s = c * t;
        for (int k = 0; k < a.Length; k++)
            (a[k], b[k]) = ((c * a[k]) - (s * b[k]), (s * a[k]) + (c * b[k]));
    }
}
