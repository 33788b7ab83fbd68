using System.Text;
using Data.Importers;
using Trainers;

namespace Tests.Data.Importers.Conversations;

public sealed class DamagedConversationTests
{
    [Theory]
    [InlineData("turns.test.jsonl", "the JSON is cut off")]
    [InlineData("llm.tiny-model.test.jsonl", "the JSON is cut off")]
    public void A_line_cut_in_half_is_refused_with_its_place(string file, string what)
    {
        using SampleFolder folder = Samples.Redial();
        string path = Path.Combine(folder.Folder, file);
        string[] lines = File.ReadAllLines(path);
        folder.With(file, lines[0], lines[1][..(lines[1].Length / 2)]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal((path, 2L), (error.File, error.Line));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_cut_line_is_skipped_and_counted_on_request()
    {
        using SampleFolder folder = Samples.Redial().With("turns.test.jsonl", Samples.RedialFirst[..100], Samples.RedialSecond);
        ConversationSource source = folder.Open(skipBadRows: true);
        Assert.Equal("test_1/13", Assert.Single(source.Turns).Id);

        // Row numbers stay: the reply to row 1 is still that to the second line.
        Assert.Equal("test_1/13", Assert.Single(source.Replies["tiny-model"]).Turn);
        Assert.Contains(source.Notes, note => note.StartsWith("turns.test.jsonl: 1 malformed rows skipped: line 1: ", StringComparison.Ordinal));
        Assert.Contains("llm.tiny-model.test.jsonl: 1 replies to rows that are not predicted", source.Notes);
    }

    [Fact]
    public void Many_bad_rows_are_all_counted_and_not_all_listed()
    {
        using SampleFolder folder = Samples.Redial().With("turns.test.jsonl", [Samples.RedialFirst, .. Enumerable.Repeat("{", 300)]);
        ConversationSource source = folder.Open(skipBadRows: true);

        // The second reply belongs to a row that is there, though it cannot be read.
        Assert.Contains("llm.tiny-model.test.jsonl: 1 replies to rows that are not predicted", source.Notes);
        string note = Assert.Single(source.Notes, note => note.Contains("malformed", StringComparison.Ordinal));
        Assert.StartsWith("turns.test.jsonl: 300 malformed rows skipped: line 2: ", note, StringComparison.Ordinal);
        Assert.EndsWith("; ...", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_is_not_UTF8_is_refused_with_its_column()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Samples.RedialFirst);
        bytes[20] = 0xE9;
        using SampleFolder folder = Samples.Redial().WithBytes("turns.test.jsonl", bytes);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal((1L, 21), (error.Line, error.Column));
        Assert.Contains("not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entity2id.json")]
    [InlineData("item_ids.json")]
    public void A_missing_side_file_is_named(string file)
    {
        using SampleFolder folder = Samples.Redial().Without(file);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(Path.Combine(folder.Folder, file), error.File);
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entity2id.json", "not UTF-8", true)]
    [InlineData("id2info.json", "not JSON, or cut off", false)]
    [InlineData("item_ids.json", "not JSON, or cut off", false)]
    public void A_damaged_side_file_is_refused(string file, string what, bool badByte)
    {
        using SampleFolder folder = Samples.Redial();
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Folder, file));
        bytes[bytes.Length / 2] = badByte ? (byte)0xFF : bytes[bytes.Length / 2];
        folder.WithBytes(file, badByte ? bytes : bytes[..(bytes.Length / 2)]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(Path.Combine(folder.Folder, file), error.File);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_is_no_entity_is_refused()
    {
        using SampleFolder folder = Samples.Redial().With("item_ids.json", "[7, 800]");
        Assert.Contains("item 800 is not in entity2id.json", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Movies_can_come_from_either_side_file_but_not_from_none()
    {
        using SampleFolder folder = Samples.Redial().With("dialogues.valid.jsonl", Samples.RedialDialogue).Without("id2info.json");
        Assert.Equal(6, folder.Open().Items.Count);
        folder.Without("movies.csv");
        Assert.Contains("movies.csv or id2info.json", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"rec\": [8, 11]", "\"rec\": [8, 99]", "entity 99 of `rec` is not in entity2id.json")]
    [InlineData("\"rec\": [8, 11]", "\"rec\": 8", "`rec` must be a list, found 8")]
    [InlineData("\"rec\": [8, 11]", "\"wreck\": []", "`rec` is missing")]
    [InlineData("\"is_user\": 0", "\"is_user\": \"no\"", "`is_user` must be a whole number, found \"no\"")]
    [InlineData("\"input\": \"\\nUser: Hi", "\"input\": \"\\nUser: Ho", "`input` does not repeat entry 1 of `context`")]
    public void A_row_with_a_wrong_field_is_refused(string good, string bad, string what)
    {
        string row = Samples.RedialFirst.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Samples.RedialFirst, row);
        using SampleFolder folder = Samples.Redial().With("turns.test.jsonl", row, Samples.RedialSecond);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(1, error.Line);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Single(folder.Open(skipBadRows: true).Turns);
    }

    [Theory]
    [InlineData(2, "`index` 2 is none of the 2 rows of turns.test.jsonl")]
    [InlineData(-1, "`index` -1 is none")]
    [InlineData(0, "row 0 has a reply already")]
    public void A_reply_to_no_row_is_refused(int index, string what)
    {
        using SampleFolder folder = Samples.Redial().With("llm.tiny-model.test.jsonl", Samples.Reply(0, "Up"), Samples.Reply(index, "Up"));
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(2, error.Line);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Single(folder.Open(skipBadRows: true).Replies["tiny-model"]);
    }

    [Fact]
    public void Replies_without_their_turns_are_refused()
    {
        using SampleFolder folder = Samples.Redial().With("llm.tiny-model.valid.jsonl", Samples.Reply(0, "Up"));
        Assert.Contains("turns.valid.jsonl, which is missing", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("turns.test.jsonl")]
    [InlineData("llm.tiny-model.test.jsonl")]
    [InlineData("movies.csv")]
    [InlineData("entity2id.json")]
    public void An_empty_file_is_refused(string file)
    {
        using SampleFolder folder = Samples.Redial().WithBytes(file, []);
        Assert.Equal(Path.Combine(folder.Folder, file), Assert.Throws<UserErrorException>(() => folder.Open()).File);
    }

    [Fact]
    public void A_turn_that_is_there_twice_is_refused()
    {
        using SampleFolder folder = Samples.Redial().With("turns.test.jsonl", Samples.RedialFirst, Samples.RedialFirst);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(2, error.Line);
        Assert.Contains("turn test_1/11 is there twice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("106;Adored", 8)]
    [InlineData("101,Again (1990)", 8)]
    [InlineData("107,\"Never closed", 8)]
    public void A_malformed_movie_is_refused(string line, int number)
    {
        using SampleFolder folder = Samples.Redial();
        folder.With("movies.csv", [.. File.ReadAllLines(Path.Combine(folder.Folder, "movies.csv")), line]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(number, error.Line);
        Assert.Equal(6, folder.Open(skipBadRows: true).Items.Count);
    }

    [Fact]
    public void A_dialogue_with_a_movie_that_is_not_listed_is_refused()
    {
        using SampleFolder folder = Samples.Redial()
            .With("dialogues.valid.jsonl", Samples.RedialDialogue.Replace("\"105\"", "\"195\"", StringComparison.Ordinal).Replace("@105", "@195", StringComparison.Ordinal));
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Contains("movie @195 (\"Paper Lions \") is not in movies.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_conversations_is_refused()
    {
        using var folder = new SampleFolder();
        Assert.Contains("no conversations here", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        string missing = Path.Combine(folder.Folder, "none");
        Assert.Contains("no such folder", Assert.Throws<UserErrorException>(() => ConversationImporter.Open(missing, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        folder.With("turns.holdout.jsonl", "{}");
        Assert.Contains("\"holdout\" is no split", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_can_be_cancelled()
    {
        using SampleFolder folder = Samples.Redial();
        Assert.Throws<OperationCanceledException>(() => ConversationImporter.Open(folder.Folder, cancellation: new CancellationToken(canceled: true)));
    }
}
