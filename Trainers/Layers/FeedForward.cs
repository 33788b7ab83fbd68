using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>
/// The point-wise network with its residual: z + dropout(dropout(relu(z W1 + b1)) W2 + b2), of inner width d. Kang and McAuley, equations 4 and 5.
/// </summary>
internal sealed class FeedForward<T>(ParameterLayout layout, int dimension, int place)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride = Padding.Stride(dimension);
    private readonly Linear<T> _inner = new(layout, dimension, 1, dimension), _outer = new(layout, dimension, 1, dimension);
    private readonly Dropout<T> _innerDropout = new(place), _outerDropout = new(place + 1);

    /// <param name="w">parameters</param>
    /// <param name="pack">n rows</param>
    /// <param name="dropout">its rate</param>
    /// <param name="z">n x S</param>
    /// <param name="hidden">n x S, kept for the way back</param>
    /// <param name="y">n x S</param>
    public void Forward(Weights<T> w, SequencePack pack, double dropout, ReadOnlySpan<T> z, Span<T> hidden, Span<T> y)
    {
        int length = pack.Rows * _stride;
        _inner.Forward(w, z, pack.Rows, hidden);
        TensorPrimitives.Max(hidden[..length], T.Zero, hidden);
        _innerDropout.Apply(pack, _stride, dropout, hidden);
        _outer.Forward(w, hidden, pack.Rows, y);
        _outerDropout.Apply(pack, _stride, dropout, y);
        TensorPrimitives.Add(y[..length], z[..length], y);
    }

    /// <param name="w">parameters</param>
    /// <param name="pack">n rows</param>
    /// <param name="dropout">its rate</param>
    /// <param name="z">n x S, as on the way forth</param>
    /// <param name="hidden">n x S, from the way forth; used up</param>
    /// <param name="dy">n x S; becomes the gradient of z</param>
    /// <param name="scratch">2 x n x S</param>
    /// <param name="gradients">of the parameters, added to</param>
    public void Backward(Weights<T> w, SequencePack pack, double dropout, ReadOnlySpan<T> z, ReadOnlySpan<T> hidden, Span<T> dy, Span<T> scratch, Span<T> gradients)
    {
        int length = pack.Rows * _stride;
        Span<T> dOuter = scratch[..length], dHidden = scratch.Slice(length, length);
        dy[..length].CopyTo(dOuter);
        _outerDropout.Apply(pack, _stride, dropout, dOuter);
        dHidden.Clear();
        _outer.Backward(w, hidden, dOuter, pack.Rows, gradients, dHidden);
        _innerDropout.Apply(pack, _stride, dropout, dHidden);
        Rectifier.Backward(hidden[..length], dHidden);
        _inner.Backward(w, z, dHidden, pack.Rows, gradients, dy);
    }
}
