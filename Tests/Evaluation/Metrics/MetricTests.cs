using Evaluation;
using Evaluation.Metrics;

namespace Tests.Evaluation.Metrics;

public class MetricTests
{
    private const int No = TargetRanks.NotFound;

    public static TheoryData<string, int[], int, double> ByHand => new()
    {
        { "hit", [3], 3, 1 },
        { "hit", [3], 2, 0 },
        { "hit", [No, No], 100, 0 },
        { "hit", [2, No], 5, 1 },
        { "ndcg", [1], 1, 1 },
        { "ndcg", [3], 5, 0.5 },
        { "ndcg", [2], 5, 0.63092975357145753 },
        { "ndcg", [1, 3], 5, 1.5 / 1.6309297535714575 },
        { "ndcg", [1, 3], 1, 1 },
        { "ndcg", [No], 5, 0 },
        { "ndcg", [1, 2, No], 5, 1.6309297535714575 / 2.1309297535714575 },
        { "mrr", [4, 7], 5, 0.25 },
        { "mrr", [4, 7], 3, 0 },
        { "recall", [1, 6, No], 5, 1 / 3.0 },
        { "recall", [1, 2, 3], 2, 2 / 3.0 },
        { "precision", [1, 4, No], 5, 0.4 },
        { "precision", [1], 10, 0.1 },
        { "map", [1, 3], 5, (1 + (2 / 3.0)) / 2 },
        { "map", [2], 5, 0.5 },
        { "map", [1, 2, No], 2, 1 },
        { "map", [6], 5, 0 },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Agrees_with_a_count_by_hand(string metric, int[] ranks, int k, double expected) =>
        Assert.Equal(expected, MetricCatalog.Get(metric).Value(ranks, k), 14);

    [Theory]
    [MemberData(nameof(Names))]
    public void Lies_between_0_and_1_and_looks_no_further_than_k(string name)
    {
        IMetric metric = MetricCatalog.Get(name);
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            int[] ranks = RandomRanks(random);
            int k = random.Next(1, 30);
            double value = metric.Value(ranks, k);
            Assert.InRange(value, 0, 1);
            Assert.Equal(value, metric.Value([.. ranks.Select(rank => rank <= k ? rank : No)], k));
            Assert.Equal(0, metric.Value([.. ranks.Select(rank => rank <= k ? k + 1 : No)], k));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_better_rank_is_never_worth_less(string name)
    {
        IMetric metric = MetricCatalog.Get(name);
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            int[] ranks = RandomRanks(random);
            int k = random.Next(1, 30);
            int which = random.Next(ranks.Length);
            int better = ranks[which] == No ? 40 : ranks[which] - 1;
            if (better < 1 || ranks.Contains(better))
                continue;
            int[] improved = [.. ranks];
            improved[which] = better;
            Array.Sort(improved);
            Assert.True(metric.Value(improved, k) >= metric.Value(ranks, k));
        }
    }

    /// <summary>NDCG and MAP have an ideal that grows with k, precision divides by k: they may fall.</summary>
    [Theory]
    [InlineData("hit")]
    [InlineData("mrr")]
    [InlineData("recall")]
    public void Grows_with_k(string name)
    {
        IMetric metric = MetricCatalog.Get(name);
        for (int seed = 0; seed < 200; seed++)
        {
            int[] ranks = RandomRanks(new Random(seed));
            for (int k = 1; k < 40; k++)
                Assert.True(metric.Value(ranks, k) <= metric.Value(ranks, k + 1));
        }
    }

    [Theory]
    [InlineData("ndcg")]
    [InlineData("map")]
    public void With_one_target_grows_with_k(string name)
    {
        IMetric metric = MetricCatalog.Get(name);
        for (int rank = 1; rank < 30; rank++)
        {
            for (int k = 1; k < 40; k++)
                Assert.True(metric.Value([rank], k) <= metric.Value([rank], k + 1));
        }
    }

    [Theory]
    [InlineData("hit")]
    [InlineData("ndcg")]
    [InlineData("mrr")]
    [InlineData("map")]
    public void A_perfect_list_is_worth_exactly_1(string name)
    {
        for (int targets = 1; targets < 30; targets++)
        {
            int[] ranks = [.. Enumerable.Range(1, targets)];
            for (int k = 1; k < 40; k++)
                Assert.Equal(1, MetricCatalog.Get(name).Value(ranks, k));
        }
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        string message = Assert.Throws<EvaluationException>(() => MetricCatalog.Get("auc")).Message;
        Assert.Equal("there is no metric `auc` (known: hit, ndcg, mrr, recall, precision, map)", message);
    }

    public static TheoryData<string> Names => [.. MetricCatalog.Names];

    private static int[] RandomRanks(Random random)
    {
        int[] ranks = [.. Enumerable.Range(1, 35).OrderBy(_ => random.Next()).Take(random.Next(1, 8)).Select(rank => random.Next(4) == 0 ? No : rank)];
        Array.Sort(ranks);
        return ranks;
    }
}
