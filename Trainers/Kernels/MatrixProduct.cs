using System.Buffers;

namespace Trainers.Kernels;

/// <summary>C = A Bᵀ: scores of users for items, both row-major.</summary>
/// <remarks>
/// Legend: A m x k, B n x k, C m x n. 32 rows of B at a time are transposed into a panel, over which A passes 8 rows at a time.
/// Each element is one chain of fused multiply-adds in the order of k.
/// </remarks>
public static class MatrixProduct
{
    private const int PanelColumns = 32;

    /// <param name="a">m x k</param>
    /// <param name="rows">m</param>
    /// <param name="b">n x k</param>
    /// <param name="columns">n</param>
    /// <param name="depth">k</param>
    /// <param name="c">m x n, overwritten</param>
    public static unsafe void Compute(ReadOnlySpan<float> a, int rows, ReadOnlySpan<float> b, int columns, int depth, Span<float> c)
    {
        Check(a, rows, b, columns, depth, c);
        float[] scratch = ArrayPool<float>.Shared.Rent(PanelColumns * depth + Tile.Rows * depth + Tile.Rows * PanelColumns);
        fixed (float* pa = a, pc = c, panel = scratch)
        {
            float* edgeRows = panel + PanelColumns * depth;
            float* edge = edgeRows + Tile.Rows * depth;
            for (int column = 0; column < columns; column += PanelColumns)
            {
                int width = Math.Min(PanelColumns, columns - column);
                Transpose(b.Slice(column * depth, width * depth), width, depth, panel);
                for (int row = 0; row < rows; row += Tile.Rows)
                {
                    int height = Math.Min(Tile.Rows, rows - row);
                    float* source = pa + (nint)row * depth;
                    if (height < Tile.Rows)
                    {
                        new Span<float>(edgeRows, Tile.Rows * depth).Clear();
                        a.Slice(row * depth, height * depth).CopyTo(new Span<float>(edgeRows, height * depth));
                        source = edgeRows;
                    }

                    float* target = pc + (nint)row * columns + column;
                    new Span<float>(edge, Tile.Rows * PanelColumns).Clear();
                    Tile.Update(source, depth, 1, panel, PanelColumns, edge, PanelColumns, PanelColumns, depth, subtract: false);
                    for (int r = 0; r < height; r++)
                        new ReadOnlySpan<float>(edge + r * PanelColumns, width).CopyTo(new Span<float>(target + (nint)r * columns, width));
                }
            }
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    public static void ComputeScalar(ReadOnlySpan<float> a, int rows, ReadOnlySpan<float> b, int columns, int depth, Span<float> c)
    {
        Check(a, rows, b, columns, depth, c);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = 0;
                for (int k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(a[i * depth + k], b[j * depth + k], sum);
                c[i * columns + j] = sum;
            }
        }
    }

    private static unsafe void Transpose(ReadOnlySpan<float> b, int width, int depth, float* panel)
    {
        for (int j = 0; j < PanelColumns; j++)
        {
            for (int k = 0; k < depth; k++)
                panel[k * PanelColumns + j] = j < width ? b[j * depth + k] : 0;
        }
    }

    private static void Check(ReadOnlySpan<float> a, int rows, ReadOnlySpan<float> b, int columns, int depth, Span<float> c)
    {
        if (a.Length != (long)rows * depth || b.Length != (long)columns * depth || c.Length != (long)rows * columns)
            throw new ArgumentException($"{a.Length}, {b.Length} and {c.Length} values are not {rows} x {depth}, {columns} x {depth} and {rows} x {columns}.");
    }
}
