using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Layers;

namespace Trainers.LanguageMap;

/// <summary>From language space to behaviour space: h = W2 leaky(W1 z + b1) + b2, or h = W z + b. AlphaRec, equation 2.</summary>
/// <remarks>
/// Legend: n rows, a multiple of 8; T padded text vector, A padded hidden layer, S padded vector. Rows are divided into the same parts whatever
/// the threads, and the parts' gradients are added in their order.
/// </remarks>
internal sealed class LanguageProjection<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Parts = 32;

    private static readonly T Slope = T.CreateChecked(0.01);

    private readonly ParameterLayout _layout;
    private readonly Linear<T>? _inner;
    private readonly Linear<T> _outer;
    private readonly int _text, _hidden, _stride;

    /// <param name="layout">of all parameters</param>
    /// <param name="text">length of a text vector</param>
    /// <param name="hidden">width of the hidden layer; 0 for a linear map</param>
    /// <param name="dimension">length of an embedding</param>
    public LanguageProjection(ParameterLayout layout, int text, int hidden, int dimension)
    {
        (_layout, _text, _hidden, _stride) = (layout, Kernels.Padding.Stride(text), hidden == 0 ? 0 : Kernels.Padding.Stride(hidden), Kernels.Padding.Stride(dimension));
        _inner = hidden == 0 ? null : new Linear<T>(layout, text, 1, hidden);
        _outer = new Linear<T>(layout, hidden == 0 ? text : hidden, 1, dimension);
    }

    /// <summary>What <see cref="Forward"/> keeps for the way back, per row.</summary>
    public int KeptPerRow => _hidden;

    /// <param name="w">parameters</param>
    /// <param name="z">n x T</param>
    /// <param name="rows">n</param>
    /// <param name="kept">n x A, overwritten</param>
    /// <param name="h">n x S, overwritten</param>
    /// <param name="parallel">how</param>
    public void Forward(Weights<T> w, T[] z, int rows, T[] kept, T[] h, ParallelOptions parallel) => ForParts(rows, parallel, (first, count, _) =>
    {
        Span<T> own = h.AsSpan(first * _stride, count * _stride);
        ReadOnlySpan<T> source = z.AsSpan(first * _text, count * _text);
        if (_inner is null)
        {
            _outer.Forward(w, source, count, own);
            return;
        }

        Span<T> hidden = kept.AsSpan(first * _hidden, count * _hidden);
        _inner.Forward(w, source, count, hidden);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = hidden[i] > T.Zero ? hidden[i] : Slope * hidden[i];
        _outer.Forward(w, hidden, count, own);
    });

    /// <param name="w">parameters</param>
    /// <param name="z">n x T</param>
    /// <param name="kept">n x A, from the way forth</param>
    /// <param name="dh">n x S</param>
    /// <param name="rows">n</param>
    /// <param name="gradients">of the parameters, added to</param>
    /// <param name="parallel">how</param>
    public void Backward(Weights<T> w, T[] z, T[] kept, T[] dh, int rows, Span<T> gradients, ParallelOptions parallel)
    {
        var parts = new T[Parts][];
        ForParts(rows, parallel, (first, count, part) =>
        {
            parts[part] = new T[_layout.Length];
            ReadOnlySpan<T> source = z.AsSpan(first * _text, count * _text), gradient = dh.AsSpan(first * _stride, count * _stride);
            if (_inner is null)
            {
                _outer.Backward(w, source, gradient, count, parts[part], new T[count * _text]);
                return;
            }

            ReadOnlySpan<T> hidden = kept.AsSpan(first * _hidden, count * _hidden);
            var dHidden = new T[count * _hidden];
            _outer.Backward(w, hidden, gradient, count, parts[part], dHidden);
            for (int i = 0; i < dHidden.Length; i++)
                dHidden[i] = hidden[i] > T.Zero ? dHidden[i] : Slope * dHidden[i];
            _inner.Backward(w, source, dHidden, count, parts[part], new T[count * _text]);
        });
        foreach (T[]? part in parts)
        {
            if (part is not null)
                TensorPrimitives.Add(gradients, part, gradients);
        }
    }

    private static void ForParts(int rows, ParallelOptions parallel, Action<int, int, int> work)
    {
        int size = ((rows / 8) + Parts - 1) / Parts * 8;
        Parallel.For(0, (rows + size - 1) / size, parallel, part => work(part * size, Math.Min(size, rows - (part * size)), part));
    }
}
