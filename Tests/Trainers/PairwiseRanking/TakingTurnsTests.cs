using Trainers.Kernels;
using Trainers.PairwiseRanking;

namespace Tests.Trainers.PairwiseRanking;

public sealed class TakingTurnsTests
{
    private static PairwiseSample[] Order(int[] counts, int width)
    {
        var turns = new TakingTurns(counts.Length, counts.Sum());
        for (int user = 0; user < counts.Length; user++)
        {
            for (int n = 0; n < counts[user]; n++)
                turns.Add(new PairwiseSample(user, n, 0));
            turns.EndUser();
        }

        return turns.ByTurns(width);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public void Every_sample_is_there_once_and_a_users_samples_keep_their_order(int width)
    {
        int[] counts = [3, 0, 1, 7, 7, 0, 0, 2, 11, 1, 0];
        PairwiseSample[] order = Order(counts, width);
        Assert.Equal(counts.Sum(), order.Length);
        for (int user = 0; user < counts.Length; user++)
            Assert.Equal(Enumerable.Range(0, counts[user]), order.Where(sample => sample.User == user).Select(sample => sample.Positive));
    }

    [Fact]
    public void Users_take_turns_and_a_next_one_follows_who_is_done() =>
        Assert.Equal([0, 1, 0, 2, 0, 2, 3, 2, 3], Order([3, 1, 3, 2], 2).Select(sample => sample.User));

    [Fact]
    public void One_at_a_time_is_the_order_as_it_came() => Assert.Equal([0, 0, 1, 2, 2], Order([2, 1, 2], 1).Select(sample => sample.User));

    [Fact]
    public void Of_nobody_there_is_nothing() => Assert.Empty(Order([0, 0], 4));
}
