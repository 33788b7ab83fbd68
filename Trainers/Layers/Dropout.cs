using System.Numerics;
using Trainers.Kernels;

namespace Trainers.Layers;

/// <summary>Dropout of a pack's rows: each sequence has a mask of its own, so it does not matter what it is packed with. Its own derivative.</summary>
/// <param name="place">which dropout of the network this is</param>
internal sealed class Dropout<T>(int place)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="pack">whose rows they are</param>
    /// <param name="stride">of a row</param>
    /// <param name="rate">the probability of becoming zero</param>
    /// <param name="values">rows x stride, in place</param>
    public void Apply(SequencePack pack, int stride, double rate, Span<T> values)
    {
        if (rate == 0)
            return;
        foreach (PackedSequence sequence in pack.Sequences)
            DropoutMask.Apply(values.Slice(sequence.First * stride, sequence.Rows * stride), sequence.KeyOf(place), rate);
    }
}
