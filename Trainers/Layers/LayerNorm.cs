using System.Numerics;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>What a layer normalisation keeps for the way back. Legend: N the most rows, S padded row.</summary>
internal sealed class LayerNormState<T>(int rows, int stride)
    where T : unmanaged
{
    /// <summary>N x S normalised rows.</summary>
    public AlignedBuffer<T> Normal { get; } = new((long)rows * stride);

    /// <summary>N: one over each row's standard deviation.</summary>
    public AlignedBuffer<T> Inverse { get; } = new(rows);
}

/// <summary>Ba, Kiros, Hinton: Layer normalization, 2016 (arXiv 1607.06450), with gain and bias.</summary>
internal sealed class LayerNorm<T>(ParameterLayout layout, int dimension)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const double Epsilon = 1e-8; // As in the code of SASRec's authors.

    private readonly Slot _gain = layout.Vector(dimension, Start.One);
    private readonly Slot _bias = layout.Vector(dimension, Start.Zero);

    public void Forward(Weights<T> w, ReadOnlySpan<T> x, int rows, LayerNormState<T> state, Span<T> y) =>
        Normalization.Forward(x, w[_gain], w[_bias], dimension, T.CreateChecked(Epsilon), state.Normal.Span, state.Inverse.Span[..rows], y);

    /// <param name="dy">n x S</param>
    /// <param name="dx">n x S, overwritten; may be dy</param>
    public void Backward(Weights<T> w, ReadOnlySpan<T> dy, int rows, LayerNormState<T> state, Span<T> gradients, Span<T> dx) =>
        Normalization.Backward(
            dy, state.Normal.Span, state.Inverse.Span[..rows], w[_gain], dimension, _gain.Of(gradients), _bias.Of(gradients), dx);
}
