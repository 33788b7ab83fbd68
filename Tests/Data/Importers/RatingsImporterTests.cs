using System.Text;
using Data.Importers;

namespace Tests.Data.Importers;

public sealed class RatingsImporterTests
{
    [Fact]
    public void Csv_is_read_in_the_order_of_the_file()
    {
        using var folder = RatingFolder.Csv();
        RatingsSource source = folder.Open();
        Assert.Equal(("ml-test", "movielens", 0L), (source.Name, source.IdSpace, source.SkippedRows));
        Assert.Equal(["ml-test:7", "ml-test:3"], source.Users);
        Assert.Equal(["10", "20", "30"], source.Items.Select(item => item.Id));
        Assert.Equal(["Lantern, The (1991)", "Zoë & I (2004)", "Say \"Yes\" (1999)"], source.Items.Select(item => item.Title));
        Assert.Equal(["tt0100123", "tt12345678", null], source.Items.Select(item => item.ImdbId));
        Assert.Equal(["Drama", "War"], source.Items[0].Genres);
        Assert.Empty(source.Items[1].Genres);
        Assert.Equal([0, 0, 1, 1, 1], source.Ratings.Users);
        Assert.Equal([1, 0, 0, 2, 1], source.Ratings.Items);
        Assert.Equal([4.5f, 0.5f, 5, 3, 2], source.Ratings.Values);
        Assert.Equal([1000, 900, 800, -1, 700], source.Ratings.Times);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dat_is_read_in_either_encoding(bool latin1)
    {
        using var folder = RatingFolder.Dat(latin1);
        RatingsSource source = folder.Open();
        Assert.Equal("movielens", source.IdSpace);
        Assert.Equal(["Lantern, The (1991)", "Zoë & I (2004)"], source.Items.Select(item => item.Title));
        Assert.Equal(["ml-test:7", "ml-test:3"], source.Users);
        Assert.Equal([1, 0, 0], source.Ratings.Items);
        Assert.Equal([1000, 900, -1], source.Ratings.Times);
    }

    [Fact]
    public void The_tables_of_100K_are_read()
    {
        using var folder = RatingFolder.Tabs();
        RatingsSource source = folder.Open();
        Assert.Equal("ml-100k", source.IdSpace);
        Assert.Equal(["Zoë & I (1994)", "unknown"], source.Items.Select(item => item.Title));
        Assert.Equal(["Action", "Comedy"], source.Items[0].Genres);
        Assert.Empty(source.Items[1].Genres);
        Assert.Equal([0, 1, 0], source.Ratings.Users);
        Assert.Equal([0, 1, 1], source.Ratings.Items);
        Assert.Equal([3, 5, 1], source.Ratings.Values);
    }

    [Fact]
    public void A_zip_reads_as_its_folder()
    {
        foreach (Func<RatingFolder> make in new Func<RatingFolder>[] { RatingFolder.Csv, () => RatingFolder.Dat(), RatingFolder.Tabs })
        {
            using RatingFolder folder = make();
            RatingsSource plain = folder.Open();
            RatingsSource zipped = RatingFolder.Read(folder.Zip());
            Assert.Equal(plain.Name, zipped.Name);
            Assert.Equal(plain.Users, zipped.Users);
            Assert.Equal(plain.Items.Select(item => (item.Id, item.Title, item.ImdbId)), zipped.Items.Select(item => (item.Id, item.Title, item.ImdbId)));
            Assert.Equal(plain.Ratings.Items, zipped.Ratings.Items);
            Assert.Equal(plain.Ratings.Values, zipped.Ratings.Values);
            Assert.Equal(plain.Ratings.Times, zipped.Ratings.Times);
        }
    }

    [Fact]
    public void Carriage_returns_and_a_byte_order_mark_are_no_content()
    {
        using var folder = RatingFolder.Csv();
        foreach (string name in new[] { "movies.csv", "ratings.csv", "links.csv" })
            folder.Write(name, File.ReadAllText(folder.Full(name)).ReplaceLineEndings("\r\n"), new UTF8Encoding(true));
        RatingsSource source = folder.Open();
        Assert.Equal(5, source.Ratings.Count);
        Assert.Equal([1000, 900, 800, -1, 700], source.Ratings.Times);
        Assert.Equal("10", source.Items[0].Id);
    }

    [Fact]
    public void Given_links_name_movies_that_have_none()
    {
        using var folder = RatingFolder.Csv();
        string links = folder.Full("more-links.csv");
        File.WriteAllText(links, "movieId,imdbId,tmdbId\n10,0999999,\n30,0000777,\n40,0000001,\n");
        RatingsSource source = RatingFolder.Read(folder.Path, new RatingsImportOptions { ImdbLinks = links });
        Assert.Equal(["tt0100123", "tt12345678", "tt0000777"], source.Items.Select(item => item.ImdbId));

        using var other = RatingFolder.Tabs();
        Assert.All(RatingFolder.Read(other.Path, new RatingsImportOptions { ImdbLinks = links }).Items, item => Assert.Null(item.ImdbId));
    }

    [Fact]
    public void Progress_is_told_and_cancelling_stops()
    {
        using var folder = RatingFolder.Csv();
        var rows = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 0; user < 300_000; user++)
            rows.Append(user).Append(",10,3.0,5\n");
        folder.Write("ratings.csv", rows.ToString());
        var told = new List<ImportProgress>();
        RatingFolder.Read(folder.Path, progress: new Immediate(told.Add));
        Assert.Equal(300_000, told[^1].Rows);
        Assert.Equal(told[^1].TotalBytes, told[^1].Bytes);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => RatingsImporter.Open(folder.Path, cancellation: cancelled.Token));
    }

    [Fact]
    public void Many_rows_are_the_same_from_a_file_and_a_zip_and_keep_their_lines()
    {
        using var folder = RatingFolder.Csv();
        var rows = new StringBuilder("userId,movieId,rating,timestamp\n");
        for (int user = 0; user < 50_000; user++)
            rows.Append(user).Append(",20,").Append((user % 5) + 1).Append(',').Append(user * 7L).Append(user % 1000 == 0 ? "\n\n" : "\n");
        folder.Write("ratings.csv", rows.ToString());
        RatingsSource plain = folder.Open(), zipped = RatingFolder.Read(folder.Zip());
        Assert.Equal(50_000, plain.Ratings.Count);
        Assert.Equal(plain.Users, zipped.Users);
        Assert.Equal(plain.Ratings.Values, zipped.Ratings.Values);
        Assert.Equal(Enumerable.Range(0, 50_000).Select(user => user * 7L), zipped.Ratings.Times.ToArray());

        // The header, 50,000 rows and 50 blank lines come before the repeated row.
        folder.Append("ratings.csv", "49999,20,1,1\n");
        Assert.Contains(":50052: this user has rated this item before, on line 50051:", RatingFolder.Refusal(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_can_be_given()
    {
        using var folder = RatingFolder.Csv();
        RatingsSource source = RatingFolder.Read(folder.Path, new RatingsImportOptions { Name = "mine" });
        Assert.Equal(("mine", "mine:7"), (source.Name, source.Users[0]));
    }

    private sealed class Immediate(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
