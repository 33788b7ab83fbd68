using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.Losses;

/// <summary>
/// log(1 + exp(-s+)) + sum over K negatives of log(1 + exp(s-)), each position with negatives of its own: Kang and McAuley, equation 6.
/// </summary>
/// <param name="context">of this thread</param>
/// <param name="negatives">K</param>
internal sealed class BinaryCrossEntropy<T>(LossContext context, int negatives) : ISequenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public double Compute(SequencePack pack, ReadOnlySpan<T> outputs, ItemTable<T> items, T weight, Span<T> slopes, RowGradients<T> gradients)
    {
        int stride = items.Stride;
        slopes[..(pack.Rows * stride)].Clear();
        int copy = gradients.AddRows(pack.Rows, out Span<T> rows);
        outputs[..(pack.Rows * stride)].CopyTo(rows);
        double loss = 0;
        foreach (PackedSequence sequence in pack.Sequences)
        {
            SplitMix64 random = context.Begin(sequence);
            for (int row = sequence.First; row < sequence.First + sequence.Length; row++)
            {
                if (pack.Targets[row] < 0)
                    continue;
                ReadOnlySpan<T> output = outputs.Slice(row * stride, stride);
                Span<T> slope = slopes.Slice(row * stride, stride);
                loss += Pair(pack.Targets[row], isPositive: true, output, slope, copy + row);
                for (int k = 0; k < negatives && context.Negatives.Any; k++)
                    loss += Pair(context.Negatives.Draw(random), isPositive: false, output, slope, copy + row);
            }
        }

        return double.CreateChecked(weight) * loss;

        double Pair(int item, bool isPositive, ReadOnlySpan<T> output, Span<T> slope, int row)
        {
            ReadOnlySpan<T> vector = items.Values.Rows(item, 1, stride);
            double score = double.CreateChecked(TensorPrimitives.Dot(output, vector));
            double wrong = isPositive ? -score : score, small = Math.Exp(-Math.Abs(wrong));
            double sigmoid = (wrong > 0 ? 1 : small) / (1 + small);
            T factor = weight * T.CreateChecked(isPositive ? -sigmoid : sigmoid);
            TensorPrimitives.MultiplyAdd(vector, factor, slope, slope);
            gradients.Add(item, row, factor);
            return Math.Max(wrong, 0) + Math.Log(1 + small);
        }
    }
}
