using System.Text;
using Data.Importers;
using Trainers;

namespace Tests.Data.Importers.Conversations.Reddit;

/// <summary>Tables of Reddit-Movie that are not as they should be.</summary>
public sealed class DamagedRedditTests
{
    private static readonly RedditPost Ask = new("t3_b", null, "ann", 100, "Like {0}?", "tt0000101");
    private static readonly RedditPost Reply = new("t1_r", Ask, "bob", 200, "{0}", "tt0000105");
    private static readonly RedditPost Other = new("t1_s", Ask, "cy", 300, "{0}", "tt0000107");

    [Theory]
    [InlineData("['SYSTEM', 'tt0000105']", "['SYSTEM', 'tt0000105'", "`processed` must be a Python list of a role and a text")]
    [InlineData("['SYSTEM', 'tt0000105']", "['SYSTEM', 'it's tt0000105']", "`processed` must be a Python list of a role and a text")]
    [InlineData("['SYSTEM', 'tt0000105']", "['BOT', 'tt0000105']", "`processed` must be a Python list of a role and a text")]
    [InlineData("False", "Maybe", "`is_seeker` must be True or False, found \"Maybe\"")]
    [InlineData(",200,", ",noon,", "`utc_time` must be Unix seconds, found \"noon\"")]
    [InlineData("['t3_b']", "t3_b", "`context_turn_ids` must be a Python list of texts, found \"t3_b\"")]
    [InlineData("['t3_b']", "[]", "`context_turn_ids` has 0 posts and `context_raw` 1")]
    [InlineData("[['USER', 'Like Night Harbor?']]", "['USER', 'Like']", "`context_raw` must be a Python list of lists")]
    [InlineData("[['USER', 'Like Night Harbor?']]", "[['USER']]", "entry 1 of `context_raw` must be a role and a text")]
    [InlineData("t1_r,", ",", "`turn_id` is empty")]
    [InlineData(",bob,", ",bob,extra,", "the row has 13 columns where 12 are expected")]
    [InlineData("\"['SYSTEM', 'The Paper Lions']\"", "\"['SYSTEM', \"The\" Paper Lions']\"", "text follows a closing quote")]
    public void A_malformed_row_is_refused_with_its_line_or_skipped_on_request(string good, string bad, string what)
    {
        string[] rows = [.. RedditTable.Rows([Reply, Other])];
        string damaged = rows[1].Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(rows[1], damaged);
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", [RedditTable.Header, rows[0], damaged, .. rows[2..]]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal((Path.Combine(folder.Folder, "train.csv"), 3L), (error.File, error.Line));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        ConversationSource source = folder.Open(skipBadRows: true);
        Assert.Equal("train_t3_b/t1_s", Assert.Single(source.Turns).Id);
        Assert.Contains(source.Notes, note => note.StartsWith("train.csv: 1 malformed rows skipped: line 3: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_post_above_whose_row_is_lost_still_says_what_it_said()
    {
        string[] rows = [.. RedditTable.Rows([Reply])];
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", RedditTable.Header, rows[1]);
        ConversationSource source = folder.Open();
        Assert.Equal("Like Night Harbor?", Assert.Single(source.Turns).Context[0].Text);
        Assert.Empty(source.Turns[0].Mentioned);
        Assert.Null(source.Turns[0].User);
        Assert.Contains("posts: 1 posts above a turn without a row of their own: what they name is not known", source.Notes);
    }

    [Fact]
    public void Lines_within_quotes_count_and_a_byte_that_is_not_UTF8_is_told_by_its_line()
    {
        var broken = new RedditPost("t1_n", Ask, "bob", 200, "{0}", "tt0000105");
        string[] rows = [.. RedditTable.Rows([Reply, broken])];
        string table = string.Join("\r\n", [RedditTable.Header, rows[0], rows[1].Replace("'The Paper Lions'", "'The\r\nPaper\nLions'", StringComparison.Ordinal), rows[2], rows[3]]);
        byte[] bytes = Encoding.UTF8.GetBytes(table);
        using SampleFolder folder = new SampleFolder().WithNames().WithBytes("train.csv", bytes);
        Assert.Equal(2, folder.Open().Turns.Count);
        bytes[^5] = 0xE9;
        folder.WithBytes("train.csv", bytes);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(7, error.Line);
        Assert.Contains("byte 0xE9", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is_seeker")]
    [InlineData("processed")]
    [InlineData("context_raw")]
    [InlineData("context_turn_ids")]
    public void A_missing_column_is_named(string column)
    {
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", RedditTable.Header.Replace(column, "x", StringComparison.Ordinal), RedditTable.Row("t3_b_0/1", Ask));
        Assert.Contains($"train.csv:1: there is no column \"{column}\"", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_version_of_the_dataset_names_no_users()
    {
        string[] lines = [.. new[] { RedditTable.Header }.Concat(RedditTable.Rows([Reply])).Select(line => string.Join(',', line.Split(',').Where((_, column) => column != 3)))];
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", lines);
        Assert.Null(Assert.Single(folder.Open().Turns).User);
    }

    [Theory]
    [InlineData("[]", "must hold one JSON Object")]
    [InlineData("{}", "the list of movies is empty")]
    [InlineData("{\"12\": \"Heat (1995)\"}", "\"12\" is no IMDb id")]
    [InlineData("{\"tt0113277\": 5}", "tt0113277: a title must be a text, found Number")]
    [InlineData("{\"tt0113277\": \"Heat", "not JSON, or cut off")]
    public void A_damaged_list_of_movies_is_refused(string names, string what)
    {
        using SampleFolder folder = new SampleFolder().With("id2name.json", names).With("train.csv", Reply);
        UserErrorException error = Assert.Throws<UserErrorException>(() => folder.Open());
        Assert.Equal(Path.Combine(folder.Folder, "id2name.json"), error.File);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_empty_is_told()
    {
        using SampleFolder folder = new SampleFolder().With("train.csv", Reply);
        Assert.Contains("Reddit-Movie's posts need id2name.json beside them", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.WithNames().With("train.csv", RedditTable.Header);
        Assert.Contains("the file has no rows", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.With("train.csv", Reply).With("valid.csv", Reply).With("dev.csv", Reply);
        Assert.Contains("are of one split", Assert.Throws<UserErrorException>(() => folder.Open()).Message, StringComparison.Ordinal);
        folder.Without("dev.csv");
        Assert.Throws<OperationCanceledException>(() => ConversationImporter.Open(folder.Folder, cancellation: new CancellationToken(canceled: true)));
    }
}
