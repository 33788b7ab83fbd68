using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

/// <summary>Against printed tables.</summary>
public class TailTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.31731050786291410)]
    [InlineData(-1.959963984540054, 0.05)]
    [InlineData(2.5758293035489004, 0.01)]
    [InlineData(2.8284271247461903, 0.0046777349810472645)]
    [InlineData(5, 5.7330314375838780e-7)]
    [InlineData(8, 1.2441921148543568e-15)]
    public void Normal(double z, double p) => Assert.InRange(NormalTail.TwoSided(z) / p, 1 - 1e-11, 1 + 1e-11);

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(12.706204736432095, 1, 0.05)]
    [InlineData(4.3026527299112747, 2, 0.05)]
    [InlineData(-2.2281388519649385, 10, 0.05)]
    [InlineData(3.1692726726169509, 10, 0.01)]
    [InlineData(1.9718962236316093, 200, 0.05)]
    [InlineData(1.95996873, 500_000, 0.05)]
    [InlineData(0, 7, 1)]
    public void Student(double t, int v, double p) => Assert.InRange(StudentTail.TwoSided(t, v) / p, 1 - 1e-6, 1 + 1e-6);
}
