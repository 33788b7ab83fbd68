using Data;
using Trainers;

namespace Tests.Data;

public class InteractionsBuilderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Orders_by_user_time_row_as_a_stable_sort_does(int threads)
    {
        var random = new Random(threads);
        const int Users = 1009, Items = 37, Rows = 20_011;
        int[] users = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(-1, Users))];
        int[] items = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(-1, Items))];
        float[] ratings = [.. Enumerable.Range(0, Rows).Select(row => (float)row)];
        long[] times = [.. Enumerable.Range(0, Rows).Select(_ => (long)random.Next(-1, 12))];

        Interactions built = InteractionsBuilder.Build(Users, Items, users, items, ratings, times, threads);

        int[] order = [.. Enumerable.Range(0, Rows).Where(row => users[row] >= 0 && items[row] >= 0).OrderBy(row => users[row]).ThenBy(row => times[row])];
        Assert.Equal(order.Length, built.Count);
        Assert.Equal(order.Select(row => items[row]), built.Items.ToArray());
        Assert.Equal(order.Select(row => ratings[row]), built.Ratings.ToArray());
        Assert.Equal(order.Select(row => times[row]), built.Times.ToArray());
        for (int user = 0; user < Users; user++)
            Assert.Equal(order.Count(row => users[row] == user), built.CountOf(user));
    }

    [Fact]
    public void No_rows_give_no_interactions()
    {
        Interactions built = InteractionsBuilder.Build(3, 2, [], [], [], [], 2);
        Assert.Equal([0L, 0, 0, 0], built.Offsets);
        Assert.Equal(0, built.Items.Length);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => InteractionsBuilder.Build(1, 1, [0], [0], [1f], [], 1));

    [Theory]
    [InlineData(2, 0)]
    [InlineData(-2, 0)]
    [InlineData(0, 3)]
    [InlineData(0, -2)]
    public void Numbers_out_of_range_are_refused(int user, int item) =>
        Assert.Throws<ArgumentException>(() => InteractionsBuilder.Build(2, 3, [user], [item], [1f], [1L], 1));
}
