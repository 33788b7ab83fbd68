using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>What one block keeps for the way back. Legend: N most rows, S padded row.</summary>
internal sealed class BlockState<T>(int rows, int longest, int stride, int heads, int headStride)
    where T : unmanaged
{
    public LayerNormState<T> QueryNorm { get; } = new(rows, stride);

    public LayerNormState<T> ForwardNorm { get; } = new(rows, stride);

    public AttentionState<T> Attention { get; } = new(rows, longest, heads, headStride);

    /// <summary>N x S: the normalised input, from which queries are made.</summary>
    public AlignedBuffer<T> Normed { get; } = new((long)rows * stride);

    /// <summary>N x S: what goes into the point-wise network.</summary>
    public AlignedBuffer<T> Middle { get; } = new((long)rows * stride);

    public AlignedBuffer<T> Hidden { get; } = new((long)rows * stride);

    public AlignedBuffer<T> Output { get; } = new((long)rows * stride);
}

/// <summary>
/// q = norm(x); y = q + attention(q Wq, x Wk, x Wv); z = norm(y); output z + network(z): queries are normalised, keys and values are not,
/// and both residuals add what is normalised, as in the authors' code.
/// </summary>
internal sealed class TransformerBlock<T>(ParameterLayout layout, int dimension, int heads, int place)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride = Padding.Stride(dimension), _headStride = Padding.Stride(dimension / heads), _headDimension = dimension / heads;
    private readonly LayerNorm<T> _queryNorm = new(layout, dimension), _forwardNorm = new(layout, dimension);
    private readonly Linear<T> _queries = new(layout, dimension, heads, dimension / heads);
    private readonly Linear<T> _keys = new(layout, dimension, heads, dimension / heads);
    private readonly Linear<T> _values = new(layout, dimension, heads, dimension / heads);
    private readonly CausalAttention<T> _attention = new(heads, dimension / heads, place + 2);
    private readonly FeedForward<T> _network = new(layout, dimension, place);

    public BlockState<T> NewState(int rows, int longest) => new(rows, longest, _stride, heads, _headStride);

    /// <param name="w">parameters</param>
    /// <param name="pack">n rows</param>
    /// <param name="dropout">its rate</param>
    /// <param name="x">n x S</param>
    /// <param name="state">filled; its output is the block's</param>
    public void Forward(Weights<T> w, SequencePack pack, double dropout, ReadOnlySpan<T> x, BlockState<T> state)
    {
        int rows = pack.Rows;
        Span<T> normed = state.Normed.Span;
        _queryNorm.Forward(w, x, rows, state.QueryNorm, normed);
        _queries.Forward(w, normed, rows, state.Attention.Queries.Span);
        _keys.Forward(w, x, rows, state.Attention.Keys.Span);
        _values.Forward(w, x, rows, state.Attention.Values.Span);
        _attention.Forward(pack, dropout, state.Attention);
        Span<T> sum = state.Output.Span[..(rows * _stride)];
        normed[..sum.Length].CopyTo(sum);
        Join(state.Attention.Output.Span, rows, sum);
        _forwardNorm.Forward(w, sum, rows, state.ForwardNorm, state.Middle.Span);
        _network.Forward(w, pack, dropout, state.Middle.Span, state.Hidden.Span, state.Output.Span);
    }

    /// <param name="w">parameters</param>
    /// <param name="pack">n rows</param>
    /// <param name="dropout">its rate</param>
    /// <param name="x">n x S, as on the way forth</param>
    /// <param name="state">as the way forth left it</param>
    /// <param name="slopes">n x S: of the output in, of x out</param>
    /// <param name="scratch">room for 4 n x A and n x S</param>
    /// <param name="gradients">of the parameters, added to</param>
    public void Backward(Weights<T> w, SequencePack pack, double dropout, ReadOnlySpan<T> x, BlockState<T> state, Span<T> slopes, Span<T> scratch, Span<T> gradients)
    {
        int rows = pack.Rows, length = rows * _stride, wide = rows * heads * _headStride;
        _network.Backward(w, pack, dropout, state.Middle.Span, state.Hidden.Span, slopes, scratch, gradients);
        Span<T> dNormed = slopes[..length];
        _forwardNorm.Backward(w, dNormed, rows, state.ForwardNorm, gradients, dNormed);

        Span<T> dOutput = scratch[..wide], dQueries = scratch.Slice(wide, wide), dKeys = scratch.Slice(2 * wide, wide), dValues = scratch.Slice(3 * wide, wide);
        Span<T> dx = scratch.Slice(4 * wide, length);
        scratch[..(4 * wide + length)].Clear();
        Split(dNormed, rows, dOutput);
        _attention.Backward(pack, dropout, state.Attention, dOutput, dQueries, dKeys, dValues);
        _queries.Backward(w, state.Normed.Span, dQueries, rows, gradients, dNormed);
        _keys.Backward(w, x, dKeys, rows, gradients, dx);
        _values.Backward(w, x, dValues, rows, gradients, dx);
        _queryNorm.Backward(w, dNormed, rows, state.QueryNorm, gradients, dNormed);
        TensorPrimitives.Add(dNormed, dx, dNormed);
    }

    // From padded heads side by side to a padded row, added.
    private void Join(ReadOnlySpan<T> byHead, int rows, Span<T> sum)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                Span<T> target = sum.Slice(row * _stride + head * _headDimension, _headDimension);
                TensorPrimitives.Add(target, byHead.Slice((row * heads + head) * _headStride, _headDimension), target);
            }
        }
    }

    private void Split(ReadOnlySpan<T> sum, int rows, Span<T> byHead)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int head = 0; head < heads; head++)
                sum.Slice(row * _stride + head * _headDimension, _headDimension).CopyTo(byHead[((row * heads + head) * _headStride)..]);
        }
    }
}
