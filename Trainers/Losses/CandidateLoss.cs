using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Trainers.Kernels;
using Trainers.Layers;
using Trainers.Optimizers;
using Trainers.Sampling;

namespace Trainers.Losses;

/// <summary>Losses whose positions share their candidates: all items, or negatives drawn once for each sequence.</summary>
/// <remarks>
/// cross-entropy: log of the sum over all items of exp(s), minus s+; or over the positive and all items that the user does not have.
/// sampled softmax: the same over the positive and K uniform negatives, without a correction, which is constant for uniform ones.
/// gBCE (Petrov, Macdonald: gSASRec, RecSys 2023, arXiv 2308.07192): beta log(1 + exp(-s+)) + sum over K negatives of log(1 + exp(s-)),
/// beta = alpha (t (1 - 1 / alpha) + 1 / alpha), alpha = K / (I - 1).
/// Deviations: a sequence's positions share negatives, which makes them matrix products; none is an item of the user's, as in SASRec.
/// </remarks>
/// <param name="context">of this thread</param>
/// <param name="stride">S</param>
/// <param name="function">exponential for softmax, sigmoid for gBCE</param>
/// <param name="negatives">K; null for all items</param>
/// <param name="positiveWeight">beta</param>
/// <param name="allTransposed">all items by panels, if they are the candidates</param>
/// <param name="unseenOnly">of all items, those that the user has are no candidates</param>
internal sealed class CandidateLoss<T>(
    LossContext context, int stride, CandidateFunction function, int? negatives, double positiveWeight, AlignedBuffer<T>? allTransposed, bool unseenOnly = false) : ISequenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CandidateScores<T> _scores = new(stride);
    private readonly AlignedBuffer<T> _candidates = new(Panels(negatives ?? 0) * stride), _transposed = new(Panels(negatives ?? 0) * stride);
    private readonly bool _isCandidate = negatives is null && !unseenOnly; // the positive, among others
    private readonly List<int> _seen = [];
    private readonly T[] _factors = new T[CandidateScores<T>.MostPositions], _positives = new T[CandidateScores<T>.MostPositions];

    /// <inheritdoc/>
    public double Compute(SequencePack pack, ReadOnlySpan<T> outputs, ItemTable<T> items, T weight, Span<T> slopes, RowGradients<T> gradients)
    {
        int copy = gradients.AddRows(pack.Rows, out Span<T> rows);
        outputs[..(pack.Rows * stride)].CopyTo(rows);
        if (_isCandidate)
            return double.CreateChecked(weight) * Blocks(0, pack.Rows, items.Values.Span, allTransposed!.Span, items.Count, [], gradients.TableOf(items.Rows), pack, outputs, items, weight, slopes, gradients, copy, fresh: false);
        double loss = 0;
        if (negatives is null)
        {
            foreach (PackedSequence sequence in pack.Sequences)
                loss += Blocks(sequence.First, sequence.Rows, items.Values.Span, allTransposed!.Span, items.Count, SeenBy(sequence.User), gradients.TableOf(items.Rows), pack, outputs, items, weight, slopes, gradients, copy, fresh: false);
            return double.CreateChecked(weight) * loss;
        }

        foreach (PackedSequence sequence in pack.Sequences)
        {
            SplitMix64 random = context.Begin(sequence);
            int count = context.Negatives.Any ? negatives.Value : 0, padded = Panels(count);
            int first = gradients.AddRows(padded, out Span<T> sums);
            for (int k = 0; k < count; k++)
            {
                int item = context.Negatives.Draw(random);
                items.Values.Rows(item, 1, stride).CopyTo(_candidates.Rows(k, 1, stride));
                gradients.Add(item, first + k, T.One);
            }

            CandidateScores<T>.Transpose(_candidates.Span, count, stride, _transposed.Span);
            loss += Blocks(sequence.First, sequence.Rows, _candidates.Span, _transposed.Span, count, [], sums, pack, outputs, items, weight, slopes, gradients, copy, fresh: true);
        }

        return double.CreateChecked(weight) * loss;
    }

    /// <summary>The user's items, ascending, each once.</summary>
    private ReadOnlySpan<int> SeenBy(int user)
    {
        _seen.Clear();
        _seen.AddRange(context.HistoryOf(user).Span);
        Span<int> seen = CollectionsMarshal.AsSpan(_seen);
        seen.Sort();
        int count = 0;
        foreach (int item in seen)
        {
            if (count == 0 || seen[count - 1] != item)
                seen[count++] = item;
        }

        return seen[..count];
    }

    private static int Panels(int count) => (count + CandidatePanel.Columns - 1) / CandidatePanel.Columns * CandidatePanel.Columns;

    private double Blocks(
        int firstRow, int rows, ReadOnlySpan<T> candidates, ReadOnlySpan<T> transposed, int count, ReadOnlySpan<int> excluded, Span<T> sums,
        SequencePack pack, ReadOnlySpan<T> outputs, ItemTable<T> items, T weight, Span<T> slopes, RowGradients<T> gradients, int copy, bool fresh)
    {
        double loss = 0;
        for (int done = 0; done < rows; done += CandidateScores<T>.MostPositions)
        {
            int first = firstRow + done, positions = Math.Min(CandidateScores<T>.MostPositions, rows - done);
            ReadOnlySpan<T> output = outputs.Slice(first * stride, positions * stride);
            Span<T> slope = slopes.Slice(first * stride, positions * stride);
            for (int row = 0; row < positions; row++)
            {
                int target = pack.Targets[first + row];
                _positives[row] = target < 0 ? T.Zero : TensorPrimitives.Dot(output.Slice(row * stride, stride), items.Values.Rows(target, 1, stride));
                _scores.Greatest[row] = _positives[row];
            }

            _scores.Forward(output, positions, candidates, transposed, count, function, excluded, slope);
            for (int row = 0; row < positions; row++)
                loss += Position(row, pack.Targets[first + row], weight);
            _scores.Backward(output, positions, _factors, count, slope, sums, fresh && done == 0);
            for (int row = 0; row < positions; row++)
            {
                if (pack.Targets[first + row] is var target and >= 0)
                {
                    Span<T> own = slope.Slice(row * stride, stride);
                    TensorPrimitives.MultiplyAdd(items.Values.Rows(target, 1, stride), _positives[row], own, own);
                    gradients.Add(target, copy + first + row, _positives[row]);
                }
            }
        }

        return loss;
    }

    // Reads a position's positive score, and leaves the gradient with respect to it in its place and the candidates' common factor beside it.
    private double Position(int row, int target, T weight)
    {
        if (target < 0)
        {
            _factors[row] = T.Zero;
            return 0;
        }

        T score = _positives[row], sum = _scores.Sums[row];
        if (function == CandidateFunction.Sigmoid)
        {
            T beta = T.CreateChecked(positiveWeight), small = T.Exp(-T.Abs(score));
            _factors[row] = weight;
            _positives[row] = -weight * beta * (score < T.Zero ? T.One : small) / (T.One + small);
            return double.CreateChecked(sum + beta * (T.Max(-score, T.Zero) + T.LogP1(small)));
        }

        // Among all items the positive is one of the candidates; drawn and unseen ones never are.
        T own = T.Exp(score - _scores.Greatest[row]);
        if (!_isCandidate)
            sum += own;
        _factors[row] = weight / sum;
        _positives[row] = _isCandidate ? -weight : weight * (own / sum - T.One);
        return double.CreateChecked(T.Log(sum) + _scores.Greatest[row] - score);
    }
}
