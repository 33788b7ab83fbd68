using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>Item vectors laid out for scoring: the products of all items with any number of query vectors.</summary>
/// <remarks>
/// Legend: I items, S padded row, Q queries. 32 items are a panel, S x 32, of which a query needs whole registers and no transposition.
/// Each score is one chain of fused multiply-adds in the order of the components: the same bits for one query or many, and at every register width.
/// </remarks>
public sealed class ItemPanels
{
    private const int Columns = 32;

    private readonly AlignedFloats _panels;
    private readonly int _stride;

    /// <param name="rows">I x S</param>
    /// <param name="count">I</param>
    /// <param name="stride">S, a multiple of 16</param>
    public ItemPanels(ReadOnlySpan<float> rows, int count, int stride)
    {
        if (stride % Padding.Lanes != 0 || rows.Length < (long)count * stride)
            throw new ArgumentException($"{rows.Length} values are not {count} rows with a stride of {stride}.");
        (Count, _stride) = (count, stride);
        _panels = new AlignedFloats((count + Columns - 1L) / Columns * Columns * stride);
        Span<float> panels = _panels.Span;
        for (int first = 0; first < count; first += Columns)
            Gemm.Transpose(rows.Slice(first * stride, Math.Min(Columns, count - first) * stride), stride, panels.Slice(first * stride, Columns * stride), Columns, Math.Min(Columns, count - first), stride);
    }

    /// <summary>I</summary>
    public int Count { get; }

    /// <summary>S</summary>
    public int Stride => _stride;

    /// <param name="queries">Q x S</param>
    /// <param name="count">Q</param>
    /// <param name="scores">Q x I, overwritten</param>
    public unsafe void Score(ReadOnlySpan<float> queries, int count, Span<float> scores)
    {
        Check(queries.Length, count, scores.Length);
        int whole = count / Tile.Rows * Tile.Rows;
        float[] scratch = ArrayPool<float>.Shared.Rent(Tile.Rows * Columns + Padding.Lanes);
        fixed (float* pq = queries, ps = scores, pp = _panels.Span, spare = scratch)
        {
            float* tile = (float*)(((nint)spare + 63) / 64 * 64);
            for (int first = 0; first < Count; first += Columns)
            {
                float* panel = pp + (nint)first * _stride;
                int width = Math.Min(Columns, Count - first);
                for (int query = 0; query < whole; query += Tile.Rows)
                {
                    float* target = ps + (nint)query * Count + first;
                    if (width == Columns)
                    {
                        Tile.Update(pq + (nint)query * _stride, _stride, 1, panel, Columns, target, Count, Columns, _stride, TileSum.Set);
                        continue;
                    }

                    Tile.Update(pq + (nint)query * _stride, _stride, 1, panel, Columns, tile, Columns, Columns, _stride, TileSum.Set);
                    for (int row = 0; row < Tile.Rows; row++)
                        new ReadOnlySpan<float>(tile + row * Columns, width).CopyTo(new Span<float>(target + (nint)row * Count, width));
                }

                for (int query = whole; query < count; query++)
                {
                    One(pq + (nint)query * _stride, panel, tile);
                    new ReadOnlySpan<float>(tile, width).CopyTo(new Span<float>(ps + (nint)query * Count + first, width));
                }
            }
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    public void ScoreScalar(ReadOnlySpan<float> queries, int count, Span<float> scores)
    {
        Check(queries.Length, count, scores.Length);
        for (int i = 0; i < count * Count; i++)
        {
            (int query, int item) = (i / Count, i % Count);
            float sum = 0;
            for (int k = 0; k < _stride; k++)
                sum = MathF.FusedMultiplyAdd(queries[query * _stride + k], _panels.Span[item / Columns * Columns * _stride + k * Columns + item % Columns], sum);
            scores[i] = sum;
        }
    }

    private unsafe void One(float* query, float* panel, float* scores)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            One<Simd512, Vector512<float>>(query, panel, scores);
            return;
        }

        if (Vector256.IsHardwareAccelerated)
            One<Simd256, Vector256<float>>(query, panel, scores);
        else
            One<Simd128, Vector128<float>>(query, panel, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void One<TSimd, T>(float* query, float* panel, float* scores)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        int width = TSimd.Width;
        for (int column = 0; column < Columns; column += 2 * width)
        {
            float* source = panel + column;
            T low = TSimd.Broadcast(0), high = low;
            for (int k = 0; k < _stride; k++, source += Columns)
            {
                T value = TSimd.Broadcast(query[k]);
                low = TSimd.MultiplyAdd(value, TSimd.Load(source), low);
                high = TSimd.MultiplyAdd(value, TSimd.Load(source + width), high);
            }

            TSimd.Store(low, scores + column);
            TSimd.Store(high, scores + column + width);
        }
    }

    private void Check(int queries, int count, int scores)
    {
        if (queries < (long)count * _stride || scores < (long)count * Count)
            throw new ArgumentException($"{queries} values and {scores} scores do not fit {count} queries of {_stride} for {Count} items.");
    }
}
