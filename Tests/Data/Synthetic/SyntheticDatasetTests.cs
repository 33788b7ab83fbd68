using Data;
using Data.Synthetic;
using Trainers;

namespace Tests.Data.Synthetic;

public sealed class SyntheticDatasetTests
{
    private static readonly SyntheticOptions Small = new() { Users = 120, Items = 200, Ratings = 3_000, Conversations = 90 };

    private static readonly LinkedDataset Dataset = SyntheticDataset.Generate(Small);

    [Fact]
    public void The_size_is_as_asked_for()
    {
        Assert.Equal(3_000, Dataset.Ratings.Count);
        Assert.Equal(120, Dataset.Ratings.UserCount);
        Assert.Equal(200, Dataset.Items.Count);
        Assert.Equal(90, Dataset.Turns.Select(turn => turn.Conversation).Distinct().Count());
        Assert.True(Dataset.Provenance.Synthetic);
    }

    [Fact]
    public void The_same_seed_gives_the_same_data_and_another_seed_other_data()
    {
        LinkedDataset again = SyntheticDataset.Generate(Small), other = SyntheticDataset.Generate(Small with { Seed = 8 });
        Assert.Equal(Dataset.Ratings.Items, again.Ratings.Items);
        Assert.Equal(Dataset.Ratings.Times, again.Ratings.Times);
        Assert.Equal(Dataset.Replies["simulated-llm"].Select(r => r.Reply), again.Replies["simulated-llm"].Select(r => r.Reply));
        Assert.False(Dataset.Ratings.Items.SequenceEqual(other.Ratings.Items));
    }

    [Fact]
    public void Users_rate_an_item_once_and_in_order_of_time()
    {
        for (int user = 0; user < Dataset.Ratings.UserCount; user++)
        {
            int[] items = Dataset.Ratings.ItemsOf(user).ToArray();
            Assert.Equal(items.Length, items.Distinct().Count());
            Assert.True(items.Length >= 3);
            long[] times = Dataset.Ratings.TimesOf(user).ToArray();
            Assert.Equal(times.Order(), times);
        }
    }

    [Fact]
    public void Only_items_that_ratings_know_are_rated_and_only_those_of_conversations_are_mentioned()
    {
        Assert.All(Dataset.Ratings.Items.ToArray(), item => Assert.True(Dataset.Items[item].Origin.HasFlag(ItemOrigin.Ratings)));
        foreach (Turn turn in Dataset.Turns)
        {
            Assert.All(
                (int[])[.. turn.Mentioned, .. turn.Targets, .. turn.Repeated],
                item => Assert.True(Dataset.Items[item].Origin.HasFlag(ItemOrigin.Conversations)));
            Assert.Empty(turn.Targets.Intersect(turn.Mentioned));
            Assert.Empty(turn.Repeated.Except(turn.Mentioned));
        }
    }

    [Fact]
    public void A_dialogue_is_in_one_split_and_all_splits_occur()
    {
        Assert.All(Dataset.Turns.GroupBy(turn => turn.Conversation), dialogue => Assert.Single(dialogue.Select(turn => turn.Split).Distinct()));
        Assert.Equal(3, Dataset.Turns.Select(turn => turn.Split).Distinct().Count());
    }

    [Fact]
    public void Titles_with_years_are_unique() =>
        Assert.Equal(Dataset.Items.Count, Dataset.Items.Select(item => item.TitleWithYear).Distinct().Count());

    [Fact]
    public void Popularity_is_skewed()
    {
        int[] counts = Dataset.Ratings.CountItems();
        Array.Sort(counts, (a, b) => b.CompareTo(a));
        double top = counts.Take(20).Sum() / (double)Dataset.Ratings.Count;
        Assert.InRange(top, 0.15, 0.8);
    }

    [Fact]
    public void Ratings_that_do_not_fit_are_refused_in_one_line()
    {
        var error = Assert.Throws<UserErrorException>(() => SyntheticDataset.Generate(Small with { Ratings = 200 }));
        Assert.StartsWith("200 ratings cannot be shared among 120 users", error.Message, StringComparison.Ordinal);
    }
}
