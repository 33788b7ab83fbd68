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
        int tooShort = 0;
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int[] items = ratings.ItemsOf(user).ToArray();
            bool held = items.Length >= 3;
            Assert.Equal(held ? items[^1] : -1, split.TestItem[user]);
            Assert.Equal(held ? items[^2] : -1, split.ValidationItem[user]);
            Assert.Equal(held ? items[..^2] : items, split.Train.ItemsOf(user).ToArray());
            Assert.Equal(ratings.TimesOf(user)[..split.Train.CountOf(user)].ToArray(), split.Train.TimesOf(user).ToArray());
            tooShort += held ? 0 : 1;
        }

        Assert.Equal(tooShort, split.UsersTooShort);
        Assert.Equal(ratings.ItemCount, split.Train.ItemCount);
    });

    [Fact]
    public void A_global_time_split_loses_nothing_and_leaks_nothing() => ForAnyRatings(ratings =>
    {
        if (ratings.Count == 0)
        {
            Assert.Throws<UserErrorException>(() => GlobalTimeSplit.AtQuantile(ratings, .5));
            return;
        }

        foreach (TimeSplit split in new[] { GlobalTimeSplit.At(ratings, 2), GlobalTimeSplit.AtQuantile(ratings, .7) })
        {
            Assert.All(split.Train.Times, time => Assert.True(time < split.Cut));
            Assert.All(split.Test.Times, time => Assert.True(time >= split.Cut));
            Assert.Equal(ratings.Count, split.Train.Count + split.Test.Count + split.InteractionsWithoutHistory);
            for (int user = 0; user < ratings.UserCount; user++)
                Assert.True(split.Test.CountOf(user) == 0 || split.Train.CountOf(user) > 0);
        }
    });

    [Theory]
    [InlineData(.5, 30, 3)]
    [InlineData(.51, 30, 3)]
    [InlineData(.1, 10, 1)]
    [InlineData(.99, 50, 5)]
    public void The_cut_at_a_share_keeps_ties_together(double share, long last, int trained)
    {
        var ratings = new Interactions(1, 6, [0, 5], [0, 1, 2, 3, 4], new float[5], [10, 30, 30, 40, 50]);
        TimeSplit split = GlobalTimeSplit.AtQuantile(ratings, share);
        Assert.Equal(last + 1, split.Cut);
        Assert.Equal(trained, split.Train.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-.1)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double share) => Assert.Throws<UserErrorException>(() =>
        GlobalTimeSplit.AtQuantile(new Interactions(1, 1, [0, 1], [0], [1], [1]), share));

    [Fact]
    public void A_core_is_stable_and_what_it_left_out_was_too_rare() => ForAnyRatings(ratings =>
    {
        const int Items = 4, Users = 2;
        FilteredInteractions core = CountFilter.Apply(ratings, Items, Users, iterate: true);
        Assert.All(core.Interactions.CountItems(), count => Assert.True(count >= Items));
        Assert.All(Enumerable.Range(0, core.Users.Length), user => Assert.True(core.Interactions.CountOf(user) >= Users));
        Assert.Equal(core.Interactions.Items, CountFilter.Apply(core.Interactions, Items, Users, iterate: true).Interactions.Items);
        RequireSame(ratings, core);

        // The k-core is the largest: put back what was left out one by one, each fails again.
        var kept = core.Items.ToHashSet();
        foreach (int item in Enumerable.Range(0, ratings.ItemCount).Where(item => !kept.Contains(item)))
            Assert.True(core.Users.Count(user => ratings.ItemsOf(user).Contains(item)) < Items);
    });

    [Fact]
    public void One_pass_counts_on_what_is_given() => ForAnyRatings(ratings =>
    {
        FilteredInteractions filtered = CountFilter.Apply(ratings, 5, 3, iterate: false);
        int[] counts = ratings.CountItems();
        var expected = new List<(int, int)>();
        for (int user = 0; user < ratings.UserCount; user++)
            expected.AddRange(ratings.ItemsOf(user).ToArray().Where(item => counts[item] >= 5 && ratings.CountOf(user) >= 3).Select(item => (user, item)));
        var actual = new List<(int, int)>();
        for (int user = 0; user < filtered.Users.Length; user++)
            actual.AddRange(filtered.Interactions.ItemsOf(user).ToArray().Select(item => (filtered.Users[user], filtered.Items[item])));
        Assert.Equal(expected, actual);
        Assert.DoesNotContain(0, filtered.Interactions.CountItems());
        RequireSame(ratings, filtered);
    });

    [Fact]
    public void Implicit_feedback_keeps_good_and_unknown_ratings()
    {
        var ratings = new Interactions(2, 3, [0, 3, 4], [0, 1, 2, 0], [3.5f, float.NaN, 4, 1], [1, 2, 3, 4]);
        PositiveInteractions positive = ImplicitFeedback.Apply(ratings, 4);
        Assert.Equal([1, 2], positive.Interactions.Items);
        Assert.Equal([0L, 2, 2], positive.Interactions.Offsets);
        Assert.Equal([1f, 1], positive.Interactions.Ratings);
        Assert.Equal(2, positive.LeftOut);
        Assert.Equal(4, ImplicitFeedback.Apply(ratings, null).Interactions.Count);
        Assert.Equal(3.5f, ratings.Ratings[0]);
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
