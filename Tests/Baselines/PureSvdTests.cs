using Baselines;
using Trainers;

namespace Tests.Baselines;

public sealed class PureSvdTests
{
    [Fact]
    public void It_projects_on_the_leading_singular_vectors()
    {
        Seeded.Holds(seed =>
        {
            var random = new Random(seed);
            Interactions interactions = Samples.Draw(random.Next(1, 50), random.Next(1, 25), seed);
            int dimension = random.Next(1, 30);
            (double[] values, double[,] vectors) = Eigen(Samples.Gram(Samples.Dense(interactions)));

            // A subspace is well defined where its last value is apart from the next.
            int items = interactions.ItemCount, kept = Math.Min(dimension, items);
            double gap = kept == items ? 1 : (values[kept - 1] - values[kept]) / values[0];
            if (kept < items && gap < 1e-3 && values[kept - 1] > 1e-9 * values[0])
                return;

            var options = new PureSvdOptions { Dimension = dimension, PowerIterations = 30 };
            IHistoryScorer scorer = new PureSvd(options).Fit(interactions, new TrainingRun(Seed: (ulong)seed));
            for (int i = 0; i < items; i++)
            {
                float[] projected = Samples.Scores(scorer, 0, i);
                for (int j = 0; j < items; j++)
                {
                    double expected = Enumerable.Range(0, kept).Where(k => values[k] > 1e-9 * values[0]).Sum(k => vectors[i, k] * vectors[j, k]);
                    Assert.Equal(expected, projected[j], 1e-4);
                }
            }
        });
    }

    [Fact]
    public void A_few_iterations_come_near_to_the_exact_subspace_of_a_larger_matrix()
    {
        Interactions interactions = Samples.Draw(users: 400, items: 90, seed: 2);
        (_, double[,] vectors) = Eigen(Samples.Gram(Samples.Dense(interactions)));
        const int dimension = 3;
        IHistoryScorer scorer = new PureSvd(new() { Dimension = dimension }).Fit(interactions, new TrainingRun());

        // ||V Vᵀ - W Wᵀ||² over 2 d: 0 for the same subspace, 1 for one at right angles.
        double difference = 0;
        for (int i = 0; i < 90; i++)
        {
            float[] projected = Samples.Scores(scorer, 0, i);
            for (int j = 0; j < 90; j++)
                difference += Math.Pow(projected[j] - Enumerable.Range(0, dimension).Sum(k => vectors[i, k] * vectors[j, k]), 2);
        }

        Assert.InRange(difference / (2 * dimension), 0, 1e-6);
    }

    [Fact]
    public void All_directions_give_the_history_back()
    {
        Interactions interactions = Samples.Of(3, [(0, 1, 0)], [(0, 1, 0), (1, 1, 0)], [(2, 1, 0), (1, 1, 0)]);
        IHistoryScorer scorer = new PureSvd(new()).Fit(interactions, new TrainingRun());
        float[] scores = Samples.Scores(scorer, 0, 2, 0);
        Assert.Equal(1, scores[0], 1e-5f);
        Assert.Equal(0, scores[1], 1e-5f);
        Assert.Equal(1, scores[2], 1e-5f);
    }

    // Two-sided Jacobi: eigenvalues, descending, and eigenvectors in columns.
    private static (double[] Values, double[,] Vectors) Eigen(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var (a, v) = ((double[,])matrix.Clone(), new double[n, n]);
        for (int i = 0; i < n; i++)
            v[i, i] = 1;
        for (int sweep = 0; sweep < 40; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (Math.Abs(a[p, q]) < 1e-15)
                        continue;
                    double angle = 0.5 * Math.Atan2(2 * a[p, q], a[p, p] - a[q, q]);
                    (double s, double c) = Math.SinCos(angle);
                    for (int k = 0; k < n; k++)
                        (a[k, p], a[k, q]) = ((c * a[k, p]) + (s * a[k, q]), (c * a[k, q]) - (s * a[k, p]));
                    for (int k = 0; k < n; k++)
                        (a[p, k], a[q, k]) = ((c * a[p, k]) + (s * a[q, k]), (c * a[q, k]) - (s * a[p, k]));
                    for (int k = 0; k < n; k++)
                        (v[k, p], v[k, q]) = ((c * v[k, p]) + (s * v[k, q]), (c * v[k, q]) - (s * v[k, p]));
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => a[k, k])];
        var sorted = new double[n, n];
        for (int i = 0; i < n * n; i++)
            sorted[i / n, i % n] = v[i / n, order[i % n]];
        return ([.. order.Select(k => a[k, k])], sorted);
    }
}
