using Data;
using Data.Importers;
using Data.Importers.Conversations;

namespace Tests.Data.Importers.Conversations;

public sealed class InspiredImportTests
{
    [Fact]
    public void Items_of_one_title_are_one_and_years_come_from_the_dialogues()
    {
        using SampleFolder folder = Samples.Inspired();
        ConversationSource source = folder.Open();
        Assert.Equal("inspired", source.Name);
        Assert.Equal(["Moss-Man (2002)", "Hollow Sea (1977)", "Lantern (1988)"], source.Items.Select(item => item.Title));
        Assert.Equal(["Moss Man", "Hollow Sea", "Lantern"], source.Items.Select(item => item.More[InspiredTitles.Column]));
        Assert.Contains("item_ids.json: 1 titles shared by several items, taken as one: Hollow Sea (2)", source.Notes);
    }

    [Fact]
    public void A_title_that_was_mentioned_is_repeated_whatever_its_id()
    {
        using SampleFolder folder = Samples.Inspired();
        Turn turn = Assert.Single(folder.Open().Turns, turn => turn.Split == Split.Test);
        Assert.Equal("inspired:test_0", turn.User);
        Assert.Equal([0], turn.Targets);
        Assert.Equal([1], turn.Repeated);

        // Linked before, but named in no utterance: taken as older than the rest.
        Assert.Equal([2, 1], turn.Mentioned);
        Assert.Equal([Role.Recommender, Role.Seeker], turn.Context.Select(said => said.Role));
        Assert.Equal([1], turn.Context[1].Items);
    }

    [Fact]
    public void Two_items_that_one_reply_recommends_stay_two()
    {
        using SampleFolder folder = Samples.Inspired().With("turns.test.jsonl", Samples.InspiredTurn.Replace("[0, 2]", "[1, 2]", StringComparison.Ordinal));
        ConversationSource source = folder.Open();
        Assert.Contains("Hollow Sea (franchise)", source.Items.Select(item => item.Title));
        Assert.Single(source.Turns.Single(turn => turn.Split == Split.Test).Targets);
    }

    [Fact]
    public void Dialogues_become_turns_with_the_dialogue_as_user()
    {
        using SampleFolder folder = Samples.Inspired();
        ConversationSource source = folder.Open();
        Turn turn = Assert.Single(source.Turns, turn => turn.Split == Split.Train);
        Assert.Equal(("train_0/2", "train_0", "inspired:train_0"), (turn.Id, turn.Conversation, turn.User));
        Assert.Equal([2], turn.Mentioned);
        Assert.Equal([1], turn.Targets);
        Assert.Equal([2], turn.Repeated);
        Assert.Contains("dialogues.train.jsonl: 1 films in `movie` that `movie_link` does not link", source.Notes);
    }

    [Fact]
    public void Recorded_matches_and_tokens_are_kept()
    {
        using SampleFolder folder = Samples.Inspired();
        LlmReply reply = Assert.Single(folder.Open().Replies["m-4"]);
        Assert.Equal("1. Moss-Man\n2. Una Dale", reply.Reply);
        Assert.Equal(7, reply.Tokens);
        Assert.Equal([new RecordedMatch("Moss-Man", "Moss Man", 1), new RecordedMatch("Una Dale", "Una Vale", 1)], reply.Matches);
    }

    [Fact]
    public void Reddit_Movie_has_IMDb_ids_users_and_times()
    {
        using SampleFolder folder = Samples.Reddit();
        ConversationSource source = folder.Open();
        Assert.Equal("reddit-movie", source.Name);
        Assert.Equal(["tt0000101", "tt0000105"], source.Items.Select(item => item.ImdbId));
        Turn turn = Assert.Single(source.Turns);
        Assert.Equal(("train_4/9", "reddit-movie:u1", 1640995200L, Split.Train), (turn.Id, turn.User, turn.Time, turn.Split));
        Assert.Equal([0], turn.Context[0].Items);
        Assert.Equal([1], turn.Targets);
        Assert.Contains("turns.train.jsonl: 1 rows said by the seeker, not predicted", source.Notes);
        Assert.Contains("turns.train.jsonl: 1 rows that recommend nothing, not predicted", source.Notes);
    }

    [Fact]
    public void Reddit_Movie_published_catalogue_is_read()
    {
        string real = Path.Combine(RealData.Folder(), "reddit-movie");
        using var ids = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(real, "item_ids.json")));
        string first = ids.RootElement[0].GetString()!;
        using SampleFolder folder = new SampleFolder()
            .WithBytes("entity2id.json", File.ReadAllBytes(Path.Combine(real, "entity2id.json")))
            .WithBytes("item_ids.json", File.ReadAllBytes(Path.Combine(real, "item_ids.json")))
            .With("turns.test.jsonl", $$"""{"context": ["", "Hi"], "resp": "This one", "rec": ["{{first}}"], "prev_entity": [], "dialog_id": 1, "turn_id": 2, "is_user": 0}""");
        ConversationSource source = folder.Open();
        Assert.Equal(7506, source.Items.Count);
        Assert.All(source.Items, item => Assert.NotNull(item.ImdbId));
        Assert.Equal([0], Assert.Single(source.Turns).Targets);
    }
}
