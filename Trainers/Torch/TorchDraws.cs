using TorchSharp;

namespace Trainers.Torch;

/// <summary>What dropout draws from.</summary>
/// <remarks>
/// TorchSharp makes every generator on the CPU, whatever device it is asked for, and libtorch fills no tensor of a GPU from one. There the device's own is left, of which
/// the process has one: so that a training's draws follow from its seed alone, one training at a time seeds it and draws.
/// </remarks>
/// <param name="device">where the tensors are that are filled</param>
internal sealed class TorchDraws(torch.Device device) : IDisposable
{
    private static readonly Lock Shared = new();

    /// <summary>Ours, as several models may train at once; null for the device's own.</summary>
    public torch.Generator? Generator { get; } = device.type == DeviceType.CPU ? new torch.Generator() : null;

    /// <summary>Does all that draws from the seed.</summary>
    public torch.Tensor From(long seed, Func<torch.Tensor> draw)
    {
        if (Generator is not null)
        {
            Generator.manual_seed(seed);
            return draw();
        }

        lock (Shared)
        {
            // torch.manual_seed would seed the CPU's.
            torch.cuda.manual_seed(seed);
            return draw();
        }
    }

    public void Dispose() => Generator?.Dispose();
}
