using Evaluation.Ranking.Kernels;

namespace Tests.Evaluation.Ranking.Kernels;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bits_are_those_of_the_scalar_twin(bool orEqual)
    {
        var random = new Random(1);
        float[] special = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, 0f, -0f, 1f];
        int some = 0;
        for (int round = 0; round < 500; round++)
        {
            float[] scores = [.. Enumerable.Range(0, Threshold.Block).Select(_ => random.Next(4) == 0 ? special[random.Next(special.Length)] : random.Next(-3, 4))];
            float threshold = round % 10 == 0 ? float.NegativeInfinity : random.Next(-3, 5);
            uint passing = Threshold.Passing(scores, threshold, orEqual);
            Assert.Equal(Threshold.PassingScalar(scores, threshold, orEqual), passing);
            for (int i = 0; i < scores.Length; i++)
                Assert.Equal(float.IsNaN(scores[i]) || scores[i] > threshold || (orEqual && scores[i] == threshold), (passing >> i & 1) == 1);
            some += passing == 0 ? 0 : 1;
        }

        Assert.InRange(some, 100, 500);
    }

    [Fact]
    public void Nothing_passes_what_is_greater_than_all() => Assert.Equal(0u, Threshold.Passing(new float[Threshold.Block], 1, orEqual: true));
}
