using System.Numerics;
using Trainers.Kernels;
using Trainers.Sampling;

namespace Trainers.Layers;

/// <summary>The values of a layout's parameters, and the transposes of its matrices, which the way back needs.</summary>
/// <typeparam name="T">float to train, double to prove gradients</typeparam>
internal sealed class Weights<T>(ParameterLayout layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values = new(layout.Length), _transposed = new(layout.Length);

    public Span<T> Values => _values.Span;

    /// <summary>The parameter itself.</summary>
    public ReadOnlySpan<T> this[Slot slot] => slot.Of(_values.Span);

    /// <summary>A matrix's transpose, stride = its rows in memory.</summary>
    public ReadOnlySpan<T> Transposed(Slot slot) => slot.Of(_transposed.Span);

    /// <summary>Ones, zeros and normal numbers, each parameter from a stream of its own.</summary>
    public void Initialize(double standardDeviation, ulong seed)
    {
        for (int i = 0; i < layout.Slots.Count; i++)
        {
            Slot slot = layout.Slots[i];
            var random = SplitMix64.ForStream(seed, (1UL << 40) + (ulong)i);
            foreach (int index in slot.Live())
                _values.Span[index] = T.CreateChecked(slot.Start switch { Start.Zero => 0, Start.One => 1, _ => standardDeviation * random.NextGaussian() });
        }

        Refresh();
    }

    /// <summary>To be called after every change of the values.</summary>
    public void Refresh()
    {
        foreach (Slot slot in layout.Slots)
        {
            if (slot.Rows == Padding.Stride(slot.LiveRows) && slot.Start == Start.Normal)
                Gemm.Transpose(slot.Of<T>(_values.Span), slot.Stride, slot.Of(_transposed.Span), slot.Rows, slot.Rows, slot.Stride);
        }
    }
}
