using Data;
using Data.Importers;

namespace Tests.Data.Importers.Conversations;

/// <summary>The published datasets: counts were found independently of the importer, by a script over the raw files.</summary>
public sealed class RealConversationTests
{
    [Fact]
    public void The_turns_of_ReDIAL_keep_their_counts()
    {
        ConversationSource source = RealData.Open("redial");
        Assert.Equal(6924, source.Items.Count);
        Assert.Equal(6583, source.Items.Count(item => item.ImdbId is not null));
        Assert.Equal(1803, source.Replies["gpt-3.5-turbo"].Count);
        Turn[] test = Of(source, Split.Test), valid = Of(source, Split.Validation);
        Assert.Equal((1803, 2907), (test.Length, valid.Length));
        Assert.Equal(655, test.Select(turn => turn.Conversation).Distinct().Count());
        Assert.Equal(271, valid.Select(turn => turn.User).Distinct().Count());

        // `rec` has 2,405 ids, 2,164 of them not in `prev_entity`. By movie instead of id one changes sides: "Jurassic Park" the pinball.
        Assert.Equal((2165, 240), (test.Sum(turn => turn.Targets.Length), test.Sum(turn => turn.Repeated.Length)));

        // By `prev_entity` 337 turns mention no item; in 9 of them the text names a movie that has no id.
        Assert.Equal(328, test.Count(turn => turn.Mentioned.Length == 0));
        Assert.Contains("item_ids.json: 1,686 DBpedia items that are one movie by title and year", source.Notes);
        Assert.Contains("item_ids.json: 4,315 DBpedia items that are one movie by title", source.Notes);
        Assert.Contains("item_ids.json: 280 DBpedia items with several movies of their title, told apart by the texts", source.Notes);
    }

    [Fact]
    public void The_turns_of_INSPIRED_keep_their_counts()
    {
        ConversationSource source = RealData.Open("inspired");
        Turn[] test = Of(source, Split.Test);

        // 1,123 ids have 1,108 titles; one of the 15 that share a title is kept apart.
        Assert.Equal(1109, source.Items.Count);
        Assert.Equal(228, test.Length);
        Assert.Equal((211, 42), (test.Sum(turn => turn.Targets.Length), test.Sum(turn => turn.Repeated.Length)));
        Assert.Equal((1805, 246), (Of(source, Split.Train).Length, Of(source, Split.Validation).Length));
        Assert.Equal(228, source.Replies["gpt-4"].Count);
        Assert.All(source.Replies["gpt-4"], reply => Assert.Equal(20, reply.Matches!.Count));
    }

    [Theory]
    [InlineData("redial")]
    [InlineData("inspired")]
    public void Turns_are_well_formed(string name)
    {
        ConversationSource source = RealData.Open(name);
        Assert.Equal(source.Turns.Count, source.Turns.Select(turn => turn.Id).Distinct().Count());
        foreach (Turn turn in source.Turns)
        {
            int[] named = [.. turn.Targets, .. turn.Repeated];
            Assert.NotEmpty(named);
            Assert.Equal(named.Length, named.Distinct().Count());
            Assert.Equal(turn.Mentioned.Length, turn.Mentioned.Distinct().Count());
            Assert.Empty(turn.Targets.Intersect(turn.Mentioned));
            Assert.Subset(turn.Mentioned.ToHashSet(), turn.Repeated.ToHashSet());
            Assert.Subset(turn.Mentioned.ToHashSet(), turn.Context.SelectMany(said => said.Items).ToHashSet());
            Assert.All(named.Concat(turn.Mentioned), item => Assert.InRange(item, 0, source.Items.Count - 1));
            Assert.StartsWith(turn.Split switch { Split.Train => "train_", Split.Validation => "valid_", _ => "test_" }, turn.Conversation, StringComparison.Ordinal);
        }
    }

    private static Turn[] Of(ConversationSource source, Split split) => [.. source.Turns.Where(turn => turn.Split == split)];
}
