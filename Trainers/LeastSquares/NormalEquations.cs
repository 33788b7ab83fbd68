using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>One thread's workplace for the least squares of one row: A = a0 G + sum of x xᵀ + ridge over the row's positives.</summary>
/// <remarks>
/// Legend: d dimension, S padded row, G S x S the Gramian of the other side's vectors x, w S.
/// If a tiny ridge leaves the matrix indefinite in float, the ridge is raised by the least power of ten times 1e-7 of the largest diagonal element that mends it.
/// </remarks>
internal sealed class NormalEquations(int dimension)
{
    [ThreadStatic]
    private static NormalEquations? _own;

    private readonly int _stride = Padding.Stride(dimension);
    private readonly AlignedFloats _a = new(Padding.Stride(dimension) * Padding.Stride(dimension));
    private readonly AlignedFloats _b = new(Padding.Stride(dimension));
    private readonly float[] _rightSide = new float[Padding.Stride(dimension)];
    private readonly float[] _inverseDiagonal = new float[dimension];
    private readonly AlignedFloats _block = new(RankOneUpdates.BlockLength(Padding.Stride(dimension)));
    private int[] _columns = [];

    public int Dimension => dimension;

    /// <summary>S: the last solution of somebody who needs room for one.</summary>
    public AlignedFloats Solution { get; } = new(Padding.Stride(dimension));

    /// <summary>Bytes of one workplace.</summary>
    public static long Bytes(int dimension) =>
        sizeof(float) * ((long)Padding.Stride(dimension) * (Padding.Stride(dimension) + 4) + RankOneUpdates.BlockLength(Padding.Stride(dimension)));

    /// <summary>The calling thread's own, kept between calls.</summary>
    public static NormalEquations OfThread(int dimension) => _own?.Dimension == dimension ? _own : _own = new NormalEquations(dimension);

    /// <summary>A copy of a history that may be sorted.</summary>
    public Span<int> Copy(ReadOnlySpan<int> columns)
    {
        if (_columns.Length < columns.Length)
            _columns = new int[Math.Max(64, columns.Length * 2)];
        columns.CopyTo(_columns);
        return _columns.AsSpan(0, columns.Length);
    }

    /// <summary>A w = sum of x.</summary>
    /// <param name="x">C x S, the other side's vectors</param>
    /// <param name="positives">n rows of <paramref name="x"/></param>
    /// <param name="weightedGram">S x S, a0 G, upper stripes</param>
    /// <param name="ridge">added to the diagonal</param>
    /// <param name="w">S, the solution</param>
    /// <returns>the least value of the row's objective, n - bᵀw; NaN if there is no finite solution</returns>
    public double Solve(ReadOnlySpan<float> x, ReadOnlySpan<int> positives, ReadOnlySpan<float> weightedGram, double ridge, Span<float> w)
    {
        if (!Factor(x, positives, weightedGram, ridge))
        {
            w[.._stride].Clear();
            return double.NaN;
        }

        Span<float> b = _b.Span;
        b.CopyTo(_rightSide);
        Cholesky.Solve(_a.Span, dimension, _stride, _inverseDiagonal, b, w);
        return Least(positives.Length, _rightSide, w[.._stride]);
    }

    /// <summary>n - bᵀw: the least value of a row's objective.</summary>
    /// <param name="positives">n</param>
    /// <param name="b">S, the sum of x</param>
    /// <param name="w">S, the solution</param>
    public static double Least(int positives, ReadOnlySpan<float> b, ReadOnlySpan<float> w) => positives - (double)Dot.Of(b, w);

    /// <summary>A and b of A w = b.</summary>
    /// <param name="x">C x S, the other side's vectors</param>
    /// <param name="positives">n rows of <paramref name="x"/></param>
    /// <param name="weightedGram">S x S, a0 G, upper stripes</param>
    /// <param name="ridge">added to the diagonal</param>
    /// <param name="a">S x S, overwritten</param>
    /// <param name="b">S, overwritten</param>
    /// <returns>the largest element of the diagonal without the ridge</returns>
    public float Assemble(ReadOnlySpan<float> x, ReadOnlySpan<int> positives, ReadOnlySpan<float> weightedGram, double ridge, Span<float> a, Span<float> b)
    {
        weightedGram.CopyTo(a);
        b.Clear();
        RankOneUpdates.Add(x, _stride, positives, a, b, _block.Span);
        float largest = 0;
        for (int i = 0; i < dimension; i++)
        {
            largest = Math.Max(largest, a[i * _stride + i]);
            a[i * _stride + i] += (float)ridge;
        }

        return largest;
    }

    /// <summary>A step = gradient: the Newton step of a part of a row, whose matrix is the same sum over that part of the other side's vectors.</summary>
    /// <param name="x">C x S</param>
    /// <param name="positives">n rows of <paramref name="x"/></param>
    /// <param name="weightedGram">S x S, upper stripes</param>
    /// <param name="ridge">added to the diagonal</param>
    /// <param name="gradient">S; used up</param>
    /// <param name="step">S</param>
    /// <returns>false if there is no finite step; then it is zero</returns>
    public bool Step(ReadOnlySpan<float> x, ReadOnlySpan<int> positives, ReadOnlySpan<float> weightedGram, double ridge, Span<float> gradient, Span<float> step)
    {
        bool found = Factor(x, positives, weightedGram, ridge);
        if (found)
            Cholesky.Solve(_a.Span, dimension, _stride, _inverseDiagonal, gradient, step);
        else
            step[.._stride].Clear();
        return found;
    }

    // Leaves the factor of A, and in b the sum of x.
    private bool Factor(ReadOnlySpan<float> x, ReadOnlySpan<int> positives, ReadOnlySpan<float> weightedGram, double ridge)
    {
        Span<float> a = _a.Span, b = _b.Span;
        double raised = ridge;
        for (double step = 1e-7; step < 1; step *= 10)
        {
            float largest = Assemble(x, positives, weightedGram, raised, a, b);
            if (Cholesky.Factor(a, dimension, _stride, _inverseDiagonal))
                return true;
            raised = ridge + largest * step;
        }

        return false;
    }
}
