namespace Tests.Gradients;

/// <summary>A checker that accepts everything proves nothing.</summary>
public sealed class GradientCheckTests
{
    private static double Loss(double[] x) => x.Select((value, i) => Math.Sin(value * (i + 1)) + value * x[0]).Sum();

    private static double[] Gradient(double[] x)
    {
        double[] gradient = [.. x.Select((value, i) => (i + 1) * Math.Cos(value * (i + 1)) + x[0])];
        gradient[0] += x.Sum();
        return gradient;
    }

    [Fact]
    public void A_right_gradient_is_accepted()
    {
        double[] at = [0.3, -0.7, 1.1, 0.2, -0.4];
        GradientCheck.Proves(Loss, at, Gradient(at), 1);
    }

    [Theory]
    [InlineData(0, 1e-5)]
    [InlineData(3, 1e-5)]
    [InlineData(4, -1e-4)]
    public void A_gradient_with_one_wrong_element_is_rejected(int element, double by)
    {
        double[] at = [0.3, -0.7, 1.1, 0.2, -0.4];
        double[] wrong = Gradient(at);
        wrong[element] *= 1 + by;
        Assert.Throws<Xunit.Sdk.TrueException>(() => GradientCheck.Proves(Loss, at, wrong, 1));
    }

    [Fact]
    public void A_gradient_of_the_wrong_sign_or_scale_is_rejected()
    {
        double[] at = [0.3, -0.7, 1.1, 0.2, -0.4];
        Assert.Throws<Xunit.Sdk.TrueException>(() => GradientCheck.Proves(Loss, at, [.. Gradient(at).Select(g => -g)], 1));
        Assert.Throws<Xunit.Sdk.TrueException>(() => GradientCheck.Proves(Loss, at, [.. Gradient(at).Select(g => 1.00001 * g)], 1));
    }
}
