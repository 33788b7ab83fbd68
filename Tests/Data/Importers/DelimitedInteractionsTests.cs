using Data.Importers;
using Trainers;

namespace Tests.Data.Importers;

public sealed class DelimitedInteractionsTests
{
    [Fact]
    public void Columns_are_found_by_name()
    {
        using var folder = new RatingFolder("shop");
        folder.Write("events.csv", "when,who,what,stars\n5,ann,\"a,b\",-2.5\n6.9,bob,c,10\n7,ann,c,1e1\n");
        folder.Write("titles.csv", "id,title,imdb_id,genres\nc,Crate (1990),tt0000001,Drama|War\n");
        var map = new ColumnMap("who", "what") { Rating = "stars", Time = "when", Titles = "titles.csv", MinRating = -5, MaxRating = 10 };
        RatingsSource source = RatingFolder.Read(folder.Path, new RatingsImportOptions { Columns = map });
        Assert.Equal(("shop", "shop"), (source.Name, source.IdSpace));
        Assert.Equal(["shop:ann", "shop:bob"], source.Users);
        Assert.Equal([("a,b", "a,b", null), ("c", "Crate (1990)", "tt0000001")], source.Items.Select(item => (item.Id, item.Title, item.ImdbId)));
        Assert.Equal([-2.5f, 10, 10], source.Ratings.Values);
        Assert.Equal([5, 6, 7], source.Ratings.Times);
        Assert.Equal([0, 1, 1], source.Ratings.Items);
    }

    [Fact]
    public void Events_without_ratings_may_repeat()
    {
        using var folder = new RatingFolder("log");
        folder.Write("log.tsv", "u1\ti1\nu1\ti1\nu2\ti \"2\"\n");
        var map = new ColumnMap("1", "2") { Header = false };
        RatingsSource source = RatingFolder.Read(folder.Full("log.tsv"), new RatingsImportOptions { Columns = map });
        Assert.Equal("log", source.Name);
        Assert.Equal(3, source.Ratings.Count);
        Assert.All(source.Ratings.Values.ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.Equal([0, 0, 0], source.Ratings.Times);
        Assert.Equal("i \"2\"", source.Items[1].Id);

        UserErrorException error = RatingFolder.Refusal(() => RatingFolder.Read(
            folder.Full("log.tsv"), new RatingsImportOptions { Columns = map with { Repeats = false } }));
        Assert.Equal(2, error.Line);
        Assert.Contains("on line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeats_are_found_where_users_are_not_grouped()
    {
        using var folder = new RatingFolder();
        folder.Write("r.csv", "u,i,r\na,x,1\nb,x,2\na,y,3\n\nb,y,4\na,x,5\nb,x,6\n");
        var options = new RatingsImportOptions { Columns = new ColumnMap("u", "i") { Rating = "r" } };
        UserErrorException error = RatingFolder.Refusal(() => RatingFolder.Read(folder.Path, options));
        Assert.Equal(7, error.Line);
        Assert.Contains("on line 2:", error.Message, StringComparison.Ordinal);
        RatingsSource source = RatingFolder.Read(folder.Path, options with { SkipBadRows = true });
        Assert.Equal(2, source.SkippedRows);
        Assert.Equal([1, 2, 3, 4], source.Ratings.Values);
    }

    [Theory]
    [InlineData("user", "there is no column \"user\": the header has u,i,r")]
    [InlineData("4", "there is no column \"4\": the header has u,i,r")]
    public void An_unknown_column_is_refused(string column, string says)
    {
        using var folder = new RatingFolder();
        folder.Write("r.csv", "u,i,r\na,x,1\n");
        UserErrorException error = RatingFolder.Refusal(() => RatingFolder.Read(folder.Path, new RatingsImportOptions { Columns = new ColumnMap(column, "i") }));
        Assert.Equal($"{folder.Full("r.csv")}:1: {says}", error.Message);
    }

    [Fact]
    public void What_is_not_to_be_decided_is_asked()
    {
        using var folder = new RatingFolder();
        var options = new RatingsImportOptions { Columns = new ColumnMap("u", "i") };
        Assert.Contains("no file of interactions", RatingFolder.Refusal(() => RatingFolder.Read(folder.Path, options)).Message, StringComparison.Ordinal);
        folder.Write("a.csv", "u,i\n1,2\n");
        folder.Write("b.csv", "u,i\n1,2\n3,4\n");
        Assert.Contains("(a.csv, b.csv)", RatingFolder.Refusal(() => RatingFolder.Read(folder.Path, options)).Message, StringComparison.Ordinal);
        Assert.Equal(2, RatingFolder.Read(folder.Path, options with { Columns = options.Columns with { File = "b.csv" } }).Ratings.Count);
    }
}
