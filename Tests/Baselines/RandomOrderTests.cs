using Baselines;
using Trainers;

namespace Tests.Baselines;

public sealed class RandomOrderTests
{
    [Fact]
    public void Scores_are_a_permutation_so_no_tie_rule_decides()
    {
        IHistoryScorer scorer = Fit(1000, seed: 4);
        for (int query = 0; query < 20; query++)
            Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), Samples.Scores(scorer, query).Order());
    }

    [Fact]
    public void Seed_and_query_decide()
    {
        Assert.Equal(Samples.Scores(Fit(50, 4), 9), Samples.Scores(Fit(50, 4), 9, 1, 2));
        Assert.NotEqual(Samples.Scores(Fit(50, 4), 9), Samples.Scores(Fit(50, 4), 10));
        Assert.NotEqual(Samples.Scores(Fit(50, 4), 9), Samples.Scores(Fit(50, 5), 9));

        // Neither may the seed be a shift of the query: seed s at query q + 1 is no copy of seed s + 1 at query q.
        Assert.NotEqual(Samples.Scores(Fit(50, 4), 10), Samples.Scores(Fit(50, 5), 9));
        Assert.NotEqual(Samples.Scores(Fit(50, 9), 4), Samples.Scores(Fit(50, 4), 9));
    }

    [Fact]
    public void All_orders_are_equally_likely()
    {
        const int draws = 24_000;
        IHistoryScorer scorer = Fit(4, seed: 11);
        var counts = new Dictionary<string, int>();
        for (int query = 0; query < draws; query++)
        {
            string order = string.Join(' ', Samples.Scores(scorer, query));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Chi-squared with 23 degrees of freedom: 49.7 has probability .001.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(count => Math.Pow(count - (draws / 24.0), 2) / (draws / 24.0)), 0, 49.7);
    }

    private static IHistoryScorer Fit(int items, ulong seed) => new RandomOrder(new RandomOrderOptions()).Fit(Samples.Of(items), new TrainingRun(Seed: seed));
}
