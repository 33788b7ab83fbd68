using System.Numerics.Tensors;
using Trainers;
using Workbench.Reranking.Fusion.Fitting;

namespace Workbench.Reranking.Adapting;

/// <summary>softmax(g W + b): a weight and a bias for each item, shrunk to 1 and 0 (He et al. 2025, Reindex-Then-Adapt).</summary>
/// <param name="Weights">I</param>
/// <param name="Biases">I</param>
internal sealed record ItemBias(float[] Weights, float[] Biases)
{
    internal void Adapt(ReadOnlySpan<float> g, Span<float> scores) => TensorPrimitives.MultiplyAdd(g, Weights, Biases, scores);
}

/// <summary>Fits weights and biases by the likelihood of targets; how much they are shrunk is chosen on dialogues that they were not fitted on.</summary>
/// <remarks>Legend: I items, v = (W - 1, b). Sums in a fixed order: blocks of turns, then blocks.</remarks>
internal static class ItemBiasFitting
{
    private const int Blocks = 16, Parts = 3, Steps = 25;
    private const double Tolerance = 2e-3;

    // From strong to weak.
    private static readonly double[] Ridges = [30, 10, 3, 1];

    /// <param name="part">by turn, for the choice</param>
    internal static ItemBias Fit(IReadOnlyList<AdaptedTurn> turns, int itemCount, Func<AdaptedTurn, int> part, TrainingRun run)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        (double best, double least) = (Ridges[0], double.PositiveInfinity);
        double[][] starts = [.. Enumerable.Range(0, Parts).Select(_ => new double[2 * itemCount])];
        var unused = new double[2 * itemCount];
        foreach (double ridge in Ridges)
        {
            double loss = 0;
            for (int p = 0; p < Parts; p++)
            {
                starts[p] = Minimise([.. turns.Where(turn => part(turn) % Parts != p)], ridge, starts[p], parallel);
                loss += Evaluate([.. turns.Where(turn => part(turn) % Parts == p)], 0, starts[p], unused, parallel);
            }

            if (loss >= least)
                break;
            (best, least) = (ridge, loss);
        }

        double[] v = Minimise([.. turns], best, new double[2 * itemCount], parallel);
        return new ItemBias([.. v[..itemCount].Select(weight => (float)(1 + weight))], [.. v[itemCount..].Select(bias => (float)bias)]);
    }

    private static double[] Minimise(AdaptedTurn[] turns, double ridge, double[] start, ParallelOptions parallel) =>
        Lbfgs.Minimise((v, gradient) => Evaluate(turns, ridge, v, gradient, parallel), start, Steps, Tolerance * Math.Max(1, turns.Length));

    /// <summary>Sum over targets of -log softmax(g W + b), plus ridge / 2 |v|².</summary>
    internal static double Evaluate(AdaptedTurn[] turns, double ridge, double[] v, Span<double> gradient, ParallelOptions parallel)
    {
        int items = v.Length / 2;
        var losses = new double[Blocks];
        var gradients = new double[Blocks][];
        Parallel.For(0, Blocks, parallel, block =>
        {
            gradients[block] = new double[v.Length];
            var (scores, g) = (new double[items], new double[items]);
            for (int t = block * turns.Length / Blocks; t < (block + 1) * turns.Length / Blocks; t++)
                losses[block] += OfTurn(turns[t], v, scores, g, gradients[block]);
        });
        gradient.Clear();
        double loss = 0;
        for (int block = 0; block < Blocks; block++)
        {
            loss += losses[block];
            TensorPrimitives.Add(gradient, gradients[block], gradient);
        }

        TensorPrimitives.MultiplyAdd(v, ridge, gradient, gradient);
        return loss + (ridge / 2 * TensorPrimitives.Dot<double>(v, v));
    }

    private static double OfTurn(AdaptedTurn turn, double[] v, double[] scores, double[] g, double[] gradient)
    {
        int items = scores.Length;
        TensorPrimitives.ConvertTruncating<float, double>(turn.Scores, g);
        TensorPrimitives.MultiplyAdd(g, v.AsSpan(0, items), g, scores);
        TensorPrimitives.Add(scores, v.AsSpan(items), scores);
        foreach (int item in turn.Mentioned)
            scores[item] = double.NegativeInfinity;
        double max = TensorPrimitives.Max<double>(scores), loss = 0;
        int[] targets = [.. turn.Targets.Except(turn.Mentioned)];
        double[] own = [.. targets.Select(target => scores[target] - max)];
        TensorPrimitives.Subtract(scores, max, scores);
        TensorPrimitives.Exp(scores, scores);
        double sum = TensorPrimitives.Sum<double>(scores);
        foreach (double score in own)
            loss += Math.Log(sum) - score;

        // Slopes by score: targets times softmax, less 1 for a target.
        TensorPrimitives.Multiply(scores, targets.Length / sum, scores);
        foreach (int target in targets)
            scores[target]--;
        TensorPrimitives.MultiplyAdd(scores, g, gradient.AsSpan(0, items), gradient.AsSpan(0, items));
        TensorPrimitives.Add(gradient.AsSpan(items), scores, gradient.AsSpan(items));
        return loss;
    }
}
