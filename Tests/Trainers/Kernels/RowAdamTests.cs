using Trainers.Kernels;

namespace Tests.Trainers.Kernels;

public sealed class RowAdamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(67)]
    public void It_steps_as_published(int length)
    {
        const double rate = 0.03, decay = 0.2;
        var random = new Random(length);
        var adam = new RowAdam(rate, decay);
        float[] weights = Some.Floats(random, length), mean = new float[length], square = new float[length];
        float[] twin = [.. weights], twinMean = new float[length], twinSquare = new float[length];
        double[] w = [.. weights.Select(x => (double)x)], m = new double[length], v = new double[length];
        for (int step = 0; step < 20; step++)
        {
            float[] gradient = Some.Floats(random, length);
            adam.Update(step, gradient, mean, square, weights);
            adam.UpdateScalar(step, gradient, twinMean, twinSquare, twin);
            Some.SameBits(twin, weights);
            for (int i = 0; i < length; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                double corrected = m[i] / (1 - Math.Pow(0.9, step + 1)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step + 1))) + 1e-8);
                w[i] -= rate * (decay * w[i] + corrected);
                Assert.Equal(w[i], weights[i], 1e-5);
            }
        }
    }

    [Fact]
    public void A_long_training_keeps_its_rate()
    {
        var adam = new RowAdam(0.01, 0);
        float mean = 0.5f, square = 0.25f, weight = 0;
        adam.Update(int.MaxValue, 0.5f, ref mean, ref square, ref weight);
        Assert.Equal(-0.01, weight, 1e-6);
    }
}
