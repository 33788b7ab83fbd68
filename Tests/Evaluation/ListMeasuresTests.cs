using Evaluation;

namespace Tests.Evaluation;

public class ListMeasuresTests
{
    [Fact]
    public void Three_lists_by_hand()
    {
        var rankings = new Rankings(3, 3, 4);
        rankings.FillInOrder(0, [0, 1, 2]);
        rankings.FillInOrder(1, [0]);
        ListMeasures measures = ListMeasures.Of(rankings, 2, [11, 3, 0, 14]);

        // Counts plus one: 12, 4, 1, 15 of 32.
        Assert.Equal((2, 3L), (measures.Lists, measures.Recommendations));
        Assert.Equal(0.5, measures.Coverage);
        double bits0 = Math.Log2(32 / 12.0);
        Assert.Equal((((bits0 + 3) / 2) + bits0) / 2, measures.Novelty!.Value, 14);
        Assert.Equal((((11 + 3) / 2.0) + 11) / 2, measures.AveragePopularity!.Value, 14);

        // Recommended 0, 0, 1, 2 times: (-3 * 0 - 1 * 0 + 1 * 1 + 3 * 2) / (4 * 3).
        Assert.Equal(7 / 12.0, measures.Gini, 14);
    }

    [Fact]
    public void An_item_never_counted_has_finite_novelty()
    {
        var rankings = new Rankings(1, 1, 2);
        rankings.FillInOrder(0, [1]);
        Assert.Equal(Math.Log2(102), ListMeasures.Of(rankings, 1, [100, 0]).Novelty!.Value, 12);
    }

    [Theory]
    [InlineData(new[] { 5, 5, 5, 5 }, 0.0)]
    [InlineData(new[] { 0, 0, 0, 9 }, 0.75)]
    [InlineData(new[] { 1, 3 }, 0.25)]
    [InlineData(new[] { 3, 1 }, 0.25)]
    [InlineData(new[] { 0, 0 }, 0.0)]
    public void Gini_by_hand(int[] times, double expected) => Assert.Equal(expected, ListMeasures.GiniOf(times), 14);

    [Fact]
    public void Gini_is_the_mean_absolute_difference_over_twice_the_mean()
    {
        var random = new Random(3);
        int[] times = [.. Enumerable.Range(0, 50).Select(_ => random.Next(20))];
        double differences = times.SelectMany(a => times.Select(b => Math.Abs(a - b))).Average();
        Assert.Equal(differences / (2 * times.Average()), ListMeasures.GiniOf(times), 13);
    }

    [Fact]
    public void Without_counts_or_lists_there_is_no_novelty()
    {
        var rankings = new Rankings(1, 1, 2);
        Assert.Null(ListMeasures.Of(rankings, 1, [1, 1]).Novelty);
        rankings.FillInOrder(0, [1]);
        Assert.Null(ListMeasures.Of(rankings, 1, null).AveragePopularity);
        Assert.Equal(0.5, ListMeasures.Of(rankings, 1, null).Coverage);
    }
}
