using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Trainers.Libmf;

/// <summary>Item vectors of one-class matrix factorisation, and the scores of anybody's history by exact fold-in: the user vector that minimises the objective for it.</summary>
/// <remarks>
/// Legend: I items, d dimension, S padded row, q item vectors. The user vector of the items h is the solution of
///     (a sum over all of q qᵀ + (1 - a) sum over h of q qᵀ + lambda) p = (1 - a c) sum over h of q + a c sum over all of q
/// with the weight a and the value c of pairs that were not observed. An item that occurs twice counts once; an empty history has the vector zero.
/// If a tiny lambda leaves the matrix indefinite in float, it is raised by the least power of ten times 1e-7 of the largest diagonal element that mends it.
/// </remarks>
public sealed class OneClassEmbeddings : ItemEmbeddings, IVectorScorer
{
    private readonly AlignedFloats _padded;
    private readonly double[] _matrix;
    private readonly double[] _sum;
    private readonly double _weight;
    private readonly double _value;
    private readonly int _lastItems;

    /// <param name="count">I</param>
    /// <param name="dimension">d</param>
    /// <param name="values">I x d; zero for items without a vector</param>
    /// <param name="unobservedWeight">a</param>
    /// <param name="unobservedValue">c</param>
    /// <param name="regularization">lambda, positive</param>
    /// <param name="lastItems">how many of a history's last items are scored by; null: all</param>
    internal OneClassEmbeddings(int count, int dimension, float[] values, double unobservedWeight, double unobservedValue, double regularization, int? lastItems)
        : base(count, dimension, values)
    {
        int stride = Padding.Stride(dimension);
        (_weight, _value, _lastItems) = (unobservedWeight, unobservedValue, lastItems ?? int.MaxValue);
        _padded = new AlignedFloats((long)count * stride);
        (_matrix, _sum) = (new double[stride * stride], new double[dimension]);
        for (int item = 0; item < count; item++)
        {
            this[item].CopyTo(_padded.Row(item, stride));
            for (int k = 0; k < dimension; k++)
                _sum[k] += this[item][k];
        }

        Gram.Compute(_padded, count, stride, 1, _matrix, CancellationToken.None);
        for (int i = 0; i < _matrix.Length; i++)
            _matrix[i] *= unobservedWeight;
        for (int k = 0; k < dimension; k++)
            _matrix[k * stride + k] += regularization;
        Vectors = new ItemPanels(_padded.Span, count, stride);
    }

    public int ItemCount => Count;

    /// <inheritdoc/>
    public ItemPanels Vectors { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> history, int query, Span<float> scores) => VectorScoring.Score(this, history, scores);

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        FoldIn(history[Math.Max(0, history.Length - _lastItems)..], vector[..Dimension]);
    }

    /// <summary>The user vector of a history.</summary>
    /// <param name="history">item rows</param>
    /// <param name="vector">d</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public void FoldIn(ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        int[] items = history.ToArray();
        Span<int> distinct = items.AsSpan(0, PositiveMatrix.SortDistinct(items));
        if (distinct.IsEmpty)
            return;
        ArgumentOutOfRangeException.ThrowIfNegative(distinct[0], nameof(history));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(distinct[^1], Count, nameof(history));
        int stride = Padding.Stride(Dimension);
        Workplace at = Workplace.OfThread(Dimension);
        Span<float> a = at.Matrix.Span, b = at.Right.Span;
        double raised = 0;
        for (double step = 1e-7; step < 1; step *= 10)
        {
            a.Clear();
            b.Clear();
            RankOneUpdates.Add(_padded.Span, stride, distinct, a, b, at.Block.Span);
            for (int i = 0; i < a.Length; i++)
                a[i] = (float)(_matrix[i] + (1 - _weight) * a[i]);
            float largest = 0;
            for (int k = 0; k < Dimension; k++)
            {
                b[k] = (float)((1 - _weight * _value) * b[k] + _weight * _value * _sum[k]);
                largest = Math.Max(largest, a[k * stride + k]);
                a[k * stride + k] += (float)raised;
            }

            if (Cholesky.Factor(a, Dimension, stride, at.InverseDiagonal))
            {
                Cholesky.Solve(a, Dimension, stride, at.InverseDiagonal, b, at.Solution.Span);
                at.Solution.Span[..Dimension].CopyTo(vector);
                return;
            }

            raised = largest * step;
        }
    }

    /// <summary>A thread's own room, kept between calls.</summary>
    private sealed class Workplace(int dimension)
    {
        [ThreadStatic]
        private static Workplace? _own;

        private readonly int _dimension = dimension;

        public AlignedFloats Matrix { get; } = new(Padding.Stride(dimension) * Padding.Stride(dimension));

        public AlignedFloats Right { get; } = new(Padding.Stride(dimension));

        public AlignedFloats Solution { get; } = new(Padding.Stride(dimension));

        public AlignedFloats Block { get; } = new(RankOneUpdates.BlockLength(Padding.Stride(dimension)));

        public float[] InverseDiagonal { get; } = new float[dimension];

        public static Workplace OfThread(int dimension) => _own?._dimension == dimension ? _own : _own = new Workplace(dimension);
    }
}
