using Data;
using Data.Importers;

namespace Tests.Data.Importers.Conversations;

public sealed class RedialImportTests
{
    [Fact]
    public void Movies_keep_their_order_years_people_and_IMDb_ids()
    {
        using SampleFolder folder = Samples.Redial();
        ConversationSource source = folder.Open();
        Assert.Equal("redial", source.Name);
        Assert.Equal(
            ["Night Harbor (1982)", "Night Harbor (2011)", "Salt, Snow and Iron (1999)", "Who Rang? (2001)", "Paper Lions", "Adored (1997)"],
            source.Items.Select(item => item.Title));
        SourceItem first = source.Items[0];
        Assert.Equal(("101", "tt0000101"), (first.Id, first.ImdbId));
        Assert.Equal(["thriller", "drama"], first.Genres);
        Assert.Equal("Ann Ode", first.More["director"]);
        Assert.Equal("Bo Fry|Cy Gale", first.More["star"]);
        Assert.Null(source.Items[2].ImdbId);
        Assert.Contains("id2info.json: 1 IMDb ids of another form, left out: n/a", source.Notes);
    }

    [Fact]
    public void The_text_says_which_movie_an_id_means()
    {
        using SampleFolder folder = Samples.Redial();
        Turn turn = folder.Open().Turns[0];
        Assert.Equal(("test_1/11", "test_1", Split.Test, null), (turn.Id, turn.Conversation, turn.Split, turn.User));
        Assert.Equal([1, 4], turn.Targets);
        Assert.Empty(turn.Repeated);
        Assert.Equal([0], turn.Mentioned);
        Utterance said = Assert.Single(turn.Context);
        Assert.Equal(Role.Seeker, said.Role);
        Assert.Equal([0], said.Items);
    }

    [Fact]
    public void What_was_mentioned_is_repeated_and_no_target()
    {
        using SampleFolder folder = Samples.Redial();
        ConversationSource source = folder.Open();
        Turn turn = source.Turns[1];
        Assert.Equal([0, 1, 4], turn.Mentioned);
        Assert.Equal([2], turn.Targets);
        Assert.Equal([4], turn.Repeated);
        Assert.Equal([Role.Seeker, Role.Recommender, Role.Seeker], turn.Context.Select(said => said.Role));
    }

    [Fact]
    public void What_is_left_out_is_told()
    {
        using SampleFolder folder = Samples.Redial();
        IReadOnlyList<string> notes = folder.Open().Notes;
        Assert.Contains("turns.test.jsonl: 1 movies that a reply names and `rec` lacks, not predicted: Who Rang? (2001)", notes);
        Assert.Contains(
            "turns.test.jsonl: 2 items of `prev_entity` that no utterance names, taken as linked by mistake and left out: <http://dbpedia.org/resource/Adored_(film)>",
            notes);
        Assert.Contains("item_ids.json: 1 DBpedia items with several movies of their title, told apart by the texts", notes);
    }

    [Fact]
    public void Replies_belong_to_rows()
    {
        using SampleFolder folder = Samples.Redial();
        IReadOnlyList<LlmReply> replies = folder.Open().Replies["tiny-model"];
        Assert.Equal(["test_1/11", "test_1/13"], replies.Select(reply => reply.Turn));
        Assert.Equal("1. Night Harbor (2011)\n2. Paper Lions", replies[0].Reply);
        Assert.Null(replies[0].Tokens);
        Assert.Null(replies[0].Matches);
    }

    [Fact]
    public void Dialogues_become_a_turn_for_each_reply_that_names_movies()
    {
        using SampleFolder folder = Samples.Redial().With("dialogues.valid.jsonl", Samples.RedialDialogue);
        ConversationSource source = folder.Open();
        Turn turn = Assert.Single(source.Turns, turn => turn.Split == Split.Validation);
        Assert.Equal(("valid_77/1", "valid_77", "redial:5"), (turn.Id, turn.Conversation, turn.User));
        Assert.Equal("I liked Night Harbor (1982), on at @8pm", turn.Context[0].Text);
        Assert.Equal([0], turn.Mentioned);
        Assert.Equal([2, 4], turn.Targets);
        Assert.Equal([0], turn.Repeated);
        Assert.Contains("dialogues.valid.jsonl: 1 numbers after @ that are no movie, left as text: @8", source.Notes);
    }

    [Fact]
    public void Turns_win_over_dialogues_of_their_split()
    {
        using SampleFolder folder = Samples.Redial().With("dialogues.test.jsonl", Samples.RedialDialogue);
        ConversationSource source = folder.Open();
        Assert.Equal(2, source.Turns.Count);
        Assert.Contains("dialogues.test.jsonl: 0 turns taken: turns.test.jsonl has this split", source.Notes);
    }

    [Fact]
    public void Roles_alternate_backwards_without_the_input()
    {
        const string row = """{"context": ["", "Hello", "Night Harbor (1982) please"], "resp": "Night Harbor (2011)", "rec": [8], "prev_entity": [7], "dialog_id": "3", "turn_id": 1, "is_user": 0}""";
        using SampleFolder folder = Samples.Redial().With("turns.test.jsonl", row).Without("llm.tiny-model.test.jsonl");
        Turn turn = Assert.Single(folder.Open().Turns);
        Assert.Equal("test_3", turn.Conversation);
        Assert.Equal([Role.Recommender, Role.Seeker], turn.Context.Select(said => said.Role));
    }
}
