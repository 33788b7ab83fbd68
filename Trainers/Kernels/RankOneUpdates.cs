using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainers.Kernels;

/// <summary>The left and right side of a least-squares system from gathered rows: A += sum of x xᵀ, b += sum of x.</summary>
/// <remarks>
/// Legend: X rows x S, n gathered rows, A S x S (upper stripes, see <see cref="SymmetricUpdate"/>), b S.
/// Rows are copied, some at a time, into a block that stays in the first-level cache while every stripe of A passes over it.
/// </remarks>
public static class RankOneUpdates
{
    /// <summary>Floats of the block: 16 KB, a third of a common first-level cache.</summary>
    private const int BlockFloats = 4096;

    /// <summary>The length of the scratch that <see cref="Add"/> wants.</summary>
    public static int BlockLength(int stride) => BlockRows(stride) * stride;

    /// <param name="x">rows x S</param>
    /// <param name="stride">S, a multiple of 16</param>
    /// <param name="gathered">n rows of X</param>
    /// <param name="a">S x S</param>
    /// <param name="b">S</param>
    /// <param name="block">scratch of <see cref="BlockLength"/></param>
    public static unsafe void Add(ReadOnlySpan<float> x, int stride, ReadOnlySpan<int> gathered, Span<float> a, Span<float> b, Span<float> block)
    {
        Check(x, stride, gathered, a, b);
        int most = BlockRows(stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(block.Length, most * stride);
        fixed (float* px = x, pa = a, pb = b, pblock = block)
        {
            for (int done = 0; done < gathered.Length; done += most)
            {
                ReadOnlySpan<int> rows = gathered.Slice(done, Math.Min(most, gathered.Length - done));
                Gather(px, stride, rows, pb, pblock);
                SymmetricUpdate.Add(pblock, rows.Length, stride, pa);
            }
        }
    }

    public static void AddScalar(ReadOnlySpan<float> x, int stride, ReadOnlySpan<int> gathered, Span<float> a, Span<float> b)
    {
        Check(x, stride, gathered, a, b);
        foreach (int row in gathered)
        {
            ReadOnlySpan<float> values = x.Slice(row * stride, stride);
            SymmetricUpdate.AddScalar(values, 1, stride, a);
            for (int j = 0; j < stride; j++)
                b[j] += values[j];
        }
    }

    private static int BlockRows(int stride) => Math.Max(8, BlockFloats / stride);

    private static unsafe void Gather(float* x, int stride, ReadOnlySpan<int> rows, float* b, float* block)
    {
        if (Vector512.IsHardwareAccelerated)
            Gather<Simd512, Vector512<float>>(x, stride, rows, b, block);
        else if (Vector256.IsHardwareAccelerated)
            Gather<Simd256, Vector256<float>>(x, stride, rows, b, block);
        else if (Vector128.IsHardwareAccelerated)
            Gather<Simd128, Vector128<float>>(x, stride, rows, b, block);
        else
            GatherScalar(x, stride, rows, b, block);
    }

    private static unsafe void GatherScalar(float* x, int stride, ReadOnlySpan<int> rows, float* b, float* block)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            for (int j = 0; j < stride; j++)
            {
                float value = x[(nint)rows[row] * stride + j];
                block[row * stride + j] = value;
                b[j] += value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Gather<TSimd, T>(float* x, int stride, ReadOnlySpan<int> rows, float* b, float* block)
        where TSimd : ISimd<T>
        where T : unmanaged
    {
        int width = TSimd.Width;
        for (int column = 0; column < stride; column += 4 * width)
        {
            // Strides are multiples of 16: of one, two or four vectors at least.
            int vectors = Math.Min(4, (stride - column) / width);
            T s0 = TSimd.Load(b + column), s1 = default, s2 = default, s3 = default;
            if (vectors == 4)
            {
                (s1, s2, s3) = (TSimd.Load(b + column + width), TSimd.Load(b + column + 2 * width), TSimd.Load(b + column + 3 * width));
                float* target = block + column;
                foreach (int row in rows)
                {
                    float* source = x + (nint)row * stride + column;
                    T v0 = TSimd.Load(source), v1 = TSimd.Load(source + width), v2 = TSimd.Load(source + 2 * width), v3 = TSimd.Load(source + 3 * width);
                    TSimd.Store(v0, target);
                    TSimd.Store(v1, target + width);
                    TSimd.Store(v2, target + 2 * width);
                    TSimd.Store(v3, target + 3 * width);
                    s0 = TSimd.Add(s0, v0);
                    s1 = TSimd.Add(s1, v1);
                    s2 = TSimd.Add(s2, v2);
                    s3 = TSimd.Add(s3, v3);
                    target += stride;
                }

                TSimd.Store(s0, b + column);
                TSimd.Store(s1, b + column + width);
                TSimd.Store(s2, b + column + 2 * width);
                TSimd.Store(s3, b + column + 3 * width);
                continue;
            }

            for (int vector = 0; vector < vectors; vector++)
            {
                int at = column + vector * width;
                s0 = TSimd.Load(b + at);
                float* target = block + at;
                foreach (int row in rows)
                {
                    T value = TSimd.Load(x + (nint)row * stride + at);
                    TSimd.Store(value, target);
                    s0 = TSimd.Add(s0, value);
                    target += stride;
                }

                TSimd.Store(s0, b + at);
            }
        }
    }

    private static void Check(ReadOnlySpan<float> x, int stride, ReadOnlySpan<int> gathered, Span<float> a, Span<float> b)
    {
        if (stride % Padding.Lanes != 0 || a.Length < (long)stride * stride || b.Length < stride)
            throw new ArgumentException($"{a.Length} values for a square and {b.Length} for a vector do not fit a stride of {stride}.");
        uint rows = (uint)(x.Length / stride);
        bool outside = false;
        foreach (int row in gathered)
            outside |= (uint)row >= rows;
        if (outside)
            throw new ArgumentOutOfRangeException(nameof(gathered), $"There are only {rows} rows.");
    }
}
