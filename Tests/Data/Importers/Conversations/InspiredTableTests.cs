using System.Text.Json;
using Data;
using Data.Importers;
using Data.Importers.Conversations;
using Trainers;

namespace Tests.Data.Importers.Conversations;

/// <summary>INSPIRED's own tables.</summary>
public sealed class InspiredTableTests
{
    private const string Header = "dialog_id\tutt_id\tspeaker\tturn_id\ttext\ttext_with_placeholder\tmovies\tgenres";

    // As the publisher writes: no quoting, several lines a message, films by title and year, lost letters.
    private static readonly string[] Rows =
    [
        Header,
        "a_1.pkl\t1\tRECOMMENDER\t1\tHello\tHello\t\t",
        "a_1.pkl\t2\tSEEKER\t1\tI like \"drama\",\tI like [G]\t\tdrama",
        "a_1.pkl\t3\tSEEKER\t1\tand  QUOTATION_MARKGrey/LanternQUOTATION_MARK, it\uFFFD\uFFFDs fine\tx\tLantern (1988)\t",
        "a_1.pkl\t4\tRECOMMENDER\t2\tThen Hollow Sea,\tx\tThe Hollow Sea (1977);  Stranger (2004)\t",
        "a_1.pkl\t5\tRECOMMENDER\t2\tlike Lantern, or Office\tx\tLantern (1988);Office ()\t",
        "b_2.pkl\t1\tRECOMMENDER\t1\tMoss-Man\tx\tMoss-Man (2002)\t",
    ];

    [Fact]
    public void Lines_of_one_speaker_are_a_message_and_films_are_found_by_title()
    {
        using SampleFolder folder = Samples.Inspired().Without("dialogues.train.jsonl").With("train.tsv", Rows);
        ConversationSource source = folder.Open();
        Assert.Equal("inspired", source.Name);
        Assert.Equal(["Moss-Man (2002)", "Hollow Sea (1977)", "Lantern (1988)"], source.Items.Select(item => item.Title));
        Turn[] turns = [.. source.Turns.Where(turn => turn.Split == Split.Train)];
        Assert.Equal(["train_0/2", "train_1/0"], turns.Select(turn => turn.Id));
        Assert.Equal("inspired:train_0", turns[0].User);
        Assert.Equal(["Hello", "I like \"drama\", and \"Grey/Lantern\", its fine"], turns[0].Context.Select(said => said.Text));
        Assert.Equal([Role.Recommender, Role.Seeker], turns[0].Context.Select(said => said.Role));
        Assert.Equal([2], turns[0].Mentioned);
        Assert.Equal([1], turns[0].Targets);
        Assert.Equal([2], turns[0].Repeated);
        Assert.Equal([0], turns[1].Targets);
        Assert.Contains("train.tsv: 2 films in `movies` that no item of the catalogue is called", source.Notes);
        Assert.Contains("train.tsv: 1 messages with letters that the publisher lost (U+FFFD), taken out", source.Notes);

        // The turns of He et al. and the replies to them are the test split, as beside dialogues.
        Assert.Equal("test_0/test_2", Assert.Single(source.Turns, turn => turn.Split == Split.Test).Id);
        Assert.Single(source.Replies["m-4"]);
    }

    [Fact]
    public void Without_a_catalogue_each_film_is_an_item()
    {
        using SampleFolder folder = new SampleFolder().With("dev.tsv", Rows);
        ConversationSource source = folder.Open();
        Assert.Equal(["Lantern (1988)", "The Hollow Sea (1977)", "Stranger (2004)", "Office", "Moss-Man (2002)"], source.Items.Select(item => item.Title));
        Assert.Equal(["valid_0/2", "valid_1/0"], source.Turns.Select(turn => turn.Id));
        Assert.All(source.Turns, turn => Assert.Equal(Split.Validation, turn.Split));
        Assert.Equal([0], source.Turns[0].Mentioned);

        // In the order of the text; those that it writes otherwise come last.
        Assert.Equal([3, 1, 2], source.Turns[0].Targets);
        Assert.Equal([0], source.Turns[0].Repeated);
    }

    [Fact]
    public void Turns_and_dialogues_win_over_tables()
    {
        using SampleFolder folder = Samples.Inspired();
        string[] without = [.. folder.Open().Turns.Select(turn => turn.Id)];
        folder.With("train.tsv", Rows).With("test.tsv", Rows);
        ConversationSource source = folder.Open();
        Assert.Equal(without, source.Turns.Select(turn => turn.Id));
        Assert.Contains("train.tsv: 0 turns taken: dialogues.train.jsonl has this split", source.Notes);
        Assert.Contains("test.tsv: 0 turns taken: turns.test.jsonl has this split", source.Notes);
    }

    [Fact]
    public void Tables_of_no_known_use_are_told()
    {
        using SampleFolder redial = Samples.Redial().With("train.tsv", Rows).With("valid.csv", "a,b");
        Assert.Contains("train.tsv: 0 turns taken: it is no file of redial as this folder has it", redial.Open().Notes);
        Assert.Contains("valid.csv: 0 turns taken: it is no file of redial as this folder has it", redial.Open().Notes);
        using SampleFolder inspired = Samples.Inspired().With("valid.csv", "a,b");
        Assert.Contains("valid.csv: 0 turns taken: it is no file of inspired as this folder has it", inspired.Open().Notes);
    }

    [Theory]
    [InlineData("\tSEEKER\t", "\tSOMEBODY\t", "`speaker` must be SEEKER or RECOMMENDER, found \"SOMEBODY\"")]
    [InlineData("\tdrama", "\tdrama\tmore", "the row has 9 columns where 8 are expected")]
    public void A_malformed_row_is_refused_with_its_line_or_skipped_on_request(string good, string bad, string what)
    {
        string[] rows = [.. Rows];
        rows[2] = rows[2].Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Rows[2], rows[2]);
        using SampleFolder folder = new SampleFolder().With("train.tsv", rows);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal((Path.Combine(folder.Folder, "train.tsv"), 3L), (error.File, error.Line));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        ConversationSource source = folder.Open(skipBadRows: true);
        Assert.Equal("and \"Grey/Lantern\", its fine", source.Turns[0].Context[1].Text);
        Assert.Contains(source.Notes, note => note.StartsWith("train.tsv: 1 malformed rows skipped: line 3: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_or_out_of_place_is_told()
    {
        using SampleFolder folder = new SampleFolder().With("train.tsv", [.. Rows, Rows[1]]);
        Assert.Contains("train.tsv:8: dialogue a_1.pkl goes on after another began", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.With("train.tsv", Header);
        Assert.Contains("the file has no rows", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.With("train.tsv", Rows[0].Replace("movies", "films", StringComparison.Ordinal), Rows[1]);
        Assert.Contains("there is no column \"movies\"", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.With("train.tsv", Rows).With("entity2id.json", "{}");
        Assert.Contains("item_ids.json", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    /// <summary>The published dialogues, written as tables whose films have titles and years in place of addresses.</summary>
    /// <remarks>Films that differ were linked to something of another name; turns that only titles give name films that no address stands for.</remarks>
    [Theory]
    [InlineData("train", "train", 1805, 1882, 1777)]
    [InlineData("valid", "dev", 246, 250, 244)]
    [InlineData("test", "test", 228, 230, 223)]
    public void Real_dialogues_give_nearly_the_same_turns_from_a_table(string split, string table, int byLinks, int byTitles, int alike)
    {
        string real = Path.Combine(RealData.Folder(), "inspired");
        using SampleFolder folder = new SampleFolder();
        foreach (string name in new[] { "entity2id.json", "item_ids.json", $"dialogues.{split}.jsonl" })
            folder.WithBytes(name, File.ReadAllBytes(Path.Combine(real, name)));
        ConversationSource linked = folder.Open();
        var rows = new List<string> { Header };
        int number = 0;
        foreach (string line in File.ReadLines(Path.Combine(real, $"dialogues.{split}.jsonl")))
        {
            using var dialogue = JsonDocument.Parse(line);
            number++;
            foreach (JsonElement message in dialogue.RootElement.EnumerateArray())
            {
                string[] films = [.. message.GetProperty("movie").EnumerateArray().Select(film => film.GetString()!)];
                // A message in two lines, as many are.
                string[] words = message.GetProperty("text").GetString()!.Split(' ');
                int half = words.Length / 2;
                rows.Add($"{number}\t0\t{message.GetProperty("role").GetString()}\t0\t{string.Join(' ', words[..half])}\t\t\t");
                rows.Add($"{number}\t0\t{message.GetProperty("role").GetString()}\t0\t{string.Join(' ', words[half..])}\t\t{string.Join("; ", films)}\t");
            }
        }

        folder.Without($"dialogues.{split}.jsonl").With($"{table}.tsv", [.. rows]);
        ConversationSource named = folder.Open();
        var byTable = named.Turns.ToDictionary(turn => turn.Id);
        int same = linked.Turns.Count(turn => byTable.TryGetValue(turn.Id, out Turn? other) && Reply(linked, turn).SetEquals(Reply(named, other)));
        Assert.Equal((byLinks, byTitles, alike), (linked.Turns.Count, named.Turns.Count, same));

        static HashSet<string> Reply(ConversationSource source, Turn turn) => [.. turn.Targets.Concat(turn.Repeated).Select(item => source.Items[item].More[InspiredTitles.Column])];
    }
}
