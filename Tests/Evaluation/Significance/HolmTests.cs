using Evaluation.Significance;

namespace Tests.Evaluation.Significance;

public class HolmTests
{
    [Fact]
    public void By_hand()
    {
        double[] adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], adjusted[i], 14);
    }

    [Fact]
    public void Never_exceeds_1_and_keeps_the_order()
    {
        var random = new Random(2);
        double[] p = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        double[] adjusted = Holm.Adjust(p);
        Assert.All(adjusted, value => Assert.InRange(value, 0, 1));
        double[] inOrder = [.. adjusted.Zip(p).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        Assert.Equal(inOrder.Order(), inOrder);
        Assert.All(adjusted.Zip(p), pair => Assert.True(pair.First >= pair.Second));
    }

    [Fact]
    public void One_is_left_alone_and_none_is_none()
    {
        Assert.Equal([0.2], Holm.Adjust([0.2]));
        Assert.Empty(Holm.Adjust([]));
    }
}
