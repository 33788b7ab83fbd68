using Trainers;

namespace Workbench.Reranking.Fusion.Fitting;

/// <summary>Fits the weights of a linear ranker; the ridge is the one that does best on turns of inner folds that it was not fitted on.</summary>
internal static class LinearFitting
{
    // To choose, roughly will do.
    private const int ChoiceSteps = 15, Steps = 40;

    // Of the turns, so that what was chosen does not depend on their number.
    private const double Tolerance = 1e-3;

    // From strong to weak: each start from the one before, and stop when it gets worse.
    private static readonly double[] Ridges = [30, 10, 3];

    /// <summary>The weights, and for each inner fold those that were fitted on the others.</summary>
    internal static (LinearWeights Weights, float[][] WithoutPart) Fit(FittingRows rows, IReadOnlyList<string> names, TrainingRun run)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        double[] scales = Scales(rows);
        (double ridge, double[][] parts) = Choose(rows, scales, parallel);
        int[] all = [.. Enumerable.Range(0, rows.Turns)];
        double[] w = Minimise(rows, scales, all, ridge, parts.Length > 0 ? parts[0] : new double[rows.Features], Steps, parallel);
        return (new LinearWeights([.. names], Scaled(w, scales), Array.ConvertAll(w, weight => (float)weight), ridge), Array.ConvertAll(parts, part => Scaled(part, scales)));
    }

    private static float[] Scaled(double[] w, double[] scales) => [.. w.Select((weight, f) => (float)(weight * scales[f]))];

    private static double[] Minimise(FittingRows rows, double[] scales, int[] turns, double ridge, double[] start, int steps, ParallelOptions parallel) =>
        Lbfgs.Minimise(new ListwiseSoftmax(rows, scales, turns, ridge, parallel).Evaluate, start, steps, Tolerance * Math.Max(1, turns.Length));

    private static (double Ridge, double[][] WithoutPart) Choose(FittingRows rows, double[] scales, ParallelOptions parallel)
    {
        int parts = rows.Parts.DefaultIfEmpty(0).Max() + 1;
        var chosen = (Ridge: Ridges[1], WithoutPart: Array.Empty<double[]>());
        if (parts < 2)
            return chosen;
        double least = double.PositiveInfinity;
        double[][] weights = [.. Enumerable.Range(0, parts).Select(_ => new double[rows.Features])];
        var unused = new double[rows.Features];
        foreach (double ridge in Ridges)
        {
            double loss = 0;
            var next = new double[parts][];
            for (int part = 0; part < parts; part++)
            {
                int[] own = [.. Enumerable.Range(0, rows.Turns).Where(turn => rows.Parts[turn] == part)];
                int[] others = [.. Enumerable.Range(0, rows.Turns).Where(turn => rows.Parts[turn] != part)];
                next[part] = Minimise(rows, scales, others, ridge, weights[part], ChoiceSteps, parallel);
                loss += new ListwiseSoftmax(rows, scales, own, 0, parallel).Evaluate(next[part], unused);
            }

            if (loss >= least)
                break;
            (least, weights, chosen) = (loss, next, (ridge, next));
        }

        return chosen;
    }

    /// <summary>One over the deviation within a turn: what is the same for all items of a turn cannot rank them.</summary>
    private static double[] Scales(FittingRows rows)
    {
        var squares = new double[rows.Features];
        double total = 0;
        for (int turn = 0; turn < rows.Turns; turn++)
        {
            (int from, int to) = (rows.Offsets[turn], rows.Offsets[turn + 1]);
            var (means, seconds) = (new double[rows.Features], new double[rows.Features]);
            double items = 0;
            ReadOnlySpan<float> values = rows.OfTurn(turn);
            for (int j = from; j < to; j++)
            {
                double weight = Math.Exp(rows.LogWeights[j]);
                items += weight;
                ReadOnlySpan<float> row = values.Slice((j - from) * rows.Features, rows.Features);
                for (int f = 0; f < row.Length; f++)
                {
                    means[f] += weight * row[f];
                    seconds[f] += weight * row[f] * row[f];
                }
            }

            total += items;
            for (int f = 0; f < means.Length; f++)
                squares[f] += seconds[f] - (means[f] * means[f] / items);
        }

        return [.. squares.Select(square => square / total > 1e-12 ? 1 / Math.Sqrt(square / total) : 1)];
    }
}

/// <summary>A linear ranker: score = sum over features of weight times value.</summary>
/// <param name="Names">F</param>
/// <param name="Weights">F, of the features as they are</param>
/// <param name="Standardised">F, of features with deviation 1 within a turn: comparable with each other</param>
/// <param name="Ridge">as chosen</param>
public sealed record LinearWeights(string[] Names, float[] Weights, float[] Standardised, double Ridge);
