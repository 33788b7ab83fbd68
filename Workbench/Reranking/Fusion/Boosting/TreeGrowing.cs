using System.Numerics.Tensors;

namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>
/// Grows one tree on gradients and curvatures by histograms, level by level: gain G²/(H + l) of both children over the parent's
/// (Chen and Guestrin 2016, equation 7). A feature's histogram is one thread's, so sums do not depend on threads.
/// </summary>
/// <param name="rows">n rows of F features</param>
/// <param name="options">depth, least curvature in a leaf, ridge</param>
internal sealed class TreeGrowing(BinnedRows rows, BoostingSettings options, ParallelOptions parallel)
{
    private sealed record Split(int Feature, int Bin, double Gain);

    private sealed class Node(int[] members, double[] histogram, int place)
    {
        internal int[] Members => members;

        /// <summary>F x bins x (gradient, curvature).</summary>
        internal double[] Histogram => histogram;

        internal int Place => place;

        internal double Gradient { get; init; }

        internal double Curvature { get; init; }
    }

    private const int Width = 2 * BinnedRows.MaxBins;

    /// <param name="members">rows to learn from</param>
    /// <param name="gradients">n, downhill is what a leaf moves to</param>
    /// <param name="curvatures">n</param>
    internal RegressionTree Grow(int[] members, double[] gradients, double[] curvatures)
    {
        var (features, thresholds, left, values) = (new List<int>(), new List<float>(), new List<int>(), new List<float>());
        void Leaf(Node node)
        {
            features.Add(-1);
            thresholds.Add(0);
            left.Add(-1);
            values.Add((float)(-options.Rate * node.Gradient / (node.Curvature + options.Ridge)));
        }

        var level = new List<Node> { Made(members, Histogram(members, gradients, curvatures), 0) };
        Leaf(level[0]);
        for (int depth = 0; depth < options.Depth && level.Count > 0; depth++)
        {
            var next = new List<Node>();
            foreach (Node node in level)
            {
                if (Best(node) is not { } split)
                    continue;
                byte[] column = rows.Column(split.Feature);
                int place = features.Count;
                int[] low = [.. node.Members.Where(member => column[member] <= split.Bin)], high = [.. node.Members.Where(member => column[member] > split.Bin)];

                // The smaller child is summed, the other one is what is left.
                double[] small = Histogram(low.Length <= high.Length ? low : high, gradients, curvatures), rest = new double[small.Length];
                TensorPrimitives.Subtract(node.Histogram, small, rest);
                (features[node.Place], thresholds[node.Place], left[node.Place]) = (split.Feature, rows.Edges[split.Feature][split.Bin], place);
                next.Add(Made(low, low.Length <= high.Length ? small : rest, place));
                next.Add(Made(high, low.Length <= high.Length ? rest : small, place + 1));
                Leaf(next[^2]);
                Leaf(next[^1]);
            }

            level = next;
        }

        return new RegressionTree([.. features], [.. thresholds], [.. left], [.. values]);
    }

    /// <summary>A node's sums are those over the bins of any feature.</summary>
    private static Node Made(int[] members, double[] histogram, int place)
    {
        double gradient = 0, curvature = 0;
        for (int bin = 0; bin < Width; bin += 2)
        {
            gradient += histogram[bin];
            curvature += histogram[bin + 1];
        }

        return new Node(members, histogram, place) { Gradient = gradient, Curvature = curvature };
    }

    private double[] Histogram(int[] members, double[] gradients, double[] curvatures)
    {
        var histogram = new double[rows.Features * Width];
        Parallel.For(0, rows.Features, parallel, f =>
        {
            byte[] column = rows.Column(f);
            Span<double> sums = histogram.AsSpan(f * Width, Width);
            foreach (int member in members)
            {
                int at = 2 * column[member];
                sums[at] += gradients[member];
                sums[at + 1] += curvatures[member];
            }
        });
        return histogram;
    }

    private Split? Best(Node node)
    {
        if (node.Curvature < 2 * options.LeastCurvature || node.Members.Length < 2)
            return null;
        Split? greatest = null;
        for (int f = 0; f < rows.Features; f++)
        {
            Split? split = BestOf(f, node);
            if (split is not null && (greatest is null || split.Gain > greatest.Gain))
                greatest = split;
        }

        return greatest;
    }

    private Split? BestOf(int feature, Node node)
    {
        ReadOnlySpan<double> sums = node.Histogram.AsSpan(feature * Width, Width);
        double whole = node.Gradient * node.Gradient / (node.Curvature + options.Ridge);
        double low = 0, weight = 0;
        Split? best = null;
        for (int bin = 0; bin < rows.Edges[feature].Length; bin++)
        {
            low += sums[2 * bin];
            weight += sums[(2 * bin) + 1];
            double rest = node.Gradient - low, restWeight = node.Curvature - weight;
            if (weight < options.LeastCurvature || restWeight < options.LeastCurvature)
                continue;
            double gain = (low * low / (weight + options.Ridge)) + (rest * rest / (restWeight + options.Ridge)) - whole;
            if (gain > (best?.Gain ?? options.LeastGain))
                best = new Split(feature, bin, gain);
        }

        return best;
    }
}
