using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>x_t = sqrt(d) E[item t] + P[distance of t from the last item]; rows without an item are zero.</summary>
/// <remarks>
/// Counting positions from the end makes the last item's position always the same, as right-aligned sequences do in the authors' code.
/// Legend: E I x S, P L x S.
/// </remarks>
internal sealed class SequenceEmbedding<T>(ParameterLayout layout, int dimension, int maxLength)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Slot _positions = layout.Table(maxLength, dimension);

    /// <summary>What an item's vector is multiplied by.</summary>
    public T Scale { get; } = T.Sqrt(T.CreateChecked(dimension));

    public void Forward(Weights<T> w, ReadOnlySpan<T> items, SequencePack pack, Span<T> x)
    {
        int stride = Padding.Stride(dimension);
        ReadOnlySpan<T> positions = w[_positions];
        foreach (PackedSequence sequence in pack.Sequences)
        {
            for (int i = 0; i < sequence.Rows; i++)
            {
                Span<T> row = x.Slice((sequence.First + i) * stride, stride);
                if (i < sequence.Length)
                    TensorPrimitives.MultiplyAdd(items.Slice(pack.Inputs[sequence.First + i] * stride, stride), Scale, positions.Slice((sequence.Length - 1 - i) * stride, stride), row);
                else
                    row.Clear();
            }
        }
    }

    /// <summary>Of the positions; an item's gradient is <see cref="Scale"/> times its rows of dx.</summary>
    public void Backward(SequencePack pack, ReadOnlySpan<T> dx, Span<T> gradients)
    {
        int stride = Padding.Stride(dimension);
        Span<T> positions = _positions.Of(gradients);
        foreach (PackedSequence sequence in pack.Sequences)
        {
            for (int i = 0; i < sequence.Length; i++)
            {
                Span<T> position = positions.Slice((sequence.Length - 1 - i) * stride, stride);
                TensorPrimitives.Add(position, dx.Slice((sequence.First + i) * stride, stride), position);
            }
        }
    }
}
