using TorchSharp;
using Trainers.Torch;

namespace Tests.Trainers.Torch;

/// <summary>What dropout draws from.</summary>
[Collection(nameof(Libtorch))]
public sealed class TorchDrawsTests
{
    [Fact]
    public void On_the_cpu_trainings_beside_each_other_draw_from_their_own_seeds()
    {
        Libtorch.Require();
        using TorchDraws one = new(torch.CPU), other = new(torch.CPU);
        float[] alone = Draw(one, 5, () => { });
        Assert.Equal(alone, Draw(one, 5, () => Draw(other, 6, () => { })));
        Assert.NotEqual(alone, Draw(other, 6, () => { }));
    }

    // libtorch fills no tensor of a GPU from a generator of the CPU, and TorchSharp makes no others. "meta" stands for a GPU, as it needs none.
    [Fact]
    public async Task Elsewhere_they_draw_one_at_a_time_from_the_devices_own_generator()
    {
        Libtorch.Require();
        torch.Device device = torch.device(DeviceType.META);
        int inside = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            using var draws = new TorchDraws(device);
            Assert.Null(draws.Generator);
            using torch.Tensor drawn = draws.From(seed, () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Sleep(5);
                Interlocked.Decrement(ref inside);
                return torch.zeros(1);
            });
        })));
        Assert.Equal(1, most);
    }

    private static float[] Draw(TorchDraws draws, long seed, Action between)
    {
        using torch.Tensor drawn = draws.From(seed, () =>
        {
            between();
            return torch.zeros(100).bernoulli_(0.5, draws.Generator);
        });
        return [.. drawn.data<float>()];
    }
}
