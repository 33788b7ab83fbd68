using System.Numerics.Tensors;
using Trainers;
using Trainers.Sampling;

namespace Baselines;

/// <summary>The leading right singular vectors of a binary matrix, by iterating a subspace.</summary>
/// <remarks>
/// Legend: X users x items, I items, S vectors, Q I x S with orthonormal columns. Every row of a product is summed by one thread in ascending order, and
/// users go in blocks of one size, so the number of threads changes nothing.
/// </remarks>
internal sealed class SubspaceIteration
{
    private const int BlockUsers = 16_384;

    private readonly BinaryMatrix _matrix;
    private readonly TrainingRun _run;
    private readonly ParallelOptions _parallel;
    private readonly int _size;
    private readonly double[] _ofUsers;
    private readonly int[] _next;
    private double[] _q, _product;

    /// <summary>Starts from S Gaussian vectors.</summary>
    public SubspaceIteration(BinaryMatrix matrix, int size, TrainingRun run)
    {
        (_matrix, _run, _size) = (matrix, run, size);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        (_q, _product) = (new double[matrix.Items * size], new double[matrix.Items * size]);
        _ofUsers = new double[Math.Min(BlockUsers, matrix.Users) * size];
        _next = new int[matrix.Items];
        var random = new SplitMix64(run.Seed);
        foreach (ref double value in _product.AsSpan())
            value = random.NextGaussian();
        Orthonormalise();
    }

    /// <summary>What an iteration takes beside the matrix.</summary>
    public static long BytesFor(Interactions interactions, int size)
    {
        long rows = (2L * interactions.ItemCount) + Math.Min(BlockUsers, interactions.UserCount) + (2L * size);
        return (sizeof(double) * rows * size) + (sizeof(int) * (long)interactions.ItemCount) + 1024;
    }

    /// <summary>Q becomes an orthonormal basis of XᵀX Q.</summary>
    public void Step()
    {
        Multiply();
        Orthonormalise();
    }

    /// <summary>V, I x <paramref name="count"/>, row-major, of descending singular values; zero beyond the rank.</summary>
    public float[] SingularVectors(int count)
    {
        Multiply();
        double[] rotation = SymmetricEigen.Vectors(Projected(), _size, _run.Cancellation);
        var vectors = new float[_matrix.Items * count];
        Parallel.For(0, _matrix.Items, _parallel, item =>
        {
            ReadOnlySpan<double> row = _q.AsSpan(item * _size, _size);
            for (int k = 0; k < count; k++)
                vectors[(item * count) + k] = (float)TensorPrimitives.Dot(row, rotation.AsSpan(k * _size, _size));
        });
        return vectors;
    }

    // The product becomes XᵀX Q, one block of users after the other.
    private void Multiply()
    {
        Array.Clear(_product);
        Array.Clear(_next);
        for (int first = 0; first < _matrix.Users; first += BlockUsers)
        {
            int start = first, end = Math.Min(first + BlockUsers, _matrix.Users);
            Parallel.For(start, end, _parallel, user =>
            {
                Span<double> sum = _ofUsers.AsSpan((user - start) * _size, _size);
                sum.Clear();
                foreach (int item in _matrix.ItemsOf(user))
                    TensorPrimitives.Add(sum, _q.AsSpan(item * _size, _size), sum);
            });
            Parallel.For(0, _matrix.Items, _parallel, item =>
            {
                Span<double> sum = _product.AsSpan(item * _size, _size);
                ReadOnlySpan<int> users = _matrix.UsersOf(item);
                for (; _next[item] < users.Length && users[_next[item]] < end; _next[item]++)
                    TensorPrimitives.Add(sum, _ofUsers.AsSpan((users[_next[item]] - start) * _size, _size), sum);
            });
        }
    }

    // Q becomes an orthonormal basis of the product's columns; the two exchange their memory.
    private void Orthonormalise()
    {
        Transpose(_product, _matrix.Items, _size, _q);
        GramSchmidt.InPlace(_q, _size, _matrix.Items, _parallel);
        Transpose(_q, _size, _matrix.Items, _product);
        (_q, _product) = (_product, _q);
    }

    private static void Transpose(double[] from, int rows, int columns, double[] to)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                to[(column * rows) + row] = from[(row * columns) + column];
        }
    }

    // Qᵀ XᵀX Q, S x S.
    private double[] Projected()
    {
        var projected = new double[_size * _size];
        for (int item = 0; item < _matrix.Items; item++)
        {
            ReadOnlySpan<double> right = _product.AsSpan(item * _size, _size);
            for (int k = 0; k < _size; k++)
                TensorPrimitives.MultiplyAdd(right, _q[(item * _size) + k], projected.AsSpan(k * _size, _size), projected.AsSpan(k * _size, _size));
        }

        return projected;
    }
}
