using Data.Importers;
using Trainers;

namespace Tests.Data.Importers;

/// <summary>Every way in which files of ratings come damaged: one line with file, line and what was expected.</summary>
public sealed class DamagedRatingsTests
{
    [Theory]
    [InlineData("3,10\n", 7, "the row has 2 columns where 4 are expected")]
    [InlineData("3,10,4.0,5,6\n", 7, "the row has 5 columns where 4 are expected")]
    [InlineData("3,10,good,5\n", 7, "\"good\" is not a rating")]
    [InlineData("3,10,nan,5\n", 7, "\"nan\" is not a rating")]
    [InlineData("3,10,,5\n", 7, "\"\" is not a rating")]
    [InlineData("3,10,4.0,soon\n", 7, "\"soon\" is not a time")]
    [InlineData("3,1O,4.0,5\n", 7, "\"1O\" is not a movie number")]
    [InlineData("x,10,4.0,5\n", 7, "\"x\" is not a user number")]
    [InlineData(",10,4.0,5\n", 7, "the user is empty")]
    [InlineData("4,10,4.0,5\n\n5,10,6,5\n", 9, "the rating 6 is out of range: expected 0.5 to 5")]
    [InlineData("3,99,4.0,5\n", 7, "the movie 99 is not in movies.csv")]
    [InlineData("3,30,4.0,5\n", 7, "this user has rated this item before, on line 5")]
    [InlineData("7,10,4.0,5\n", 7, "this user has rated this item before, on line 3")]
    [InlineData("\"3,10,4.0,5\n9,10,4.0,5\n", 7, "a quoted field is opened here and never closed")]
    [InlineData("3,\"10\"x,4.0,5\n", 7, "text follows a closing quote")]
    [InlineData("3,1\"0,4.0,5\n", 7, "a quote stands inside an unquoted field")]
    public void A_malformed_row_is_refused_with_its_line_or_skipped_and_counted(string rows, long line, string says)
    {
        using var folder = RatingFolder.Csv();
        folder.Append("ratings.csv", rows);
        UserErrorException error = RatingFolder.Refusal(() => folder.Open());
        Assert.Equal((folder.Full("ratings.csv"), line), (error.File, error.Line));
        Assert.StartsWith($"{folder.Full("ratings.csv")}:{line}: {says}", error.Message);

        RatingsSource source = folder.Open(skip: true);
        Assert.Equal(1, source.SkippedRows);
        Assert.Equal(5 + rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1, source.Ratings.Count);
    }

    [Theory]
    [InlineData("40,Loft, The (1990),Drama\n", 5, "the row has 4 columns where 3 are expected (movieId,title,genres): quote a title with commas")]
    [InlineData("forty,Loft (1990),Drama\n", 5, "\"forty\" is not a movie number")]
    [InlineData("40,,Drama\n", 5, "the movie has no title")]
    [InlineData("20,Loft (1990),Drama\n", 5, "this movie number is on line 3 as well")]
    public void A_malformed_movie_is_refused_with_its_line(string row, long line, string says)
    {
        using var folder = RatingFolder.Csv();
        folder.Append("movies.csv", row);
        Assert.StartsWith($"{folder.Full("movies.csv")}:{line}: {says}", RatingFolder.Refusal(() => folder.Open()).Message);
        Assert.Equal(1, folder.Open(skip: true).SkippedRows);
    }

    [Fact]
    public void A_byte_that_is_not_UTF8_is_named()
    {
        using var folder = RatingFolder.Csv();
        folder.Write("movies.csv", [.. "movieId,title,genres\n10,Lantern (1991),Drama\n20,Zo"u8, 0xEB, .. " (2004),Drama\n30,Yes (1999),Drama\n"u8]);
        UserErrorException error = RatingFolder.Refusal(() => folder.Open());
        Assert.StartsWith($"{folder.Full("movies.csv")}:3: byte 0xEB at column 6 is not valid UTF-8", error.Message);

        // The movie is skipped, and its two ratings with it.
        Assert.Equal((3L, 3), (folder.Open(skip: true).SkippedRows, folder.Open(skip: true).Ratings.Count));
    }

    [Theory]
    [InlineData("10,tt0100123,5\n", "\"tt0100123\" is not an IMDb number")]
    [InlineData("10\n", "the row has 1 columns where 3 are expected")]
    [InlineData("x,1,2\n", "\"x\" is not a movie number")]
    public void A_malformed_link_is_refused_with_its_line(string row, string says)
    {
        using var folder = RatingFolder.Csv();
        folder.Append("links.csv", row);
        Assert.StartsWith($"{folder.Full("links.csv")}:5: {says}", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Fact]
    public void A_file_of_links_that_is_something_else_is_refused()
    {
        using var folder = RatingFolder.Csv();
        folder.Write("links.csv", "10,0100123,5\n");
        Assert.StartsWith($"{folder.Full("links.csv")}:1: this is no links file", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Theory]
    [InlineData("3::20::6::5\n", 4, "the rating 6 is out of range")]
    [InlineData("3::20::4\n", 4, "the row has 3 columns where 4 are expected (user::movie::rating::time)")]
    [InlineData("3::10::4::5\n", 4, "this user has rated this item before, on line 3")]
    [InlineData("3::99::4::5\n", 4, "the movie 99 is not in movies.dat")]
    public void A_malformed_row_of_the_older_format_is_refused(string row, long line, string says)
    {
        using var folder = RatingFolder.Dat();
        folder.Append("ratings.dat", row);
        Assert.StartsWith($"{folder.Full("ratings.dat")}:{line}: {says}", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Fact]
    public void Half_stars_are_refused_only_below_one_where_users_are_described()
    {
        using var folder = RatingFolder.Dat();
        folder.Append("ratings.dat", "3::20::0.5::5\n");
        Assert.Equal(4, folder.Open().Ratings.Count);
        folder.Write("users.dat", "3::F::1::10::00000\n");
        Assert.Contains("the rating 0.5 is out of range: expected 1 to 5", RatingFolder.Refusal(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_flag_is_refused()
    {
        using var folder = RatingFolder.Tabs();
        folder.Append("u.item", "3|X (1990)|||||0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n");
        Assert.StartsWith($"{folder.Full("u.item")}:3: \"\" is not a genre flag: expected 0 or 1 in column 6", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Theory]
    [InlineData("ratings.csv")]
    [InlineData("movies.csv")]
    public void An_empty_file_is_refused(string name)
    {
        using var folder = RatingFolder.Csv();
        folder.Write(name, "");
        Assert.StartsWith($"{folder.Full(name)}: the file is empty", RatingFolder.Refusal(() => folder.Open(skip: true)).Message);
    }

    [Theory]
    [InlineData("ratings.csv", "userId,movieId,rating,timestamp\n", "there are no ratings in it")]
    [InlineData("ratings.csv", "userId,movieId,rating,timestamp\na,b,c,d\n", "every row of it is malformed")]
    [InlineData("movies.csv", "movieId,title,genres\n", "there are no movies in it")]
    public void A_file_without_rows_is_refused(string name, string text, string says)
    {
        using var folder = RatingFolder.Csv();
        folder.Write(name, text);
        Assert.StartsWith($"{folder.Full(name)}: {says}", RatingFolder.Refusal(() => folder.Open(skip: true)).Message);
    }

    [Fact]
    public void A_missing_header_is_refused()
    {
        using var folder = RatingFolder.Csv();
        folder.Write("ratings.csv", "1,10,4.0,5\n");
        Assert.Equal($"{folder.Full("ratings.csv")}:1: the header is missing: expected userId,movieId,rating,timestamp", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = RatingFolder.Csv();
        folder.Delete("movies.csv");
        Assert.StartsWith($"{folder.Path}: movies.csv is missing", RatingFolder.Refusal(() => folder.Open()).Message);
        folder.Delete("ratings.csv");
        Assert.StartsWith($"{folder.Path}: no ratings are found in it", RatingFolder.Refusal(() => folder.Open()).Message);
        Assert.EndsWith("nowhere: there is no such folder or file", RatingFolder.Refusal(() => RatingFolder.Read(folder.Full("nowhere"))).Message);
        folder.Write("ratings.dat", "1::1::1::1\n");
        Assert.StartsWith($"{folder.Path}: movies.dat is missing", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-30)]
    public void A_zip_that_is_cut_short_is_refused(int keep)
    {
        using var folder = RatingFolder.Csv();
        string zip = folder.Zip();
        byte[] content = File.ReadAllBytes(zip);
        File.WriteAllBytes(zip, content[..(keep < 0 ? content.Length + keep : keep)]);
        Assert.Equal($"{zip}: the zip is damaged or cut short: fetch it again", RatingFolder.Refusal(() => RatingFolder.Read(zip)).Message);
    }

    [Fact]
    public void A_changed_byte_of_a_zip_never_changes_ratings_or_titles()
    {
        using var folder = RatingFolder.Csv();
        string zip = folder.Zip();
        byte[] content = File.ReadAllBytes(zip);
        RatingsSource intact = RatingFolder.Read(zip);
        int refused = 0;
        for (int at = 0; at < content.Length; at++)
        {
            byte[] damaged = [.. content];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(zip, damaged);
            try
            {
                RatingsSource source = RatingFolder.Read(zip);
                Assert.Equal(intact.Ratings.Values, source.Ratings.Values);
                Assert.Equal(intact.Ratings.Items, source.Ratings.Items);
                Assert.Equal(intact.Items.Select(item => item.Title), source.Items.Select(item => item.Title));
            }
            catch (UserErrorException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, content.Length / 3, content.Length);
    }
}
