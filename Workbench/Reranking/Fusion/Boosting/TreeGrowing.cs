using System.Numerics.Tensors;

namespace Workbench.Reranking.Fusion.Boosting;

/// <summary>
/// Grows one tree on gradients and curvatures by histograms, level by level: gain G²/(H + l) of both children over the parent's
/// (Chen and Guestrin 2016, equation 7). A feature's histogram is one thread's, so sums do not depend on threads.
/// </summary>
/// <remarks>Legend: S features that the tree may split by.</remarks>
/// <param name="rows">n rows of F features</param>
/// <param name="options">depth, least curvature in a leaf, ridge</param>
internal sealed class TreeGrowing(BinnedRows rows, BoostingSettings options, ParallelOptions parallel)
{
    private sealed record Split(int Place, int Bin, double Gain);

    private sealed class Node(int[] members, double[] histogram, int place)
    {
        internal int[] Members => members;

        /// <summary>S x bins x (gradient, curvature).</summary>
        internal double[] Histogram => histogram;

        internal int Place => place;

        internal double Gradient { get; init; }

        internal double Curvature { get; init; }
    }

    private const int Width = 2 * BinnedRows.MaxBins;

    /// <param name="members">rows to learn from</param>
    /// <param name="allowed">S: features to split by, ascending</param>
    /// <param name="gradients">n, downhill is what a leaf moves to</param>
    /// <param name="curvatures">n</param>
    internal RegressionTree Grow(int[] members, int[] allowed, double[] gradients, double[] curvatures)
    {
        var (features, thresholds, left, values) = (new List<int>(), new List<float>(), new List<int>(), new List<float>());
        void Leaf(Node node)
        {
            features.Add(-1);
            thresholds.Add(0);
            left.Add(-1);
            values.Add((float)(-options.Rate * node.Gradient / (node.Curvature + options.Ridge)));
        }

        var level = new List<Node> { Made(members, Histogram(members, allowed, gradients, curvatures), 0) };
        Leaf(level[0]);
        for (int depth = 0; depth < options.Depth && level.Count > 0; depth++)
        {
            var next = new List<Node>();
            foreach (Node node in level)
            {
                if (Best(node, allowed) is not { } split)
                    continue;
                int feature = allowed[split.Place];
                byte[] column = rows.Column(feature);
                int place = features.Count;
                int[] low = [.. node.Members.Where(member => column[member] <= split.Bin)], high = [.. node.Members.Where(member => column[member] > split.Bin)];

                // The smaller child is summed, the other one is what is left.
                double[] small = Histogram(low.Length <= high.Length ? low : high, allowed, gradients, curvatures), rest = new double[small.Length];
                TensorPrimitives.Subtract(node.Histogram, small, rest);
                (features[node.Place], thresholds[node.Place], left[node.Place]) = (feature, rows.Edges[feature][split.Bin], place);
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

    private double[] Histogram(int[] members, int[] allowed, double[] gradients, double[] curvatures)
    {
        var histogram = new double[allowed.Length * Width];
        Parallel.For(0, allowed.Length, parallel, f =>
        {
            byte[] column = rows.Column(allowed[f]);
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

    private Split? Best(Node node, int[] allowed)
    {
        if (node.Curvature < 2 * options.LeastCurvature || node.Members.Length < 2)
            return null;
        Split? greatest = null;
        for (int f = 0; f < allowed.Length; f++)
        {
            Split? split = BestOf(f, rows.Edges[allowed[f]].Length, node);
            if (split is not null && (greatest is null || split.Gain > greatest.Gain))
                greatest = split;
        }

        return greatest;
    }

    private Split? BestOf(int place, int edges, Node node)
    {
        ReadOnlySpan<double> sums = node.Histogram.AsSpan(place * Width, Width);
        double whole = node.Gradient * node.Gradient / (node.Curvature + options.Ridge);
        double low = 0, weight = 0;
        Split? best = null;
        for (int bin = 0; bin < edges; bin++)
        {
            low += sums[2 * bin];
            weight += sums[(2 * bin) + 1];
            double rest = node.Gradient - low, restWeight = node.Curvature - weight;
            if (weight < options.LeastCurvature || restWeight < options.LeastCurvature)
                continue;
            double gain = (low * low / (weight + options.Ridge)) + (rest * rest / (restWeight + options.Ridge)) - whole;
            if (gain > (best?.Gain ?? options.LeastGain))
                best = new Split(place, bin, gain);
        }

        return best;
    }
}
