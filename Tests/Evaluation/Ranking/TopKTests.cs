using Evaluation;
using Evaluation.Ranking;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation.Ranking;

public class TopKTests
{
    [Fact]
    public void Agrees_with_a_sort_where_many_scores_tie() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                int items = random.Next(1, 400);
                int levels = random.Next(1, 8);
                float[] scores = [.. Enumerable.Range(0, items).Select(_ => (float)random.Next(levels) - 1)];
                int[] excluded = [.. Enumerable.Range(0, random.Next(items)).Select(_ => random.Next(items))];
                int[] ties = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, items).Select(_ => random.Next(3))];
                return AgreesWithSort(scores, excluded, ties, random.Next(0, 60));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Agrees_with_a_sort_where_scores_differ() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                int items = random.Next(1, 3000);
                float[] scores = [.. Enumerable.Range(0, items).Select(_ => random.NextSingle())];
                if (random.Next(3) == 0)
                    Array.Sort(scores);
                int[] excluded = [.. Enumerable.Range(0, random.Next(600)).Select(_ => random.Next(items))];
                return AgreesWithSort(scores, excluded, [], random.Next(1, 200));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Infinities_and_negative_zero_are_scores()
    {
        float[] scores = [0f, float.NegativeInfinity, -0f, float.PositiveInfinity, 0f];
        Assert.True(AgreesWithSort(scores, [], [], 5));
        Assert.Equal([3, 0, 2, 4, 1], Select(scores, [], [], 5));
    }

    [Fact]
    public void A_constant_scorer_ranks_by_row() => Assert.Equal([0, 2, 3], Select(new float[1000], [1], [], 3));

    [Fact]
    public void Tie_ranks_come_before_rows() => Assert.Equal([4, 3, 0], Select([1, 0, 0, 1, 1], [], [9, 0, 0, 2, 1], 3));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(99)]
    public void Not_a_number_is_refused_wherever_it_stands(int at)
    {
        float[] scores = [.. Enumerable.Range(0, 100).Select(i => (float)-i)];
        scores[at] = float.NaN;
        foreach (int[] excluded in new int[][] { [], [at], [7] })
        {
            foreach (int k in new[] { 0, 3, 100 })
            {
                string message = Assert.Throws<EvaluationException>(() => Select(scores, excluded, [], k)).Message;
                Assert.Contains($"item row {at} is not a number", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Everything_excluded_gives_nothing() => Assert.Empty(Select([1, 2], [1, 0, 1], [], 2));

    [Fact]
    public void An_excluded_item_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Select([1, 2], [2], [], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Select([1, 2], [-1], [], 2));
    }

    private static int[] Select(float[] scores, int[] excluded, int[] ties, int k)
    {
        var items = new int[k];
        var top = new float[k];
        int count = TopK.Select(scores, excluded, ties, items, top);
        for (int i = 0; i < count; i++)
            Assert.Equal(scores[items[i]], top[i]);
        return items[..count];
    }

    private static bool AgreesWithSort(float[] scores, int[] excluded, int[] ties, int k)
    {
        int[] expected =
        [
            .. Enumerable.Range(0, scores.Length).Except(excluded)
                .OrderByDescending(item => scores[item]).ThenBy(item => ties.Length == 0 ? 0 : ties[item]).ThenBy(item => item).Take(k),
        ];
        return expected.SequenceEqual(Select(scores, excluded, ties, k));
    }
}
