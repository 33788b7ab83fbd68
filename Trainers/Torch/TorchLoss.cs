using TorchSharp;

namespace Trainers.Torch;

/// <summary>The mean loss over all positions with a target, as <see cref="Losses"/> has it.</summary>
/// <remarks>Legend: B sequences, n items of the longest, d dimension, P positions, K negatives, I items.</remarks>
internal static class TorchLoss
{
    /// <param name="outputs">B x n x d vectors of the positions</param>
    /// <param name="items">I x d vectors that are scored</param>
    /// <param name="batch">what is scored</param>
    /// <param name="options">which loss</param>
    public static torch.Tensor Compute(torch.Tensor outputs, torch.Tensor items, TorchBatch batch, SasrecOptions options)
    {
        (long b, long n, long d) = (outputs.shape[0], outputs.shape[1], outputs.shape[2]);
        torch.Tensor atTargets = outputs.reshape(b * n, d).index_select(0, batch.Positions);
        torch.Tensor positive = (atTargets * items.index_select(0, batch.Targets)).sum(1);
        if (options.Loss == SasrecLoss.CrossEntropy)
            return (atTargets.matmul(items.t()).logsumexp(1) - positive).mean();

        if (options.Loss == SasrecLoss.CrossEntropyUnseen)
        {
            torch.Tensor seen = batch.Seen(items.shape[0]).index_select(0, batch.Sequences);
            torch.Tensor unseen = atTargets.matmul(items.t()).masked_fill(seen, double.NegativeInfinity);
            return (torch.cat([positive.unsqueeze(1), unseen], 1).logsumexp(1) - positive).mean();
        }

        (long rows, long k) = (batch.Negatives.shape[0], batch.Negatives.shape[1]);
        torch.Tensor drawn = items.index_select(0, batch.Negatives.reshape(-1)).reshape(rows, k, d);
        // Each position's own: P x 1 x K; a sequence's: B x n x K.
        torch.Tensor scores = (options.Loss == SasrecLoss.Bce ? atTargets.unsqueeze(1) : outputs).bmm(drawn.transpose(1, 2));
        scores.masked_fill_(batch.WithoutNegatives.reshape(rows, 1, 1), double.NegativeInfinity);
        torch.Tensor negative = options.Loss == SasrecLoss.Bce ? scores.reshape(rows, k) : scores.reshape(b * n, k).index_select(0, batch.Positions);
        if (options.Loss == SasrecLoss.SampledSoftmax)
            return (torch.cat([positive.unsqueeze(1), negative], 1).logsumexp(1) - positive).mean();
        double beta = options.Loss == SasrecLoss.Gbce ? options.PositiveWeight((int)items.shape[0]) : 1;
        return -(positive.log_sigmoid() * beta + negative.neg().log_sigmoid().sum(1)).mean();
    }
}
