using TorchSharp;
using Trainers.Kernels;

namespace Trainers.Torch;

/// <summary>A parameter and its moments on the device.</summary>
internal sealed class TorchParameter : IDisposable
{
    private readonly torch.Tensor _first, _second;

    /// <param name="values">floats or doubles, row-major</param>
    /// <param name="shape">of it</param>
    /// <param name="device">where it shall be</param>
    public TorchParameter(Array values, int[] shape, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        Value = torch.from_array(values).clone().reshape([.. shape.Select(size => (long)size)]).to(device).DetachFromDisposeScope();
        (_first, _second) = (torch.zeros_like(Value).DetachFromDisposeScope(), torch.zeros_like(Value).DetachFromDisposeScope());
        Value.requires_grad = true;
    }

    public torch.Tensor Value { get; }

    /// <summary>The step of Adam, by the arithmetic of <see cref="AdamStep.Apply"/>; without recording gradients.</summary>
    /// <param name="gradient">of the same shape</param>
    /// <param name="rows">only these move, the others and their moments rest; null for all</param>
    /// <param name="step">which</param>
    public void Move(torch.Tensor gradient, torch.Tensor? rows, AdamStep step)
    {
        torch.Tensor g = Pick(gradient), m = Pick(_first), v = Pick(_second), w = Pick(Value);
        m.add_((g - m) * (1 - step.Beta1));
        v.add_((g * g - v) * (1 - step.Beta2));
        w.sub_(m * step.Rate / (v.sqrt() + step.Epsilon));
        if (rows is null)
            return;
        _first.index_copy_(0, rows, m);
        _second.index_copy_(0, rows, v);
        Value.index_copy_(0, rows, w);

        torch.Tensor Pick(torch.Tensor all) => rows is null ? all : all.index_select(0, rows);
    }

    public void Dispose()
    {
        Value.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
