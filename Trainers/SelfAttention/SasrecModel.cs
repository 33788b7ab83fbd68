using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Trainers.Checkpoints;
using Trainers.Kernels;
using Trainers.Layers;
using Trainers.Optimizers;

namespace Trainers.SelfAttention;

/// <summary>All parameters of a SASRec, and the encoder that uses them.</summary>
internal sealed class SasrecModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _first, _second;

    /// <param name="options">sizes and initialisation</param>
    /// <param name="names">by row, the items' numbers, from which each gets its initial values</param>
    /// <param name="seed">of the initialisation</param>
    public SasrecModel(SasrecOptions options, ReadOnlySpan<int> names, ulong seed)
    {
        Encoder = new SequenceEncoder<T>(options.Dimension, options.Heads, options.Blocks, options.MaxLength);
        Weights = new Weights<T>(Encoder.Layout);
        Weights.Initialize(options.InitStddev, seed);
        (_first, _second) = (new AlignedBuffer<T>(Encoder.Layout.Length), new AlignedBuffer<T>(Encoder.Layout.Length));
        Inputs = new ItemTable<T>(names.Length, options.Dimension);
        Inputs.Initialize(options.InitStddev, seed, 0, names);
        Outputs = Inputs;
        if (options.TieOutput)
            return;
        Outputs = new ItemTable<T>(names.Length, options.Dimension);
        Outputs.Initialize(options.InitStddev, seed, 1, names);
    }

    public SequenceEncoder<T> Encoder { get; }

    public Weights<T> Weights { get; }

    /// <summary>Vectors of the items of a history.</summary>
    public ItemTable<T> Inputs { get; }

    /// <summary>Vectors that score candidates: the same table, unless untied.</summary>
    public ItemTable<T> Outputs { get; }

    /// <summary>Moves all parameters but the item tables.</summary>
    public void Update(ReadOnlySpan<T> gradient, AdamStep step)
    {
        step.Apply(gradient, _first.Span, _second.Span, Weights.Values);
        Weights.Refresh();
    }

    /// <summary>All parameters with their moments; after new ones were read into it, <see cref="Weights{T}.Refresh"/> is due.</summary>
    public void Visit(IStateVisitor state)
    {
        state.Visit("weights", Weights.Values);
        state.Visit("weights.mean", _first.Span);
        state.Visit("weights.square", _second.Span);
        Inputs.Visit(state, "items");
        if (!ReferenceEquals(Inputs, Outputs))
            Outputs.Visit(state, "outputs");
    }

    /// <summary>A copy of every parameter.</summary>
    public T[][] Save() => ReferenceEquals(Inputs, Outputs)
        ? [Weights.Values.ToArray(), Inputs.Values.Span.ToArray()]
        : [Weights.Values.ToArray(), Inputs.Values.Span.ToArray(), Outputs.Values.Span.ToArray()];

    public void Restore(T[][] saved)
    {
        saved[0].CopyTo(Weights.Values);
        saved[1].CopyTo(Inputs.Values.Span);
        saved[^1].CopyTo(Outputs.Values.Span);
        Weights.Refresh();
    }

    /// <summary>The scores of all I items after a history, at most as long as the model looks back; not empty.</summary>
    public void Score(ReadOnlySpan<int> history, EncoderState<T> state, Span<T> scores)
    {
        state.Pack.Clear();
        state.Pack.Add(history, [], 0, 0);
        Encoder.Forward(Weights, Inputs.Values.Span, 0, state);
        ReadOnlySpan<T> last = state.Output.Rows(history.Length - 1, 1, Encoder.Stride);
        if (typeof(T) == typeof(float))
        {
            Dot.Rows(MemoryMarshal.Cast<T, float>(Outputs.Values.Span), Encoder.Stride, MemoryMarshal.Cast<T, float>(last), MemoryMarshal.Cast<T, float>(scores[..Outputs.Count]));
            return;
        }

        for (int item = 0; item < Outputs.Count; item++)
            scores[item] = TensorPrimitives.Dot(Outputs.Values.Rows(item, 1, Encoder.Stride), last);
    }
}
