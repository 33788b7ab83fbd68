using Trainers.Kernels;
using Trainers.Layers;

namespace Trainers.SelfAttention;

/// <summary>An estimate, from above, of what a training allocates.</summary>
internal static class SasrecMemory
{
    private const int Parts = 16;

    public static long Bytes(SasrecOptions options, Interactions interactions, int threads)
    {
        int longest = 1;
        for (int user = 0; user < interactions.UserCount; user++)
            longest = Math.Max(longest, Math.Min(interactions.CountOf(user), options.MaxLength));
        long items = Math.Min(interactions.ItemCount, interactions.Count), stride = Padding.Stride(options.Dimension);
        long wide = (long)options.Heads * Padding.Stride(Math.Max(1, options.Dimension / options.Heads));
        long rows = SequencePack.CapacityFor(longest), square = Padding.Stride(SequencePack.RowsOf(longest));
        long perThread = options.Blocks * rows * (8 * stride + 4 * wide + (options.Heads + 3) * square) + 10 * rows * stride;
        long parameters = options.Blocks * 6 * stride * wide + options.MaxLength * stride;
        long tables = items * stride * (options.TieOutput ? 5 : 9);
        long batchRows = Math.Min(options.BatchSize, interactions.UserCount) * (long)SequencePack.RowsOf(longest);
        long summands = batchRows * stride * 4 + batchRows * 8 * (options.Loss == SasrecLoss.Bce ? options.NegativesFor((int)items) + 2 : 2);
        if (options.Engine == SasrecEngine.Torch)
            return sizeof(float) * (perThread * threads + 4 * parameters + tables + Recorded(options, Math.Min(options.BatchSize, interactions.UserCount), longest, items)) + interactions.Count * 8L;
        if (options.Loss is SasrecLoss.Gbce or SasrecLoss.SampledSoftmax)
            summands += Math.Min(options.BatchSize, interactions.UserCount) * (long)options.NegativesFor((int)items) * (2 * stride + 12);
        if (options.ScoresAllItems)
            summands += (Parts + 1) * items * stride + threads * items * 64;
        return sizeof(float) * (perThread * threads + parameters * (Parts + 5) + tables + summands) + interactions.Count * 8L;
    }

    /// <summary>Floats that torch holds of a batch until its gradients are known, as counted in the encoder and the losses; on a GPU they are the GPU's.</summary>
    private static long Recorded(SasrecOptions options, long users, long longest, long items)
    {
        if (options.Device == SasrecDevice.Cuda)
            return 0;
        long positions = users * longest, d = options.Dimension, k = options.NegativesFor((int)items);
        long scores = options.Loss switch
        {
            SasrecLoss.CrossEntropy or SasrecLoss.CrossEntropyUnseen => 4 * positions * items,
            SasrecLoss.Bce => positions * k * (4 * d + 8),
            _ => 8 * positions * k + 3 * users * k * d,
        };
        return options.Blocks * (44 * positions * d + 5 * positions * longest * options.Heads) + 4 * positions * longest * options.Heads + scores;
    }
}
