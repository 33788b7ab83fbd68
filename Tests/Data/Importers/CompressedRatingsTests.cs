using System.IO.Compression;
using Data.Importers;
using Trainers;

namespace Tests.Data.Importers;

/// <summary>Files of ratings compressed with gzip, in a folder or alone.</summary>
public sealed class CompressedRatingsTests
{
    [Fact]
    public void A_compressed_file_is_read_as_the_plain_one()
    {
        using var folder = RatingFolder.Csv();
        RatingsSource plain = folder.Open();
        Compress(folder, "ratings.csv");
        Compress(folder, "movies.csv");
        RatingsSource compressed = folder.Open();
        Assert.Equal(plain.Name, compressed.Name);
        Assert.Equal(plain.Users, compressed.Users);
        Assert.Equal(plain.Items.Select(item => (item.Id, item.Title, item.ImdbId)), compressed.Items.Select(item => (item.Id, item.Title, item.ImdbId)));
        Assert.Equal(plain.Ratings.Items, compressed.Ratings.Items);
        Assert.Equal(plain.Ratings.Values, compressed.Ratings.Values);
        Assert.Equal(plain.Ratings.Times, compressed.Ratings.Times);
    }

    [Fact]
    public void A_compressed_file_alone_is_named_without_its_endings()
    {
        using var folder = new RatingFolder();
        folder.Write("shop.tsv", "u1\ti1\t4\nu2\ti1\t5\n");
        Compress(folder, "shop.tsv");
        var map = new ColumnMap("1", "2") { Rating = "3", Header = false };
        RatingsSource source = RatingFolder.Read(folder.Full("shop.tsv.gz"), new RatingsImportOptions { Columns = map });
        Assert.Equal(("shop", 2), (source.Name, source.Ratings.Count));
        Assert.Equal(["shop:u1", "shop:u2"], source.Users);
        Assert.Equal(2, RatingFolder.Read(folder.Path, new RatingsImportOptions { Columns = map }).Ratings.Count);
    }

    [Fact]
    public void A_file_that_is_there_twice_is_refused()
    {
        using var folder = RatingFolder.Csv();
        File.Copy(Compress(folder, "ratings.csv", keep: true), folder.Full("other.csv.gz"));
        Assert.Equal($"{folder.Path}: there are both ratings.csv and ratings.csv.gz: remove one", RatingFolder.Refusal(() => folder.Open()).Message);
    }

    [Fact]
    public void A_malformed_row_is_named_by_the_compressed_file()
    {
        using var folder = RatingFolder.Csv();
        folder.Append("ratings.csv", "3,99,4.0,5\n");
        string path = Compress(folder, "ratings.csv");
        Assert.StartsWith($"{path}:7: the movie 99 is not in movies.csv", RatingFolder.Refusal(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_short_or_changed_is_refused()
    {
        using var folder = RatingFolder.Csv();
        string path = Compress(folder, "ratings.csv");
        byte[] content = File.ReadAllBytes(path);
        RatingsSource intact = folder.Open();
        string damaged = $"{path}: the gzip file is damaged or cut short: fetch it again";
        for (int keep = 1; keep < content.Length; keep++)
        {
            File.WriteAllBytes(path, content[..keep]);
            string message = RatingFolder.Refusal(() => folder.Open(skip: true)).Message;

            // What follows the cut may pass for some letters of the first line, before it is found out.
            Assert.True(message == damaged || message.StartsWith($"{path}:1: the header is missing", StringComparison.Ordinal), message);
        }

        for (int at = 10; at < content.Length; at++)
        {
            byte[] changed = [.. content];
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);
            try
            {
                Assert.Equal(intact.Ratings.Values, folder.Open().Ratings.Values);
            }
            catch (UserErrorException)
            {
                // As it should be.
            }
        }
    }

    private static string Compress(RatingFolder folder, string name, bool keep = false)
    {
        string path = folder.Full(name + ".gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal))
            gzip.Write(File.ReadAllBytes(folder.Full(name)));
        if (!keep)
            folder.Delete(name);
        return path;
    }
}
