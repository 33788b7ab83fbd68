using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class AdaGradTests
{
    [Fact]
    public void A_row_steps_by_the_sum_of_its_list()
    {
        const int stride = 48;
        var random = new Random(5);
        var x = new AlignedFloats(3 * stride);
        var squares = new AlignedFloats(3 * stride);
        var gradients = new AlignedFloats(4 * stride);
        Some.Floats(random, x.Length).CopyTo(x.Span);
        Some.Floats(random, gradients.Length).CopyTo(gradients.Span);
        squares.Span.Fill(0.25f);
        float[] before = x.Span.ToArray();

        // Row 1 has the entries 0 and 3, row 2 the entry 2; row 0 none.
        AdaGrad.Step(x, squares, [1, 2], [-1, 0, 2], [3, -1, -1, -1], gradients, stride, 0.1f);
        for (int k = 0; k < stride; k++)
        {
            double two = (double)gradients.Span[k] + gradients.Span[3 * stride + k], one = gradients.Span[2 * stride + k];
            Assert.Equal(before[k], x.Span[k]);
            Assert.Equal(before[stride + k] + 0.1 * two / Math.Sqrt(0.25 + two * two), x.Span[stride + k], 1e-6);
            Assert.Equal(before[2 * stride + k] + 0.1 * one / Math.Sqrt(0.25 + one * one), x.Span[2 * stride + k], 1e-6);
            Assert.Equal(0.25 + two * two, squares.Span[stride + k], 1e-6);
        }
    }

    [Fact]
    public unsafe void The_scalar_twin_gives_the_same_bits()
    {
        var random = new Random(6);
        float[] x = Some.Floats(random, 112), squares = [.. Some.Floats(random, 112).Select(Math.Abs)], gradient = Some.Floats(random, 112);
        (gradient[3], squares[3]) = (0, 0);
        float[] y = [.. x], others = [.. squares];
        fixed (float* px = x, pa = squares, py = y, pb = others, pg = gradient)
        {
            AdaGrad.Step(px, pa, pg, 112, 0.05f);
            AdaGrad.StepScalar(py, pb, pg, 112, 0.05f);
        }

        Some.SameBits(y, x);
        Some.SameBits(others, squares);
        Assert.All(x, value => Assert.True(float.IsFinite(value)));
    }
}
