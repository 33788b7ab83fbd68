using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.LeastSquares;

/// <summary>A half-step of iALS++: one side's vectors are improved block after block of their components, by one Newton step of each block.</summary>
/// <remarks>
/// Rendle, Krichene, Zhang, Koren: iALS++: Speeding up Matrix Factorization with Subspace Optimization, 2021 (arXiv 2110.14044), algorithm 2:
///     w_p -= (sum over positives of h_p h_pᵀ + a0 G_pp + ridge)⁻¹ (sum over positives of (w.h - 1) h_p + a0 G_p: w + ridge w_p),   p a block, G = HᵀH
/// The objective is quadratic in a block, so a step is its minimum there. Legend: R rows, C rows of the other side, P positives, n of a row, d dimension,
/// b a block's width, S and B padded d and b. A block is done for all rows before the next, so that its panel of H stays in the second-level cache.
/// Deviation: w.h - 1 is computed anew at the beginning of each half-step, so that the vectors are all that an iteration begins with.
/// </remarks>
internal sealed class BlockSweep(int dimension, int blockSize, ParallelOptions parallel)
{
    /// <summary>Rows that one thread takes at a time, two tiles; no result depends on it.</summary>
    private const int GroupRows = 16;

    private const int CopyRows = 256;

    private readonly int _stride = Padding.Stride(dimension);
    private readonly ColumnBlock[] _blocks = ColumnBlock.Of(dimension, blockSize);
    private readonly AlignedFloats _gramColumns = new((long)Padding.Stride(dimension) * Padding.Stride(blockSize));
    private readonly AlignedFloats _gramSquare = new((long)Padding.Stride(blockSize) * Padding.Stride(blockSize));
    private readonly ConcurrentBag<BlockWorkplace> _workplaces = [];
    private AlignedFloats _panels = new(0);
    private float[] _residuals = [];

    /// <summary>Bytes of the panels, the residuals and the threads' workplaces.</summary>
    /// <param name="rows">of the side that has more</param>
    /// <param name="positives">P</param>
    /// <param name="dimension">d</param>
    /// <param name="blockSize">greatest b</param>
    /// <param name="threads">how many</param>
    public static long Bytes(long rows, long positives, int dimension, int blockSize, int threads)
    {
        long padded = ColumnBlock.Of(dimension, blockSize).Sum(block => (long)block.Stride);
        return sizeof(float) * (rows * padded + positives + (long)Padding.Stride(blockSize) * (Padding.Stride(dimension) + Padding.Stride(blockSize)))
            + threads * (BlockWorkplace.Bytes(dimension, blockSize) + rows * sizeof(float));
    }

    /// <summary>Each row's blocks, once.</summary>
    /// <param name="side">R x C</param>
    /// <param name="mine">R x S, changed</param>
    /// <param name="others">C x S</param>
    /// <param name="weightedGram">S x S: a0 G, upper stripes</param>
    /// <param name="ridgeOf">by a row's n, what its vector is held to zero with</param>
    /// <returns>by row, sum over positives of (w.h - 1)^2 + ridge |w|^2; NaN where there is no finite step</returns>
    public double[] Improve(PositiveMatrix side, AlignedFloats mine, AlignedFloats others, float[] weightedGram, Func<int, double> ridgeOf)
    {
        var least = new double[side.RowCount];
        Split(others, side.ColumnCount);
        if (_residuals.Length < side.Columns.Length)
            _residuals = new float[side.Columns.Length];
        _residuals.AsSpan(0, side.Columns.Length).Fill(-1);
        foreach (ColumnBlock block in _blocks)
        {
            ForGroups(side, (workplace, first, end) =>
            {
                for (int row = first; row < end; row++)
                    AddScores(workplace, block, side, row, mine);
            });
        }

        foreach (ColumnBlock block in _blocks)
        {
            CutGram(weightedGram, block);
            ForGroups(side, (workplace, first, end) =>
            {
                Span<float> gradients = GramProducts(workplace, block, mine, first, end);
                for (int row = first; row < end; row++)
                {
                    if (!side[row].IsEmpty && !Step(workplace, block, side, row, mine, ridgeOf(side[row].Length), gradients.Slice((row - first) * block.Stride, block.Stride)))
                        least[row] = double.NaN;
                }
            });
        }

        for (int row = 0; row < least.Length; row++)
        {
            if (!side[row].IsEmpty)
                least[row] += SumOfSquares(ResidualsOf(side, row)) + ridgeOf(side[row].Length) * SumOfSquares(mine.Row(row, _stride));
        }

        return least;
    }

    private Span<float> ResidualsOf(PositiveMatrix side, int row) => _residuals.AsSpan(side.Offsets[row], side[row].Length);

    private Span<float> Panel(ColumnBlock block, int rows)
    {
        (long start, int length) = block.Panel(rows);
        return _panels.Span.Slice((int)start, length);
    }

    private void AddScores(BlockWorkplace workplace, ColumnBlock block, PositiveMatrix side, int row, AlignedFloats mine)
    {
        ReadOnlySpan<int> positives = side[row];
        Span<float> w = workplace.Part.Span[..block.Stride], residuals = ResidualsOf(side, row), products = workplace.Products(positives.Length);
        block.Copy(mine.Row(row, _stride), w);
        GatheredRows.Products(Panel(block, side.ColumnCount), block.Stride, positives, w, products);
        TensorPrimitives.Add(residuals, products, residuals);
    }

    private bool Step(
        BlockWorkplace workplace, ColumnBlock block, PositiveMatrix side, int row, AlignedFloats mine, double ridge, Span<float> gradient)
    {
        ReadOnlySpan<int> positives = side[row];
        ReadOnlySpan<float> panel = Panel(block, side.ColumnCount);
        Span<float> part = workplace.Part.Span[..block.Stride], w = mine.Row(row, _stride).Slice(block.First, block.Width);
        Span<float> residuals = ResidualsOf(side, row), products = workplace.Products(positives.Length);

        // Half the gradient, as A is half the second derivative.
        GatheredRows.Combine(panel, block.Stride, positives, residuals, part);
        TensorPrimitives.Add(gradient, part, gradient);
        TensorPrimitives.MultiplyAdd(w, (float)ridge, gradient[..block.Width], gradient[..block.Width]);
        bool found = workplace.Of(block.Width).Step(panel, positives, _gramSquare.Span[..(block.Stride * block.Stride)], ridge, gradient, part);
        TensorPrimitives.Subtract(w, part[..block.Width], w);
        GatheredRows.Products(panel, block.Stride, positives, part, products);
        TensorPrimitives.Subtract(residuals, products, residuals);
        return found;
    }

    // GroupRows x B: a0 G_p: w of each row.
    private Span<float> GramProducts(BlockWorkplace workplace, ColumnBlock block, AlignedFloats mine, int first, int end)
    {
        ReadOnlySpan<float> vectors = mine.Span.Slice(first * _stride, (end - first) * _stride);
        if (end - first < GroupRows)
        {
            workplace.Rows.Span.Clear();
            vectors.CopyTo(workplace.Rows.Span);
            vectors = workplace.Rows.Span;
        }

        Span<float> products = workplace.Gradients.Span[..(GroupRows * block.Stride)];
        products.Clear();
        Gemm.Add(vectors, _stride, 1, _gramColumns.Span, block.Stride, products, block.Stride, GroupRows, block.Stride, _stride);
        return products;
    }

    // Columns p of a0 G, S x B, and of those the rows p, B x B.
    private void CutGram(float[] weightedGram, ColumnBlock block)
    {
        Span<float> columns = _gramColumns.Span, square = _gramSquare.Span;
        columns.Clear();
        square.Clear();
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < block.Width; j++)
                columns[i * block.Stride + j] = weightedGram[Math.Min(i, block.First + j) * _stride + Math.Max(i, block.First + j)];
        }

        columns.Slice(block.First * block.Stride, block.Width * block.Stride).CopyTo(square);
    }

    private void Split(AlignedFloats others, int rows)
    {
        long length = rows * (long)(_blocks[^1].Offset + _blocks[^1].Stride);
        if (_panels.Length < length)
            _panels = new AlignedFloats(length);
        Parallel.For(0, (rows + CopyRows - 1) / CopyRows, parallel, part =>
        {
            for (int row = part * CopyRows; row < Math.Min(rows, (part + 1) * CopyRows); row++)
            {
                foreach (ColumnBlock block in _blocks)
                    block.Copy(others.Row(row, _stride), Panel(block, rows).Slice(row * block.Stride, block.Stride));
            }
        });
    }

    private void ForGroups(PositiveMatrix side, Action<BlockWorkplace, int, int> group) => Parallel.For(
        0, (side.RowCount + GroupRows - 1) / GroupRows, parallel, () => _workplaces.TryTake(out BlockWorkplace? idle) ? idle : new BlockWorkplace(_blocks, dimension, GroupRows),
        (number, _, workplace) =>
        {
            group(workplace, number * GroupRows, Math.Min((number + 1) * GroupRows, side.RowCount));
            return workplace;
        }, _workplaces.Add);

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return sum;
    }
}
