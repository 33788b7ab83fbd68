using Tests.Trainers.Kernels;
using Trainers.Kernels;
using Trainers.LeastSquares;

namespace Tests.Trainers.LeastSquares;

public sealed class InterleavedEquationsTests
{
    // 37 items; of 16 users one has no item, and those with fewer items than dimensions have a singular matrix when nothing is added to its diagonal.
    private static readonly PositiveMatrix Positives = PositiveMatrix.Of(
        Planted.Of(37, [.. Enumerable.Range(0, 16).Select(user => user == 5 ? [] : Enumerable.Range(0, 1 + (user * 2)).Select(i => ((i * 7) + user) % 37).ToArray())]), null);

    [Theory]
    [InlineData(12, 0.3, 0, 16)]
    [InlineData(12, 0.0, 0, 16)]
    [InlineData(12, 0.3, 3, 6)]
    [InlineData(12, 0.3, 5, 6)]
    [InlineData(64, 0.3, 0, 16)]
    [InlineData(130, 0.3, 0, 16)]
    public void Rows_that_are_solved_together_have_the_bits_that_each_has_alone(int dimension, double ridge, int first, int end)
    {
        int stride = Padding.Stride(dimension);
        var items = new AlignedFloats(37 * stride);
        Some.Padded(new Random(dimension), 37, dimension).CopyTo(items.Span);
        var users = new AlignedFloats(16 * stride);
        users.Span.Fill(7);
        var gram = new float[stride * stride];
        var least = new double[16];
        new InterleavedEquations(dimension).Solve(Positives, first, end, items, gram, positives => ridge * positives, users, least);

        var one = new NormalEquations(dimension);
        bool raised = false;
        for (int row = 0; row < 16; row++)
        {
            var alone = new float[stride];
            double expected = 0;
            if (row < first || row >= end || Positives[row].IsEmpty)
            {
                Array.Fill(alone, 7);
            }
            else
            {
                expected = one.Solve(items.Span, Positives[row], gram, ridge * Positives[row].Length, alone);
                raised |= ridge == 0 && double.IsFinite(expected);
            }

            Assert.Equal(expected, least[row]);
            Some.SameBits(alone, users.Row(row, stride));
        }

        Assert.Equal(ridge == 0, raised);
    }
}
