namespace Trainers.Kernels;

/// <summary>The Gramian XᵀX of a tall matrix, on several threads, with the same bits whatever their number.</summary>
/// <remarks>
/// Legend: X n x S, G S x S (upper stripes, see <see cref="SymmetricUpdate"/>).
/// At most 16 parts, cut by n alone; in each, 256 rows at a time are summed in float and those sums in double; the parts are added in their order.
/// </remarks>
public static class Gram
{
    private const int Parts = 16;

    private const int BlockRows = 256;

    /// <summary>Bytes that <see cref="Compute"/> allocates.</summary>
    public static long Bytes(int stride) => Parts * (long)stride * stride * (sizeof(double) + sizeof(float));

    /// <param name="x">n x S</param>
    /// <param name="rows">n</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="threads">at most so many</param>
    /// <param name="gram">S x S, overwritten</param>
    /// <param name="cancellation">looked at between parts</param>
    public static void Compute(AlignedFloats x, int rows, int stride, int threads, Span<double> gram, CancellationToken cancellation = default)
    {
        int square = stride * stride;
        int parts = Math.Min(Parts, (rows + BlockRows - 1) / BlockRows);
        var sums = new double[parts][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        Parallel.For(0, parts, options, () => new AlignedFloats(square), (part, _, block) =>
        {
            var sum = new double[square];
            (int first, int end) = ((int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts));
            for (int row = first; row < end; row += BlockRows)
            {
                int count = Math.Min(BlockRows, end - row);
                block.Span.Clear();
                SymmetricUpdate.Add(x.Span.Slice(row * stride, count * stride), count, stride, block.Span);
                ReadOnlySpan<float> products = block.Span;
                for (int i = 0; i < products.Length; i++)
                    sum[i] += products[i];
            }

            sums[part] = sum;
            return block;
        }, _ => { });
        gram[..square].Clear();
        foreach (double[] sum in sums)
        {
            for (int i = 0; i < square; i++)
                gram[i] += sum[i];
        }
    }
}
