using System.Numerics.Tensors;
using Trainers;
using Trainers.Sampling;
using Workbench.Reranking.Fusion.Fitting;

namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>
/// Gradient boosting of the listwise softmax, from the linear ranker's scores on: with p the softmax within a turn and k its targets,
/// gradient k p - y and curvature k p (1 - p). Each tree grows on a sample of turns and of features. How many trees is chosen on inner folds.
/// </summary>
internal sealed class BoostedFitting(BoostingSettings settings, TrainingRun run)
{
    // Of the inner folds: two say enough of how many trees to grow.
    private const int ChoiceParts = 2;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };

    /// <param name="rows">candidates</param>
    /// <param name="linear">the ranker that trees are added to</param>
    /// <param name="withoutPart">for each inner fold the one that was not fitted on it; empty for a fixed number of trees</param>
    internal RegressionTree[] Fit(FittingRows rows, LinearWeights linear, float[][] withoutPart)
    {
        var columns = new float[rows.Features][];
        Parallel.For(0, rows.Features, _parallel, f =>
        {
            columns[f] = new float[rows.Candidates];
            for (int j = 0; j < rows.Candidates; j++)
                columns[f][j] = rows.Values[(j * rows.Features) + f];
        });
        BinnedRows binned = BinnedRows.Of(columns, _parallel);
        int[] all = [.. Enumerable.Range(0, rows.Turns)];
        int count = settings.Trees / 2;
        if (withoutPart.Length > 1)
        {
            var losses = new double[settings.Trees + 1];
            for (int part = 0; part < Math.Min(ChoiceParts, withoutPart.Length); part++)
                Grow(rows, binned, columns, Scores(rows, withoutPart[part]), [.. all.Where(turn => rows.Parts[turn] != part)], [.. all.Where(turn => rows.Parts[turn] == part)], settings.Trees, losses);
            count = Array.IndexOf(losses, losses.Min());
        }

        return Grow(rows, binned, columns, Scores(rows, linear.Weights), all, [], count, null);
    }

    private double[] Scores(FittingRows rows, float[] weights)
    {
        var scores = new double[rows.Candidates];
        Parallel.For(0, rows.Turns, _parallel, turn =>
        {
            for (int j = rows.Offsets[turn]; j < rows.Offsets[turn + 1]; j++)
                scores[j] = TensorPrimitives.Dot<float>(weights, rows.Values.AsSpan(j * rows.Features, rows.Features));
        });
        return scores;
    }

    /// <param name="losses">gets the loss of the held-out turns after each number of trees</param>
    private RegressionTree[] Grow(FittingRows rows, BinnedRows binned, float[][] columns, double[] start, int[] turns, int[] heldOut, int count, double[]? losses)
    {
        var scores = (double[])start.Clone();
        var (gradients, curvatures) = (new double[rows.Candidates], new double[rows.Candidates]);
        int[] moved = Candidates(rows, turns.Concat(heldOut));
        var trees = new RegressionTree[count];
        var growing = new TreeGrowing(binned, settings, _parallel);
        for (int tree = 0; tree <= count; tree++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (losses is not null)
                losses[tree] += heldOut.Sum(turn => Softmax(rows, turn, scores, [], []));
            if (tree == count)
                break;
            Parallel.ForEach(turns, _parallel, turn => Softmax(rows, turn, scores, gradients, curvatures));
            var random = SplitMix64.ForStream(run.Seed, ~(ulong)tree);
            int[] allowed = Sample(random, [.. Enumerable.Range(0, rows.Features)], settings.FeatureShare);
            RegressionTree grown = trees[tree] = growing.Grow(Candidates(rows, Sample(random, turns, settings.TurnShare)), allowed, gradients, curvatures);
            Parallel.For(0, 16, _parallel, block =>
            {
                for (int i = (int)((long)block * moved.Length / 16); i < (int)((block + 1L) * moved.Length / 16); i++)
                    scores[moved[i]] += Value(grown, columns, moved[i]);
            });
        }

        return trees;
    }

    /// <summary>So many of them, at least one, in their order.</summary>
    private static int[] Sample(SplitMix64 random, int[] all, double share)
    {
        int[] shuffled = [.. all];
        random.Shuffle(shuffled.AsSpan());
        return [.. shuffled.Take(Math.Max(1, (int)Math.Round(share * all.Length))).Order()];
    }

    private static int[] Candidates(FittingRows rows, IEnumerable<int> turns) =>
        [.. turns.Order().SelectMany(turn => Enumerable.Range(rows.Offsets[turn], rows.Offsets[turn + 1] - rows.Offsets[turn]))];

    private static float Value(RegressionTree tree, float[][] columns, int row)
    {
        int node = 0;
        while (tree.Features[node] >= 0)
            node = tree.Left[node] + (columns[tree.Features[node]][row] <= tree.Thresholds[node] ? 0 : 1);
        return tree.Values[node];
    }

    /// <summary>The loss of a turn; fills its gradients and curvatures unless they are empty.</summary>
    private static double Softmax(FittingRows rows, int turn, double[] scores, Span<double> gradients, Span<double> curvatures)
    {
        (int from, int to) = (rows.Offsets[turn], rows.Offsets[turn + 1]);
        double max = double.NegativeInfinity, sum = 0, targets = 0, loss = 0;
        for (int j = from; j < to; j++)
            max = Math.Max(max, scores[j] + rows.LogWeights[j]);
        for (int j = from; j < to; j++)
        {
            sum += Math.Exp(scores[j] + rows.LogWeights[j] - max);
            targets += rows.Relevance[j];
        }

        double log = max + Math.Log(sum);
        for (int j = from; j < to; j++)
        {
            double share = Math.Exp(scores[j] + rows.LogWeights[j] - log);
            if (rows.Relevance[j] > 0)
                loss += rows.Relevance[j] * (log - scores[j] - rows.LogWeights[j]);
            if (gradients.IsEmpty)
                continue;
            gradients[j] = (targets * share) - rows.Relevance[j];
            curvatures[j] = Math.Max(targets * share * (1 - share), 1e-9);
        }

        return loss;
    }
}
