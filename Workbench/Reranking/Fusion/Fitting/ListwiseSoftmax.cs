using System.Numerics.Tensors;

namespace Workbench.Reranking.Fusion.Fitting;

/// <summary>
/// The negative log likelihood of targets under a softmax over a turn's candidates (ListNet's top-one; Cao et al. 2007), with a ridge:
/// sum over turns and targets of log sum_j exp(s_j + log n_j) - s_target, plus ridge / 2 |w|², s = X (c w).
/// </summary>
/// <remarks>Legend: n_j items that candidate j stands for, c scales of the F features. Sums in a fixed order: blocks of turns, then blocks.</remarks>
internal sealed class ListwiseSoftmax
{
    private const int Blocks = 32;

    private readonly FittingRows _rows;
    private readonly double[] _scales;
    private readonly int[] _turns;
    private readonly double _ridge;
    private readonly int _longest; // candidates of a turn
    private readonly ParallelOptions _parallel;

    /// <param name="turns">those that count</param>
    internal ListwiseSoftmax(FittingRows rows, double[] scales, int[] turns, double ridge, ParallelOptions parallel)
    {
        (_rows, _scales, _turns, _ridge, _parallel) = (rows, scales, turns, ridge, parallel);
        _longest = turns.Length == 0 ? 0 : turns.Max(turn => rows.Offsets[turn + 1] - rows.Offsets[turn]);
    }

    /// <summary>The value at w, and its gradient.</summary>
    /// <param name="gradient">F</param>
    internal double Evaluate(double[] w, Span<double> gradient)
    {
        var scaled = new double[w.Length];
        TensorPrimitives.Multiply(w, _scales, scaled);
        var losses = new double[Blocks];
        var gradients = new double[Blocks][];
        Parallel.For(0, Blocks, _parallel, block =>
        {
            gradients[block] = new double[w.Length];
            var room = new double[_longest * (w.Length + 1)];
            for (int i = block * _turns.Length / Blocks; i < (block + 1) * _turns.Length / Blocks; i++)
                losses[block] += OfTurn(_turns[i], scaled, gradients[block], room);
        });

        gradient.Clear();
        double loss = 0;
        for (int block = 0; block < Blocks; block++)
        {
            loss += losses[block];
            TensorPrimitives.Add(gradient, gradients[block], gradient);
        }

        TensorPrimitives.Multiply(gradient, _scales, gradient);
        TensorPrimitives.MultiplyAdd(w, _ridge, gradient, gradient);
        return loss + (_ridge / 2 * TensorPrimitives.Dot<double>(w, w));
    }

    // Values are kept in floats and summed in doubles.
    private double OfTurn(int turn, double[] w, double[] gradient, double[] room)
    {
        int from = _rows.Offsets[turn], count = _rows.Offsets[turn + 1] - from;
        Span<double> scores = room.AsSpan(0, count), values = room.AsSpan(count, count * w.Length);
        TensorPrimitives.ConvertTruncating<float, double>(_rows.OfTurn(turn), values);
        double targets = 0;
        for (int j = 0; j < count; j++)
        {
            scores[j] = TensorPrimitives.Dot<double>(w, values.Slice(j * w.Length, w.Length)) + _rows.LogWeights[from + j];
            targets += _rows.Relevance[from + j];
        }

        double max = TensorPrimitives.Max<double>(scores), sum = 0, loss = 0;
        foreach (double score in scores)
            sum += Math.Exp(score - max);
        double log = max + Math.Log(sum);
        for (int j = 0; j < count; j++)
        {
            double relevance = _rows.Relevance[from + j];
            if (relevance > 0)
                loss += relevance * (log - scores[j]);
            double slope = (targets * Math.Exp(scores[j] - log)) - relevance;
            TensorPrimitives.MultiplyAdd(values.Slice(j * w.Length, w.Length), slope, gradient, gradient);
        }

        return loss;
    }
}
