using Tests.Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.Reranking;

public sealed class ListFillingTests
{
    private static readonly float[] Popularity = [4, 0, 9, 2, 9, 1];

    [Fact]
    public void The_list_stays_in_front_and_the_most_popular_follow() =>
        Assert.Equal([1, 5, 2, 4, 0, 3], Ranked.Items(ListFilling.Popular(Popularity), [], [1, 5]));

    [Fact]
    public void Without_a_list_it_is_all_filling()
    {
        Assert.Equal([2, 4, 0, 3, 5, 1], Ranked.Items(ListFilling.Popular(Popularity), [], []));
        Assert.Equal(6, Ranked.Items(ListFilling.Random(6, 1), [], []).Distinct().Count());
    }

    [Fact]
    public void What_was_mentioned_is_left_out() => Assert.Equal([5, 4, 0, 3], Ranked.Items(ListFilling.Popular(Popularity), [1, 2], [1, 5]));

    [Fact]
    public void Popularity_of_nothing_fills_by_row() => Assert.Equal([2, 0, 1], Ranked.Items(ListFilling.Popular([0, 0, 0]), [], [2]));

    [Fact]
    public void The_random_order_is_the_seeds_and_the_querys()
    {
        int[] Order(ulong seed, int query)
        {
            var scores = new float[40];
            Assert.True(ListFilling.Random(40, seed).TryScore(new Query([], [7, 3], query), scores));
            Assert.Equal((1f, 1f), (scores[7], scores[3]));
            Assert.All(scores.Where((_, item) => item is not (7 or 3)), score => Assert.InRange(score, 0, 0.5f));
            return [.. Enumerable.Range(0, 40).OrderByDescending(item => scores[item])];
        }

        Assert.Equal(Order(1, 0), Order(1, 0));
        Assert.NotEqual(Order(1, 0), Order(1, 1));
        Assert.NotEqual(Order(1, 0), Order(2, 0));
        Assert.NotEqual(Order(1, 1), Order(2, 0));
    }

    [Fact]
    public void Random_filling_prefers_no_item()
    {
        var first = new int[8];
        for (int query = 0; query < 8000; query++)
        {
            var scores = new float[8];
            ListFilling.Random(8, 5).TryScore(new Query([], [], query), scores);
            first[Array.IndexOf(scores, scores.Max())]++;
        }

        // 1,000 expected; the standard deviation is about 30.
        Assert.All(first, count => Assert.InRange(count, 850, 1150));
    }
}
