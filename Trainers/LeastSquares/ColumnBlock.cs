using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>Some neighbouring columns of a matrix, which are kept together as a panel: rows x padded width, the panels of a matrix one after another.</summary>
/// <param name="First">the first column</param>
/// <param name="Width">how many, b</param>
/// <param name="Offset">what the panels before it have together of padded columns</param>
internal readonly record struct ColumnBlock(int First, int Width, int Offset)
{
    /// <summary>B: b padded</summary>
    public int Stride => Padding.Stride(Width);

    /// <summary>Columns 0 to d in blocks of at most so many; the last takes what is left.</summary>
    /// <param name="dimension">d</param>
    /// <param name="most">greatest width</param>
    public static ColumnBlock[] Of(int dimension, int most)
    {
        var blocks = new ColumnBlock[(dimension + most - 1) / most];
        for (int i = 0, offset = 0; i < blocks.Length; offset += blocks[i].Stride, i++)
            blocks[i] = new ColumnBlock(i * most, Math.Min(most, dimension - i * most), offset);
        return blocks;
    }

    /// <summary>Where this block's panel begins in a matrix of so many rows, and how long it is.</summary>
    public (long Start, int Length) Panel(int rows) => ((long)rows * Offset, rows * Stride);

    /// <summary>This block's columns of a row, zeros behind.</summary>
    /// <param name="row">d or more</param>
    /// <param name="padded">B</param>
    public void Copy(ReadOnlySpan<float> row, Span<float> padded)
    {
        row.Slice(First, Width).CopyTo(padded);
        padded[Width..Stride].Clear();
    }
}
