namespace Trainers.Kernels;

/// <summary>A dense symmetric matrix of doubles, of which the lower triangle is kept.</summary>
/// <remarks>
/// Legend: n the size, s the stride, n rounded up to whole tiles. Row-major s x s; what is above the diagonal is scratch. The rows
/// n .. s - 1 are those of the identity, so an inverse needs no special case at the edge.
/// </remarks>
public sealed class SymmetricMatrix
{
    /// <summary>The greatest size: s x s must be an array's length.</summary>
    public const int MaxSize = 46_336;

    /// <summary>All zero.</summary>
    /// <param name="size">n</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative or above <see cref="MaxSize"/>.</exception>
    public SymmetricMatrix(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        (Size, Stride) = (size, StrideOf(size));
        Values = new double[Stride * Stride];
        for (int i = size; i < Stride; i++)
            Values[(i * Stride) + i] = 1;
    }

    /// <summary>n</summary>
    public int Size { get; }

    /// <summary>s, a multiple of a tile's columns</summary>
    public int Stride { get; }

    /// <summary>s x s, row-major</summary>
    public double[] Values { get; }

    /// <summary>What a matrix of this size and the panels of its inversion take.</summary>
    public static long Bytes(int size)
    {
        long stride = StrideOf(size);
        return (sizeof(double) * stride * (stride + (3 * SpdInverse.Block))) + PivotBlock.Bytes(SpdInverse.Block);
    }

    /// <summary>The elements 0 .. i of row i.</summary>
    public Span<double> Row(int i) => Values.AsSpan(i * Stride, i + 1);

    public double this[int i, int j] => i >= j ? Values[(i * Stride) + j] : Values[(j * Stride) + i];

    private static int StrideOf(int size) => (size + RankUpdate.Columns - 1) / RankUpdate.Columns * RankUpdate.Columns;
}
