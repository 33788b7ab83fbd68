using System.Numerics;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>One thread's room for a pack on its way through the network. Legend: N most rows, S padded row, A heads x padded head.</summary>
internal sealed class EncoderState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public EncoderState(SequenceEncoder<T> encoder, int longest)
    {
        int rows = SequencePack.CapacityFor(longest);
        Pack = new SequencePack(rows);
        Embedded = new AlignedBuffer<T>((long)rows * encoder.Stride);
        Output = new AlignedBuffer<T>((long)rows * encoder.Stride);
        Slopes = new AlignedBuffer<T>((long)rows * encoder.Stride);
        Scratch = new AlignedBuffer<T>((long)rows * (4 * encoder.AttentionStride + 2 * encoder.Stride));
        Norm = new LayerNormState<T>(rows, encoder.Stride);
        Blocks = encoder.NewBlockStates(rows, SequencePack.RowsOf(longest));
    }

    /// <summary>What goes in.</summary>
    public SequencePack Pack { get; }

    public AlignedBuffer<T> Embedded { get; }

    /// <summary>N x S: what comes out.</summary>
    public AlignedBuffer<T> Output { get; }

    /// <summary>N x S: the loss's gradient of the output in, that of the embedded items out.</summary>
    public AlignedBuffer<T> Slopes { get; }

    public AlignedBuffer<T> Scratch { get; }

    public LayerNormState<T> Norm { get; }

    public BlockState<T>[] Blocks { get; }
}

/// <summary>From items to one vector per position: embedding, dropout, blocks, a last normalisation.</summary>
internal sealed class SequenceEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceEmbedding<T> _embedding;
    private readonly Dropout<T> _dropout = new(0);
    private readonly TransformerBlock<T>[] _blocks;
    private readonly LayerNorm<T> _norm;

    public SequenceEncoder(int dimension, int heads, int blocks, int maxLength)
    {
        (Heads, Blocks, MaxLength) = (heads, blocks, maxLength);
        Stride = Padding.Stride(dimension);
        AttentionStride = heads * Padding.Stride(dimension / heads);
        _embedding = new SequenceEmbedding<T>(Layout, dimension, maxLength);
        // A block has two places of its own and one per head.
        _blocks = [.. Enumerable.Range(0, blocks).Select(block => new TransformerBlock<T>(Layout, dimension, heads, 1 + block * (2 + heads)))];
        _norm = new LayerNorm<T>(Layout, dimension);
    }

    public ParameterLayout Layout { get; } = new();

    public int Heads { get; }

    public int Blocks { get; }

    /// <summary>How many of a history's last items it looks at.</summary>
    public int MaxLength { get; }

    /// <summary>S</summary>
    public int Stride { get; }

    /// <summary>A</summary>
    public int AttentionStride { get; }

    /// <summary>What an item's gradient must be multiplied by: the gradient of the embedded item times this.</summary>
    public T ItemScale => _embedding.Scale;

    public BlockState<T>[] NewBlockStates(int rows, int longest) => [.. _blocks.Select(block => block.NewState(rows, longest))];

    /// <summary>The state's pack to its output.</summary>
    /// <param name="w">parameters</param>
    /// <param name="items">I x S</param>
    /// <param name="dropout">its rate; 0 to score</param>
    /// <param name="state">filled</param>
    public void Forward(Weights<T> w, ReadOnlySpan<T> items, double dropout, EncoderState<T> state)
    {
        SequencePack pack = state.Pack;
        _embedding.Forward(w, items, pack, state.Embedded.Span);
        _dropout.Apply(pack, Stride, dropout, state.Embedded.Span);
        ReadOnlySpan<T> x = state.Embedded.Span;
        for (int block = 0; block < _blocks.Length; block++)
        {
            _blocks[block].Forward(w, pack, dropout, x, state.Blocks[block]);
            x = state.Blocks[block].Output.Span;
        }

        _norm.Forward(w, x, pack.Rows, state.Norm, state.Output.Span);
    }

    /// <summary>The state's slopes: of its output in, of the sum of scaled item and position out.</summary>
    public void Backward(Weights<T> w, double dropout, EncoderState<T> state, Span<T> gradients)
    {
        SequencePack pack = state.Pack;
        Span<T> slopes = state.Slopes.Span[..(pack.Rows * Stride)];
        _norm.Backward(w, slopes, pack.Rows, state.Norm, gradients, slopes);
        for (int block = _blocks.Length - 1; block >= 0; block--)
        {
            ReadOnlySpan<T> x = block == 0 ? state.Embedded.Span : state.Blocks[block - 1].Output.Span;
            _blocks[block].Backward(w, pack, dropout, x, state.Blocks[block], slopes, state.Scratch.Span, gradients);
        }

        _dropout.Apply(pack, Stride, dropout, slopes);
        _embedding.Backward(pack, slopes, gradients);
    }
}
