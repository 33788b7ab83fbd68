using Data;
using Data.Storage;

namespace Tests.Data.Storage;

public class CacheOfWriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_reading_of_what_was_written_with_its_cache_parses_nothing(bool compress)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            using var folder = new TemporaryFolder();
            LinkedDataset dataset = SampleDataset.Make(seed);
            LinkedDataset written = Write(dataset, folder, compress);
            string source = folder[compress ? "interactions.csv.gz" : "interactions.csv"];
            CacheHeader header = CacheHeader.Parse(File.ReadAllBytes(folder[".cache", "interactions.bin"]).AsSpan(0, CacheHeader.Alignment))!;
            Assert.True(header.Source.IsCertain(source));
            Assert.Equal(ContentHash.OfFile(source, 2, TestContext.Current.CancellationToken), header.Source.Hash);

            foreach (bool verify in new[] { false, true })
            {
                DatasetReading reading = Disk.Read(folder, verify: verify);
                Assert.Equal(CacheUse.Read, reading.Cache);
                SameDataset.Assert(dataset, reading.Dataset);
                Assert.Equal(written.Provenance.Fingerprint, reading.Dataset.Provenance.Fingerprint);
            }

            Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public void It_is_the_cache_that_the_first_reading_would_make()
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = RoundTripTests.Large(500, 41);
        Write(dataset, folder);
        string path = folder[".cache", "interactions.bin"];
        byte[] written = File.ReadAllBytes(path);
        File.Delete(path);
        Assert.Equal(CacheUse.Made, Disk.Read(folder).Cache);
        Assert.Equal(written[CacheHeader.Alignment..], File.ReadAllBytes(path)[CacheHeader.Alignment..]);
    }

    [Fact]
    public void A_change_soon_after_the_writing_is_noticed()
    {
        using var folder = new TemporaryFolder();
        Write(RoundTripTests.Small(), folder);
        Disk.RemoveKeys(folder);
        string path = folder["interactions.csv"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("4.5", "3.5", StringComparison.Ordinal));
        DatasetReading reading = Disk.Read(folder);
        Assert.Equal(CacheUse.Made, reading.Cache);
        Assert.Equal(3.5f, reading.Dataset.Ratings.Ratings[1]);
    }

    [Fact]
    public void It_replaces_that_of_the_dataset_before()
    {
        using var folder = new TemporaryFolder();
        Write(RoundTripTests.Large(40, 30), folder);
        Write(RoundTripTests.Small(), folder);
        DatasetReading reading = Disk.Read(folder);
        Assert.Equal(CacheUse.Read, reading.Cache);
        SameDataset.Assert(RoundTripTests.Small(), reading.Dataset);
        Disk.Write(RoundTripTests.Small(), folder);
        Assert.DoesNotContain(folder.Files(), file => file.EndsWith(".bin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ContentHash.ChunkBytes - 1)]
    [InlineData(ContentHash.ChunkBytes)]
    [InlineData((2 * ContentHash.ChunkBytes) + 17)]
    public void What_is_hashed_while_it_is_written_has_the_hash_of_the_file(int length)
    {
        using var folder = new TemporaryFolder();
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        ulong hash;
        using (var stream = new HashedStream(File.Create(folder["file"])))
        {
            stream.Write(content.AsSpan(0, length / 3));
            stream.Write(content, length / 3, length - (length / 3));
            hash = stream.Finish();
        }

        Assert.Equal(content, File.ReadAllBytes(folder["file"]));
        Assert.Equal(ContentHash.OfFile(folder["file"], 2, TestContext.Current.CancellationToken), hash);
    }

    private static LinkedDataset Write(LinkedDataset dataset, TemporaryFolder folder, bool compress = false) =>
        DatasetWriter.Write(dataset, folder.Path, new DatasetWriteOptions(compress, Threads: 2, Cache: true), null, TestContext.Current.CancellationToken);
}
