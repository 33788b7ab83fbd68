using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>One thread's room for <see cref="BlockSweep"/>.</summary>
/// <remarks>Legend: d dimension, S padded d, b a block's width, B padded b, g rows that are done together.</remarks>
internal sealed class BlockWorkplace(ColumnBlock[] blocks, int dimension, int rows)
{
    private readonly NormalEquations _whole = new(blocks[0].Width);
    private readonly NormalEquations _last = new(blocks[^1].Width);
    private float[] _products = [];

    /// <summary>B</summary>
    public AlignedFloats Part { get; } = new(blocks[0].Stride);

    /// <summary>g x B</summary>
    public AlignedFloats Gradients { get; } = new(rows * blocks[0].Stride);

    /// <summary>g x S, for a group that is not full</summary>
    public AlignedFloats Rows { get; } = new(rows * Padding.Stride(dimension));

    /// <summary>Bytes, apart from the products.</summary>
    public static long Bytes(int dimension, int blockSize) =>
        2 * NormalEquations.Bytes(Math.Min(blockSize, dimension)) + 17L * sizeof(float) * (Padding.Stride(dimension) + Padding.Stride(Math.Min(blockSize, dimension)));

    /// <summary>The equations of a block of this width.</summary>
    public NormalEquations Of(int width) => width == _whole.Dimension ? _whole : _last;

    /// <summary>n</summary>
    public Span<float> Products(int positives)
    {
        if (_products.Length < positives)
            _products = new float[Math.Max(64, positives * 2)];
        return _products.AsSpan(0, positives);
    }
}
