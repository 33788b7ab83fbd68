using Data;
using Data.Splitting;
using Trainers;

namespace Tests.Data.Splitting;

public class ConversationSplitTests
{
    [Fact]
    public void Dialogues_are_never_divided_and_the_shares_are_met()
    {
        Turn[] turns = [.. Enumerable.Range(0, 500).Select(row => Turn($"t{row}", $"c{row / 5}"))];
        IReadOnlyList<Turn> split = ConversationSplit.ByDialogue(turns, .1, .2, seed: 7);
        Assert.Equal(turns.Select(turn => turn.Id), split.Select(turn => turn.Id));
        Assert.All(split.GroupBy(turn => turn.Conversation), dialogue => Assert.Single(dialogue.Select(turn => turn.Split).Distinct()));
        Assert.Equal(100, split.Count(turn => turn.Split == Split.Test));
        Assert.Equal(50, split.Count(turn => turn.Split == Split.Validation));
    }

    [Fact]
    public void The_split_depends_on_the_seed_and_not_on_the_order()
    {
        Turn[] turns = [.. Enumerable.Range(0, 100).Select(row => Turn($"t{row}", $"c{row}"))];
        Dictionary<string, Split> Splits(IEnumerable<Turn> of, ulong seed) =>
            ConversationSplit.ByDialogue([.. of], .2, .3, seed).ToDictionary(turn => turn.Id, turn => turn.Split);
        Assert.Equal(Splits(turns, 1), Splits(turns, 1));
        Assert.NotEqual(Splits(turns, 1), Splits(turns, 2));
        Assert.Equal(Splits(turns, 1).OrderBy(pair => pair.Key), Splits(turns.Reverse(), 1).OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(-.1, .5)]
    [InlineData(.5, .5)]
    [InlineData(double.NaN, .1)]
    public void Shares_that_leave_nothing_to_train_on_are_refused(double validation, double test) =>
        Assert.Throws<UserErrorException>(() => ConversationSplit.ByDialogue([], validation, test, 1));

    [Fact]
    public void A_seekers_items_are_those_of_the_dialogues_in_order_each_once()
    {
        Turn[] turns =
        [
            Turn("t1", "c1") with { User = "ann", Mentioned = [4], Targets = [2, 0], Time = 50 },
            Turn("t2", "c1") with { User = "ann", Mentioned = [4, 2, 0, 5], Targets = [1], Repeated = [4], Time = 60 },
            Turn("t3", "c2") with { Mentioned = [3], Targets = [3, 1] },
            Turn("t4", "c3") with { User = "ann", Targets = [4], Time = 40 },
            Turn("t5", "c4") with { User = "bob", Targets = [4], Split = Split.Test },
            Turn("t6", "ann") with { Targets = [0] },
            Turn("t7", "c5") with { User = "eve" },
        ];
        Interactions built = ConversationInteractions.Build([.. turns.Where(turn => turn.Split == Split.Train)], 6).Interactions;
        Assert.Equal(3, built.UserCount);
        Assert.Equal([4, 4, 2, 0, 5, 1], built.ItemsOf(0).ToArray());
        Assert.Equal([40L, 50, 50, 50, 60, 60], built.TimesOf(0).ToArray());
        Assert.Equal([3, 1], built.ItemsOf(1).ToArray());
        Assert.Equal([0], built.ItemsOf(2).ToArray());
        Assert.All(built.Ratings.ToArray(), rating => Assert.True(float.IsNaN(rating)));
        Assert.Equal([4], ConversationInteractions.Build([.. turns.Where(turn => turn.Split == Split.Test)], 6).Interactions.Items);
    }

    [Fact]
    public void A_union_has_the_users_of_both()
    {
        var ratings = new Interactions(2, 3, [0, 2, 3], [0, 1, 2], [1, 2, 3], [5, 6, 7]);
        var conversations = new Interactions(1, 3, [0, 1], [1], [4], [8]);
        UserInteractions union = ConversationInteractions.Union(ratings, ["ann", "bob"], new UserInteractions(conversations, ["ann"]));
        Interactions both = union.Interactions;
        Assert.Equal(["ann", "bob", "ann"], union.Users);
        Assert.Equal([0L, 2, 3, 4], both.Offsets);
        Assert.Equal([0, 1, 2, 1], both.Items);
        Assert.Equal([1f, 2, 3, 4], both.Ratings);
        Assert.Equal([5L, 6, 7, 8], both.Times);
    }

    [Fact]
    public void Targets_are_counted_per_turn_and_mentions_are_not()
    {
        Turn[] turns = [Turn("t1", "c1") with { Mentioned = [1], Targets = [2, 0] }, Turn("t2", "c1") with { Targets = [2], Repeated = [1] }];
        Assert.Equal([2, 0, 2], ConversationInteractions.Targets(turns, 3).Interactions.Items);
    }

    private static Turn Turn(string id, string conversation) => new(id, conversation, Split.Train, null, null, [], [], [], []);
}
