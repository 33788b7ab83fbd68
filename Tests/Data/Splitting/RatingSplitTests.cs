using Data.Splitting;
using FsCheck;
using FsCheck.Fluent;
using Trainers;

namespace Tests.Data.Splitting;

public class RatingSplitTests
{
    [Fact]
    public void Leave_last_out_holds_out_the_last_two_of_users_with_three_or_more() => ForAnyRatings(ratings =>
    {
        NextItemSplit split = LeaveLastOut.Split(ratings);
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int[] items = ratings.ItemsOf(user).ToArray();
            bool held = items.Length >= 3;
            Assert.Equal(held ? [items[^1]] : [], split.TestItems(user));
            Assert.Equal(held ? [items[^2]] : [], split.ValidationItems(user));
            Assert.Equal(held ? items[..^2] : items, split.Train.ItemsOf(user).ToArray());
            Assert.Equal(held ? items[..^1] : items, split.TrainWithValidation().ItemsOf(user).ToArray());
            Assert.Equal(split.ValidationItems(user), split.Validation().ItemsOf(user).ToArray());
            Assert.Equal(ratings.TimesOf(user)[..split.Train.CountOf(user)].ToArray(), split.Train.TimesOf(user).ToArray());
        }

        Assert.Equal(ratings.ItemCount, split.Train.ItemCount);
    });

    [Fact]
    public void A_global_time_split_loses_nothing_and_learns_nothing_that_is_later_than_what_is_asked() => ForAnyRatings(ratings =>
    {
        NextItemSplit split = GlobalTimeSplit.Split(ratings, .7);
        long newestTrained = split.Train.Times.ToArray().DefaultIfEmpty(long.MinValue).Max();
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int[] parts = [.. split.Train.ItemsOf(user), .. split.ValidationItems(user), .. split.TestItems(user)];
            Assert.Equal(ratings.ItemsOf(user).ToArray(), parts);
            foreach (long time in ratings.TimesOf(user)[split.Train.CountOf(user)..])
                Assert.True(time > newestTrained);
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-.1)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double share) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        GlobalTimeSplit.Split(new Interactions(1, 1, [0, 1], [0], [1], [1]), share));

    [Fact]
    public void A_core_is_stable_and_what_it_left_out_was_too_rare() => ForAnyRatings(ratings =>
    {
        const int Items = 4, Users = 2;
        FilteredInteractions core = CountFilter.Apply(ratings, 0, Items, Users, iterate: true);
        Assert.All(core.Interactions.CountItems(), count => Assert.True(count >= Items));
        Assert.All(Enumerable.Range(0, core.Users.Length), user => Assert.True(core.Interactions.CountOf(user) >= Users));
        Assert.Equal(core.Interactions.Items, CountFilter.Apply(core.Interactions, 0, Items, Users, iterate: true).Interactions.Items);
        RequireSame(ratings, core);

        // The k-core is the largest: put back what was left out one by one, each fails again.
        var kept = core.Items.ToHashSet();
        foreach (int item in Enumerable.Range(0, ratings.ItemCount).Where(item => !kept.Contains(item)))
            Assert.True(core.Users.Count(user => ratings.ItemsOf(user).Contains(item)) < Items);
    });

    [Fact]
    public void One_pass_drops_items_first_and_counts_users_on_what_is_left() => ForAnyRatings(ratings =>
    {
        FilteredInteractions filtered = CountFilter.Apply(ratings, 0, 5, 3, iterate: false);
        int[] counts = ratings.CountItems();
        var expected = new List<(int, int)>();
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int[] left = [.. ratings.ItemsOf(user).ToArray().Where(item => counts[item] >= 5)];
            expected.AddRange(left.Length >= 3 ? left.Select(item => (user, item)) : []);
        }

        var actual = new List<(int, int)>();
        for (int user = 0; user < filtered.Users.Length; user++)
            actual.AddRange(filtered.Interactions.ItemsOf(user).ToArray().Select(item => (filtered.Users[user], filtered.Items[item])));
        Assert.Equal(expected, actual);
        RequireSame(ratings, filtered);
    });

    [Fact]
    public void A_minimum_rating_keeps_good_and_unknown_ratings()
    {
        var ratings = new Interactions(2, 3, [0, 3, 4], [0, 1, 2, 0], [3.5f, float.NaN, 4, 1], [1, 2, 3, 4]);
        FilteredInteractions positive = CountFilter.Apply(ratings, 4, 0, 0, iterate: false);
        Assert.Equal([1, 2], positive.Interactions.Items);
        Assert.Equal([0], positive.Users);
        Assert.Equal([0, 1, 2], positive.Items);
        Assert.Same(ratings, CountFilter.Apply(ratings, 0, 0, 0, iterate: false).Interactions);
    }

    private static void RequireSame(Interactions before, FilteredInteractions after)
    {
        for (int user = 0; user < after.Users.Length; user++)
        {
            for (int i = 0; i < after.Interactions.CountOf(user); i++)
            {
                int item = after.Items[after.Interactions.ItemsOf(user)[i]];
                int at = before.ItemsOf(after.Users[user]).IndexOf(item);
                Assert.Equal(before.TimesOf(after.Users[user])[at], after.Interactions.TimesOf(user)[i]);
                Assert.Equal(before.RatingsOf(after.Users[user])[at], after.Interactions.RatingsOf(user)[i]);
            }
        }
    }

    private static void ForAnyRatings(Action<Interactions> check) => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            check(SampleDataset.MakeRatings(random, random.Next(0, 15), random.Next(1, 12)));
        }).QuickCheckThrowOnFailure();
}
