using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class GramTests
{
    private static AlignedFloats Aligned(float[] values)
    {
        var aligned = new AlignedFloats(values.Length);
        values.CopyTo(aligned.Span);
        return aligned;
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(257, 17)]
    [InlineData(1000, 63)]
    [InlineData(5003, 33)]
    public void It_is_the_product_with_its_transpose_whatever_the_threads(int rows, int dimension)
    {
        int stride = Padding.Stride(dimension);
        float[] x = Some.Padded(new Random(rows), rows, dimension);
        var gram = new double[stride * stride];
        Gram.Compute(Aligned(x), rows, stride, 1, gram, TestContext.Current.CancellationToken);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = i; j < dimension; j++)
            {
                double oracle = 0;
                for (int row = 0; row < rows; row++)
                    oracle += (double)x[row * stride + i] * x[row * stride + j];
                Assert.Equal(oracle, gram[i * stride + j], 1e-6 * (1 + rows));
            }
        }

        foreach (int threads in (int[])[2, 3, 7])
        {
            var other = new double[stride * stride];
            Gram.Compute(Aligned(x), rows, stride, threads, other, TestContext.Current.CancellationToken);
            Assert.Equal(gram, other);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 31)]
    [InlineData(100, 65)]
    public void The_scalar_twin_gives_the_same_bits(int rows, int dimension)
    {
        int stride = Padding.Stride(dimension);
        float[] x = Some.Padded(new Random(rows), rows, dimension);
        float[] fast = Some.Floats(new Random(1), stride * stride), twin = [.. fast];
        SymmetricUpdate.Add(x, rows, stride, fast);
        SymmetricUpdate.AddScalar(x, rows, stride, twin);
        Some.SameBits(twin, fast);
    }

    [Fact]
    public void Cancellation_is_respected() => Assert.ThrowsAny<OperationCanceledException>(
        () => Gram.Compute(new AlignedFloats(16 * 16), 16, 16, 1, new double[256], new CancellationToken(canceled: true)));

    [Fact]
    public void Buffers_are_aligned()
    {
        var buffers = Enumerable.Range(1, 20).Select(length => new AlignedFloats(length)).ToArray();
        foreach (AlignedFloats buffer in buffers)
        {
            ref float first = ref buffer.Span[0];
            Assert.Equal((nuint)0, Address(ref first) % 64);
            Assert.Equal(0, buffer.Span.IndexOfAnyExcept(0f) + 1);
        }
    }

    private static unsafe nuint Address(ref float value) => (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref value);
}
