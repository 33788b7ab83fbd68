using TorchSharp;
using Trainers.Kernels;

namespace Trainers.Torch;

/// <summary>A parameter and its moments on the device.</summary>
internal sealed class TorchParameter : IDisposable
{
    /// <param name="shape">its sizes</param>
    /// <param name="type">of its numbers</param>
    /// <param name="device">where it shall be</param>
    public TorchParameter(int[] shape, torch.ScalarType type, torch.Device device)
    {
        long[] size = [.. shape.Select(n => (long)n)];
        (Value, First, Second) = (Zeros(), Zeros(), Zeros());
        Value.requires_grad = true;

        torch.Tensor Zeros() => torch.zeros(size, dtype: type, device: device).DetachFromDisposeScope();
    }

    public torch.Tensor Value { get; }

    /// <summary>Adam's first moment.</summary>
    public torch.Tensor First { get; }

    /// <summary>Adam's second moment.</summary>
    public torch.Tensor Second { get; }

    /// <summary>Takes over what another engine left; without recording gradients.</summary>
    /// <param name="value">row-major, floats or doubles, as <paramref name="first"/> and <paramref name="second"/></param>
    public void Set(Array value, Array first, Array second)
    {
        Copy(value, Value);
        Copy(first, First);
        Copy(second, Second);

        static void Copy(Array from, torch.Tensor to) => to.copy_(torch.from_array(from).reshape(to.shape));
    }

    /// <summary>The step of Adam, by the arithmetic of <see cref="AdamStep.Apply"/>; without recording gradients.</summary>
    /// <param name="gradient">of the same shape</param>
    /// <param name="rows">only these move, the others and their moments rest; null for all</param>
    /// <param name="step">which</param>
    public void Move(torch.Tensor gradient, torch.Tensor? rows, AdamStep step)
    {
        torch.Tensor g = Pick(gradient), m = Pick(First), v = Pick(Second), w = Pick(Value);
        m.add_((g - m) * (1 - step.Beta1));
        v.add_((g * g - v) * (1 - step.Beta2));
        w.sub_(m * step.Rate / (v.sqrt() + step.Epsilon));
        if (rows is null)
            return;
        First.index_copy_(0, rows, m);
        Second.index_copy_(0, rows, v);
        Value.index_copy_(0, rows, w);

        torch.Tensor Pick(torch.Tensor all) => rows is null ? all : all.index_select(0, rows);
    }

    public void Dispose()
    {
        Value.Dispose();
        First.Dispose();
        Second.Dispose();
    }
}
