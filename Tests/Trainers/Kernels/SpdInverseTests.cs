using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class SpdInverseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(263)]
    [InlineData(401)]
    public void A_matrix_times_its_inverse_is_the_identity(int size)
    {
        SymmetricMatrix original = Sample(size, ridge: 0.5), inverse = Copy(original);
        SpdInverse.InPlace(inverse, 2, CancellationToken.None);
        Assert.InRange(Residual(original, inverse), 0, 1e-11);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(131)]
    [InlineData(300)]
    public void Blocks_agree_with_the_unblocked_reference(int size)
    {
        SymmetricMatrix original = Sample(size, ridge: 0.5), inverse = Copy(original);
        double[] a = new double[size * size], k = new double[size * size];
        for (int i = 0; i < size; i++)
            original.Row(i).CopyTo(a.AsSpan(i * size));
        PivotBlock.TriangularInverse(a, k, size);
        SpdInverse.InPlace(inverse, 1, CancellationToken.None);
        for (int i = 0; i < size * size; i++)
        {
            double expected = 0;
            for (int row = 0; row < size; row++)
                expected += k[(row * size) + (i / size)] * k[(row * size) + (i % size)];
            Assert.Equal(expected, inverse[i / size, i % size], 1e-11);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        SymmetricMatrix original = Sample(389, ridge: 0.01);
        SymmetricMatrix[] inverses = [.. new[] { 1, 2, 3, 7 }.Select(threads =>
        {
            SymmetricMatrix copy = Copy(original);
            SpdInverse.InPlace(copy, threads, CancellationToken.None);
            return copy;
        })];
        for (int i = 0; i < original.Size; i++)
            Assert.All(inverses, inverse => Assert.True(inverse.Row(i).SequenceEqual(inverses[0].Row(i))));
    }

    [Fact]
    public void A_bad_condition_costs_no_more_digits_than_it_has_to()
    {
        // Condition about 5e8: doubles keep about seven digits, floats would keep none.
        SymmetricMatrix original = Sample(200, ridge: 1e-7), inverse = Copy(original);
        SpdInverse.InPlace(inverse, 2, CancellationToken.None);
        Assert.InRange(Residual(original, inverse), 0, 1e-5);
    }

    [Fact]
    public void What_is_not_positive_definite_is_refused()
    {
        SymmetricMatrix negative = Sample(150, ridge: 1);
        negative.Row(140)[140] = -1;
        Assert.Throws<ArithmeticException>(() => SpdInverse.InPlace(negative, 2, CancellationToken.None));
        Assert.Throws<ArithmeticException>(() => SpdInverse.InPlace(new SymmetricMatrix(3), 2, CancellationToken.None));
        SymmetricMatrix unknown = Sample(20, ridge: 1);
        unknown.Row(7)[7] = double.NaN;
        Assert.Throws<ArithmeticException>(() => SpdInverse.InPlace(unknown, 2, CancellationToken.None));
    }

    [Fact]
    public void It_can_be_cancelled_between_blocks()
    {
        using var source = new CancellationTokenSource();
        int told = 0;
        Assert.Throws<OperationCanceledException>(() => SpdInverse.InPlace(Sample(400, ridge: 1), 2, source.Token, (done, all) =>
        {
            Assert.Equal(4, all);
            told = done;
            if (done == 2)
                source.Cancel();
        }));
        Assert.Equal(2, told);
    }

    [Fact]
    public void A_size_beyond_an_array_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricMatrix(SymmetricMatrix.MaxSize + 1));

    // F Fᵀ + ridge I, F of half the rank.
    private static SymmetricMatrix Sample(int size, double ridge)
    {
        var random = new Random(size);
        int rank = (size + 1) / 2;
        double[] f = [.. Enumerable.Range(0, size * rank).Select(_ => random.NextDouble() - 0.5)];
        var matrix = new SymmetricMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? ridge : 0;
                for (int k = 0; k < rank; k++)
                    sum += f[(i * rank) + k] * f[(j * rank) + k];
                matrix.Row(i)[j] = sum;
            }
        }

        return matrix;
    }

    private static SymmetricMatrix Copy(SymmetricMatrix matrix)
    {
        var copy = new SymmetricMatrix(matrix.Size);
        for (int i = 0; i < matrix.Size; i++)
            matrix.Row(i).CopyTo(copy.Row(i));
        return copy;
    }

    // The greatest element of |A A⁻¹ - I|.
    private static double Residual(SymmetricMatrix a, SymmetricMatrix inverse)
    {
        double greatest = 0;
        for (int i = 0; i < a.Size; i++)
        {
            for (int j = 0; j < a.Size; j++)
            {
                double sum = i == j ? -1 : 0;
                for (int k = 0; k < a.Size; k++)
                    sum += a[i, k] * inverse[k, j];
                greatest = Math.Max(greatest, Math.Abs(sum));
            }
        }

        return greatest;
    }
}
