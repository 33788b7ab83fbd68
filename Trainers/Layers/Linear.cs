using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>Y = X W + b. Legend: n rows, a multiple of 8; X n x S, W S x A, Y n x A.</summary>
internal sealed class Linear<T>(ParameterLayout layout, int dimension, int heads, int headDimension)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Slot _weight = layout.Matrix(dimension, heads, headDimension);
    private readonly Slot _bias = layout.Vector(heads, headDimension, Start.Zero);

    /// <param name="w">parameters</param>
    /// <param name="x">n x S</param>
    /// <param name="rows">n</param>
    /// <param name="y">n x A, overwritten</param>
    public void Forward(Weights<T> w, ReadOnlySpan<T> x, int rows, Span<T> y)
    {
        ReadOnlySpan<T> bias = w[_bias];
        for (int row = 0; row < rows; row++)
            bias.CopyTo(y[(row * _weight.Stride)..]);
        Gemm.Add(x, _weight.Rows, 1, w[_weight], _weight.Stride, y, _weight.Stride, rows, _weight.Stride, _weight.Rows);
    }

    /// <param name="w">parameters</param>
    /// <param name="x">n x S, as on the way forth</param>
    /// <param name="dy">n x A</param>
    /// <param name="rows">n</param>
    /// <param name="gradients">of the parameters, added to</param>
    /// <param name="dx">n x S, added to</param>
    public void Backward(Weights<T> w, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, int rows, Span<T> gradients, Span<T> dx)
    {
        Span<T> dBias = _bias.Of(gradients);
        for (int row = 0; row < rows; row++)
            TensorPrimitives.Add(dBias, dy.Slice(row * _weight.Stride, _weight.Stride), dBias);
        Gemm.Add(x, 1, _weight.Rows, dy, _weight.Stride, _weight.Of(gradients), _weight.Stride, _weight.Rows, _weight.Stride, rows);
        Gemm.Add(dy, _weight.Stride, 1, w.Transposed(_weight), _weight.Rows, dx, _weight.Rows, rows, _weight.Rows, _weight.Stride);
    }
}
