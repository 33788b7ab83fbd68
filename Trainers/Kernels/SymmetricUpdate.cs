namespace Trainers.Kernels;

/// <summary>A += XᵀX for contiguous rows: the upper triangle only, in stripes of 8 rows and columns from the stripe's multiple of 16 on.</summary>
/// <remarks>Legend: X n x S, A S x S, S a padded row. What lies left of the stripes is left alone; what lies between them and the diagonal is symmetric.</remarks>
public static class SymmetricUpdate
{
    /// <param name="x">n x S</param>
    /// <param name="rows">n</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="a">S x S</param>
    public static unsafe void Add(ReadOnlySpan<float> x, int rows, int stride, Span<float> a)
    {
        Check(x, rows, stride, a);
        fixed (float* px = x, pa = a)
            Add(px, rows, stride, pa);
    }

    public static void AddScalar(ReadOnlySpan<float> x, int rows, int stride, Span<float> a)
    {
        Check(x, rows, stride, a);
        for (int i = 0; i < stride; i++)
        {
            for (int j = i / Tile.Rows * Tile.Rows / Padding.Lanes * Padding.Lanes; j < stride; j++)
            {
                float sum = a[i * stride + j];
                for (int row = 0; row < rows; row++)
                    sum = MathF.FusedMultiplyAdd(x[row * stride + i], x[row * stride + j], sum);
                a[i * stride + j] = sum;
            }
        }
    }

    internal static unsafe void Add(float* x, int rows, int stride, float* a)
    {
        for (int i = 0; i < stride; i += Tile.Rows)
        {
            int first = i / Padding.Lanes * Padding.Lanes;
            Tile.Update(x + i, 1, stride, x + first, stride, a + (nint)i * stride + first, stride, stride - first, rows, TileSum.Add);
        }
    }

    private static void Check(ReadOnlySpan<float> x, int rows, int stride, Span<float> a)
    {
        if (stride % Padding.Lanes != 0 || x.Length < (long)rows * stride || a.Length < (long)stride * stride)
            throw new ArgumentException($"{x.Length} values for {rows} rows and {a.Length} for a square do not fit a stride of {stride}.");
    }
}
