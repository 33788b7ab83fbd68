using Baselines;
using Trainers;

namespace Tests.Baselines;

public sealed class ItemKnnTests
{
    [Fact]
    public void It_equals_the_definition()
    {
        Seeded.Holds(seed =>
        {
            var random = new Random(seed);
            Interactions interactions = Samples.Draw(random.Next(1, 60), random.Next(1, 30), seed);
            var options = new ItemKnnOptions { Neighbours = random.Next(3) * random.Next(8), Shrink = random.Next(2) * random.NextDouble() * 10 };
            IHistoryScorer scorer = new ItemKnn(options).Fit(interactions, new TrainingRun());
            double[,] expected = Definition(interactions, options);
            int[] history = [.. Enumerable.Range(0, interactions.ItemCount).Where(_ => random.Next(3) == 0)];
            float[] scores = Samples.Scores(scorer, 0, history);
            for (int i = 0; i < scores.Length; i++)
                Assert.Equal(history.Sum(j => expected[i, j]), scores[i], 1e-5);
        });
    }

    [Fact]
    public void By_hand()
    {
        // Items 0 and 1 share both users of 1; item 0 has three.
        Interactions interactions = Samples.Of(3, [(0, 1, 0), (1, 1, 0)], [(1, 1, 0), (0, 1, 0), (0, 1, 0)], [(0, 1, 0)], [(2, 1, 0)]);
        IHistoryScorer scorer = new ItemKnn(new()).Fit(interactions, new TrainingRun());
        float cosine = (float)(2 / Math.Sqrt(6));
        Assert.Equal([0, cosine, 0], Samples.Scores(scorer, 0, 0));
        Assert.Equal([cosine, 0, 0], Samples.Scores(scorer, 0, 1, 2));
        Assert.Equal([0f, 0, 0], Samples.Scores(scorer, 0));
    }

    [Fact]
    public void Among_equally_near_neighbours_the_lower_row_is_kept()
    {
        // Item 3 shares its only user with 0, 1 and 2, which are alike.
        Interactions interactions = Samples.Of(4, [(2, 1, 0), (1, 1, 0), (0, 1, 0), (3, 1, 0)]);
        IHistoryScorer scorer = new ItemKnn(new() { Neighbours = 2 }).Fit(interactions, new TrainingRun());
        Assert.Equal([1f, 1, 0], new[] { 0, 1, 2 }.Select(item => Samples.Scores(scorer, 0, item)[3]));
    }

    // s_ij where j is among the k nearest of i, else 0.
    private static double[,] Definition(Interactions interactions, ItemKnnOptions options)
    {
        double[,] gram = Samples.Gram(Samples.Dense(interactions));
        int items = interactions.ItemCount;
        var kept = new double[items, items];
        for (int i = 0; i < items; i++)
        {
            float Similarity(int j) => gram[i, j] == 0 ? 0 : (float)(gram[i, j] / (Math.Sqrt(gram[i, i] * gram[j, j]) + options.Shrink));
            IEnumerable<int> others = Enumerable.Range(0, items).Where(j => j != i).OrderByDescending(Similarity).ThenBy(j => j);
            foreach (int j in options.Neighbours > 0 ? others.Take(options.Neighbours) : others)
                kept[i, j] = Similarity(j);
        }

        return kept;
    }
}
