using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>One thread's workplace for the least squares of up to sixteen rows, which are factored together; each has the bits of <see cref="NormalEquations"/>.</summary>
/// <remarks>
/// Legend: d dimension, S padded row, R rows of a side, C of the other one. Factoring and solving take a quarter of the time that they take alone at d = 32,
/// two fifths at 64 and three fifths at 128; beyond <see cref="GreatestDimension"/> little is won, and sixteen matrices leave the second-level cache.
/// </remarks>
internal sealed class InterleavedEquations(int dimension)
{
    /// <summary>The greatest d whose rows are factored together.</summary>
    public const int GreatestDimension = 128;

    // With fewer rows the lanes that are left over cost more than is won.
    private const int FewestRows = 4;

    private readonly NormalEquations _one = new(dimension);
    private readonly int _stride = Padding.Stride(dimension);
    private readonly AlignedFloats _a = new(Room(dimension, Padding.Stride(dimension)));
    private readonly AlignedFloats _b = new(Room(dimension, 1));
    private readonly AlignedFloats _w = new(Room(dimension, 1));
    private readonly AlignedFloats _room = new(Room(dimension, 2) + (dimension > GreatestDimension ? 0 : InterleavedCholesky.Length(dimension)));
    private readonly int[] _rows = new int[InterleavedCholesky.Systems];
    private readonly bool[] _solved = new bool[InterleavedCholesky.Systems];

    /// <summary>Bytes of one workplace.</summary>
    public static long Bytes(int dimension) => NormalEquations.Bytes(dimension)
        + (dimension > GreatestDimension ? 0 : sizeof(float) * (InterleavedCholesky.Systems * (long)Padding.Stride(dimension) * (Padding.Stride(dimension) + 5) + InterleavedCholesky.Length(dimension)));

    /// <summary>The rows first to end - 1, at most sixteen; those without a positive are left as they are.</summary>
    /// <param name="side">R x C</param>
    /// <param name="first">the first row</param>
    /// <param name="end">the one behind the last</param>
    /// <param name="others">C x S</param>
    /// <param name="weightedGram">S x S: a0 G, upper stripes</param>
    /// <param name="ridgeOf">by a row's positives, what is added to its diagonal</param>
    /// <param name="mine">R x S, the solutions</param>
    /// <param name="least">R: the least values of the rows' objectives; NaN if there is no finite solution</param>
    public void Solve(
        PositiveMatrix side, int first, int end, AlignedFloats others, ReadOnlySpan<float> weightedGram, Func<int, double> ridgeOf, AlignedFloats mine, double[] least)
    {
        int count = 0;
        for (int row = first; row < end; row++)
        {
            if (!side[row].IsEmpty)
                _rows[count++] = row;
        }

        ReadOnlySpan<int> rows = _rows.AsSpan(0, count);
        if (count < FewestRows || dimension > GreatestDimension)
        {
            foreach (int row in rows)
                least[row] = Alone(side, row, others, weightedGram, ridgeOf, mine);
            return;
        }

        for (int system = 0; system < count; system++)
        {
            ReadOnlySpan<int> positives = side[rows[system]];
            _one.Assemble(others.Span, positives, weightedGram, ridgeOf(positives.Length), _a.Row(system, _stride * _stride), _b.Row(system, _stride));
        }

        InterleavedCholesky.Solve(_a.Span, _b.Span, dimension, _stride, _room.Span, _w.Span, _solved);
        for (int system = 0; system < count; system++)
        {
            int row = rows[system];
            if (_solved[system])
            {
                _w.Row(system, _stride).CopyTo(mine.Row(row, _stride));
                least[row] = NormalEquations.Least(side[row].Length, _b.Row(system, _stride), mine.Row(row, _stride));
            }
            else
            {
                least[row] = Alone(side, row, others, weightedGram, ridgeOf, mine);
            }
        }
    }

    private static long Room(int dimension, int rows) =>
        dimension > GreatestDimension ? 0 : InterleavedCholesky.Systems * (long)Padding.Stride(dimension) * rows;

    private double Alone(PositiveMatrix side, int row, AlignedFloats others, ReadOnlySpan<float> weightedGram, Func<int, double> ridgeOf, AlignedFloats mine) =>
        _one.Solve(others.Span, side[row], weightedGram, ridgeOf(side[row].Length), mine.Row(row, _stride));
}
