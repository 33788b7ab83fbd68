using System.Numerics.Tensors;

namespace Baselines;

/// <summary>Makes vectors orthonormal, those that depend on earlier ones zero.</summary>
/// <remarks>
/// Modified Gram-Schmidt, done twice, which is enough (Giraud, Langou and Rozložník 2005). Legend: S vectors of I values, row-major. Each vector is changed by
/// one thread at a time, in the order of the vectors before it.
/// </remarks>
internal static class GramSchmidt
{
    // Of its own length: what is left of a dependent vector is rounding.
    private const double Dependent = 1e-12;

    // Fewer values than this are done before a second thread has started.
    private const long WorthThreads = 50_000;

    /// <param name="vectors">S x I</param>
    /// <param name="size">S</param>
    /// <param name="length">I</param>
    /// <param name="parallel">threads and cancellation</param>
    public static void InPlace(double[] vectors, int size, int length, ParallelOptions parallel)
    {
        var lengths = new double[size];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < size; k++)
                lengths[k] = TensorPrimitives.Norm<double>(vectors.AsSpan(k * length, length));
            for (int k = 0; k < size; k++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                int first = k;
                Span<double> vector = vectors.AsSpan(k * length, length);
                double norm = TensorPrimitives.Norm<double>(vector);
                if (norm <= Dependent * lengths[k])
                {
                    vector.Clear();
                    continue;
                }

                TensorPrimitives.Divide(vector, norm, vector);
                if (parallel.MaxDegreeOfParallelism == 1 || (long)length * (size - k) < WorthThreads)
                {
                    for (int j = k + 1; j < size; j++)
                        Subtract(vectors, length, first, j);
                }
                else
                {
                    Parallel.For(k + 1, size, parallel, j => Subtract(vectors, length, first, j));
                }
            }
        }
    }

    private static void Subtract(double[] vectors, int length, int first, int j)
    {
        ReadOnlySpan<double> unit = vectors.AsSpan(first * length, length);
        Span<double> other = vectors.AsSpan(j * length, length);
        TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot(unit, other), other, other);
    }
}
