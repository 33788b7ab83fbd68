using System.Numerics;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.Losses;

/// <summary>What one thread needs to compute a loss, apart from buffers of the loss itself.</summary>
/// <param name="Negatives">over the items of training</param>
/// <param name="HistoryOf">a user's items in training, which are never drawn as negatives</param>
internal sealed record LossContext(NegativeSampler Negatives, Func<int, ReadOnlyMemory<int>> HistoryOf)
{
    // Far from the places of dropout.
    private const int NegativesPlace = 1 << 20;

    /// <summary>Excludes the sequence's user's items, and gives the source of its negatives.</summary>
    public SplitMix64 Begin(PackedSequence sequence)
    {
        Negatives.Exclude(HistoryOf(sequence.User).Span);
        return new SplitMix64(sequence.KeyOf(NegativesPlace));
    }
}

/// <summary>A loss over the positions of packed sequences: each position's vector should score its target above other items.</summary>
/// <remarks>Legend: n rows of a pack, S padded row, I items. Not for several threads: each has its own.</remarks>
internal interface ISequenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="pack">n rows</param>
    /// <param name="outputs">n x S vectors of the positions</param>
    /// <param name="items">I x S</param>
    /// <param name="weight">of each position: the loss is the weighted sum</param>
    /// <param name="slopes">n x S, the gradient of the outputs, overwritten</param>
    /// <param name="gradients">of the items, added to</param>
    /// <returns>the loss of this pack</returns>
    double Compute(SequencePack pack, ReadOnlySpan<T> outputs, ItemTable<T> items, T weight, Span<T> slopes, RowGradients<T> gradients);
}
