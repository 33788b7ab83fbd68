using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class LogisticTests
{
    private static readonly float[] Logits =
        [0, -0f, 1e-8f, -1e-8f, 0.3f, -0.3f, 1, -1, 5, -5, 17, -17, 86, -86, 87, -87, 88, -88, 1e4f, -1e4f, float.MaxValue, float.MinValue, .. Some.Floats(new Random(3), 1002).Select(x => 20 * x)];

    [Fact]
    public void It_is_the_logistic_function()
    {
        foreach (float z in Logits)
        {
            float sigmoid = Logistic.Sigmoid(z, out float softplus);
            double clamped = Math.Clamp((double)z, -40, double.MaxValue), expected = 1 / (1 + Math.Exp(-clamped));
            Assert.Equal(expected, sigmoid, 1e-6 * expected);
            Assert.Equal(Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)z))), softplus, 1e-6 + 1e-7 * Math.Abs(z));
        }
    }

    [Fact]
    public void The_complement_is_one_less_and_its_factor_the_loss()
    {
        foreach (float z in Logits)
        {
            float clamped = z, complement = Logistic.Complement(ref clamped, out float factor);
            Assert.Equal(Math.Clamp(z, -40, 40), clamped);
            double expected = 1 / (1 + Math.Exp(clamped));
            Assert.Equal(expected, complement, 1e-6 * expected);
            Assert.Equal(Math.Log(1 + Math.Exp(clamped)), Math.Log(factor), 1e-6);
        }

        float none = float.NaN;
        Assert.Equal(float.NaN, Logistic.Complement(ref none, out _));
    }

    [Theory]
    [InlineData(true, 1f)]
    [InlineData(false, 2.5f)]
    public unsafe void Rows_are_single_logits(bool positive, float weight)
    {
        Assert.Equal(0, Logits.Length % 16);
        float[] fast = [.. Logits], scalar = [.. Logits];
        float[] moderate = [.. Logits.Select(x => Math.Clamp(x, -1e4f, 1e4f))];
        float[] again = [.. moderate];
        fixed (float* f = fast, s = scalar, m = moderate, a = again)
        {
            Logistic.Residuals(f, fast.Length, positive, weight);
            Logistic.ResidualsScalar(s, scalar.Length, positive, weight);
            float one = Logistic.Residuals(m, moderate.Length, positive, weight), other = Logistic.ResidualsScalar(a, again.Length, positive, weight);
            Assert.Equal(other, one, 1e-5 * other);
        }

        Some.SameBits(scalar, fast);
        for (int i = 0; i < Logits.Length; i++)
            Assert.Equal(weight * ((positive ? 1 : 0) - 1 / (1 + Math.Exp(-(double)Logits[i]))), fast[i], 1e-6 * weight);
    }
}
