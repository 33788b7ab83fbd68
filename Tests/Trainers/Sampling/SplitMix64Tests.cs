using Trainers.Sampling;

namespace Tests.Trainers.Sampling;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Integers_are_uniform()
    {
        // Chi-square with 6 degrees of freedom: 22.5 is passed once in a thousand; the seed is fixed.
        var random = new SplitMix64(3);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.NextInt(7)]++;
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 22.5);
        Assert.Equal(0, random.NextInt(1));
        Assert.InRange(random.NextInt(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void Gaussians_have_mean_0_variance_1_and_kurtosis_3()
    {
        var random = new SplitMix64(5);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian())];
        Assert.InRange(values.Average(), -0.015, 0.015);
        Assert.InRange(values.Average(x => x * x), 0.98, 1.02);
        Assert.InRange(values.Average(x => x * x * x * x), 2.9, 3.1);
    }

    [Fact]
    public void Doubles_are_in_the_unit_interval()
    {
        var random = new SplitMix64(7);
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextDouble())];
        Assert.All(values, value => Assert.InRange(value, 0, 1 - 1e-16));
        Assert.InRange(values.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Streams_of_one_seed_differ_and_repeat()
    {
        ulong[] First(ulong seed, ulong stream)
        {
            var random = SplitMix64.ForStream(seed, stream);
            return [random.NextUInt64(), random.NextUInt64()];
        }

        Assert.Equal(First(1, 2), First(1, 2));
        Assert.Equal(400, Enumerable.Range(0, 400).Select(i => First((ulong)(i / 20), (ulong)(i % 20))[1]).Distinct().Count());
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_every_order_occurs()
    {
        var random = new SplitMix64(9);
        var orders = new HashSet<string>();
        for (int i = 0; i < 300; i++)
        {
            int[] values = [1, 2, 3, 4];
            random.Shuffle<int>(values);
            orders.Add(string.Join("", values));
            Assert.Equal([1, 2, 3, 4], values.Order());
        }

        Assert.Equal(24, orders.Count);
    }
}
