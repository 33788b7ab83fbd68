using Trainers;
using Trainers.LeastSquares;

namespace Tests.Trainers.LeastSquares;

public sealed class PositiveMatrixTests
{
    [Fact]
    public void Rows_are_ascending_and_distinct_and_the_transpose_holds_the_same_pairs()
    {
        PositiveMatrix byUser = PositiveMatrix.Of(Planted.Of(5, [[3, 1, 3], [], [4, 0, 1, 1]]), minRating: null);
        Assert.Equal([0, 2, 2, 5], byUser.Offsets);
        Assert.Equal([1, 3, 0, 1, 4], byUser.Columns);
        Assert.Equal(2, byUser.SeenRows);

        PositiveMatrix byItem = byUser.Transpose();
        Assert.Equal([0, 1, 3, 3, 4, 5], byItem.Offsets);
        Assert.Equal([2, 0, 2, 0, 2], byItem.Columns);
        Assert.Equal(4, byItem.SeenRows);
    }

    [Fact]
    public void A_least_rating_selects_and_a_missing_rating_always_counts()
    {
        var interactions = new Interactions(1, 4, [0, 5], [0, 1, 2, 1, 3], [2, 3, float.NaN, 5, 1], [1, 2, 3, 4, 5]);
        Assert.Equal([1, 2], PositiveMatrix.Of(interactions, 3).Columns);
        Assert.Equal([0, 1, 2, 3], PositiveMatrix.Of(interactions, null).Columns);
    }

    /// <summary>What the trainers' forecasts of memory count on.</summary>
    [Fact]
    public void It_is_made_within_eight_bytes_for_each_positive()
    {
        const int users = 2_000, items = 300, each = 150;
        var interactions = Planted.Of(items, [.. Enumerable.Range(0, users).Select(user => Enumerable.Range(user, each).Select(i => i * 7 % items).ToArray())]);
        PositiveMatrix.Of(interactions, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PositiveMatrix positives = PositiveMatrix.Of(interactions, null);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(users * each, positives.Columns.Length);
        Assert.InRange(allocated, 8L * users * each, (8L * users * each) + (16L * (users + items)) + 4096);
    }
}
