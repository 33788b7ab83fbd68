using Baselines;
using Trainers;

namespace Tests.Baselines;

public sealed class EaseTests
{
    [Fact]
    public void It_equals_the_closed_form()
    {
        Seeded.Holds(seed =>
        {
            var random = new Random(seed);
            Interactions interactions = Samples.Draw(random.Next(1, 60), random.Next(1, 40), seed);
            double lambda = Math.Pow(10, (random.NextDouble() * 5) - 2);
            IHistoryScorer scorer = new Ease(new() { Lambda = lambda }).Fit(interactions, new TrainingRun());
            double[,] p = Inverse(Samples.Gram(Samples.Dense(interactions)), lambda);
            int[] history = [.. Enumerable.Range(0, interactions.ItemCount).Where(_ => random.Next(3) == 0)];
            float[] scores = Samples.Scores(scorer, 0, history);
            for (int j = 0; j < scores.Length; j++)
                Assert.Equal(history.Where(i => i != j).Sum(i => -p[i, j] / p[j, j]), scores[j], 1e-5);
        });
    }

    [Fact]
    public void By_hand()
    {
        // XᵀX + I = (3 1; 1 2), so P = (2 -1; -1 3) / 5: item 0 adds 1/3 to item 1, which adds 1/2 to item 0.
        Interactions interactions = Samples.Of(2, [(0, 1, 0), (1, 1, 0)], [(0, 1, 0)]);
        IHistoryScorer scorer = new Ease(new() { Lambda = 1 }).Fit(interactions, new TrainingRun());
        Assert.Equal([0, 1 / 3f], Samples.Scores(scorer, 0, 0));
        Assert.Equal([1 / 2f, 0], Samples.Scores(scorer, 0, 1));
        Assert.Equal([0f, 0], Samples.Scores(scorer, 0));
    }

    [Fact]
    public void A_catalogue_beyond_the_budget_is_refused_before_anything_is_allocated()
    {
        var error = Assert.Throws<UserErrorException>(() => { new Ease(new()).Fit(Samples.Of(20_000, [(0, 1f, 0)]), new TrainingRun(MemoryBytes: 4_000_000_000)); });
        Assert.StartsWith("ease needs 4.8", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<UserErrorException>(() => { new Ease(new()).Fit(Samples.Of(100_000, [(0, 1f, 0)]), new TrainingRun()); });
        Assert.Contains("at most 46336 items, not 100000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ridge_too_small_for_doubles_is_said()
    {
        // Two items with the same users: without a ridge there is no inverse.
        Interactions interactions = Samples.Of(2, [.. Enumerable.Repeat<(int, float, long)[]>([(0, 1f, 0), (1, 1f, 0)], 5)]);
        var error = Assert.Throws<UserErrorException>(() => { new Ease(new() { Lambda = 1e-300 }).Fit(interactions, new TrainingRun()); });
        Assert.EndsWith("raise `lambda`", error.Message, StringComparison.Ordinal);
    }

    // (gram + lambda I)⁻¹ by Gauss-Jordan with row pivots.
    private static double[,] Inverse(double[,] gram, double lambda)
    {
        int n = gram.GetLength(0);
        var a = new double[n, 2 * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = gram[i, j] + (i == j ? lambda : 0);
            a[i, n + i] = 1;
        }

        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (int j = 0; j < 2 * n; j++)
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 1 - (1 / a[k, k]) : a[i, k] / a[k, k];
                for (int j = 2 * n - 1; j >= 0; j--)
                    a[i, j] -= factor * a[k, j];
            }
        }

        var inverse = new double[n, n];
        for (int i = 0; i < n * n; i++)
            inverse[i / n, i % n] = a[i / n, n + (i % n)];
        return inverse;
    }
}
