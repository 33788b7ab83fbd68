using Data;
using Data.Storage;
using Trainers;

namespace Tests.Data.Storage;

public class CacheTests
{
    [Fact]
    public void A_changed_byte_in_any_region_is_noticed_and_the_cache_made_anew()
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = RoundTripTests.Large(40, 30);
        Disk.Write(dataset, folder);
        Disk.Read(folder);
        byte[] whole = File.ReadAllBytes(folder[".cache", "interactions.bin"]);
        CacheHeader header = CacheHeader.Parse(whole.AsSpan(0, CacheHeader.Alignment))!;
        long[] starts = header.PartStarts();
        int[] regions =
        [
            .. Enumerable.Range(0, 40).Select(word => 8 * word), // every field of the header and some of its padding
            CacheHeader.Alignment - 1,
            .. starts[..^1].Select(start => (int)start),
            .. starts[..^1].Zip(header.PartLengths, (start, length) => (int)(start + length - 1)),
        ];
        foreach (int at in regions)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(folder[".cache", "interactions.bin"], damaged);
            DatasetReading reading = Disk.Read(folder);
            Assert.Equal((at, CacheUse.Made), (at, reading.Cache));
            SameDataset.Assert(dataset, reading.Dataset);
            Assert.Equal(CacheUse.Read, Disk.Read(folder).Cache);
        }
    }

    [Fact]
    public void A_cache_cut_short_or_lengthened_is_made_anew()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Large(40, 30), folder);
        Disk.Read(folder);
        byte[] whole = File.ReadAllBytes(folder[".cache", "interactions.bin"]);
        byte[][] wrong = [[], whole[..100], whole[..4096], whole[..^1], whole[..^4096], [.. whole, 0]];
        foreach (byte[] bytes in wrong)
        {
            File.WriteAllBytes(folder[".cache", "interactions.bin"], bytes);
            Assert.Equal(CacheUse.Made, Disk.Read(folder).Cache);
            Assert.Equal(CacheUse.Read, Disk.Read(folder).Cache);
        }
    }

    [Fact]
    public void A_change_of_the_source_that_keeps_its_length_is_noticed()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        Disk.RemoveKeys(folder);
        Disk.Read(folder);
        Assert.Equal(CacheUse.Read, Disk.Read(folder).Cache);
        string text = File.ReadAllText(folder["interactions.csv"]);
        File.WriteAllText(folder["interactions.csv"], text.Replace("4.5", "3.5", StringComparison.Ordinal));
        DatasetReading reading = Disk.Read(folder);
        Assert.Equal(CacheUse.Made, reading.Cache);
        Assert.Equal(3.5f, reading.Dataset.Ratings.Ratings[1]);
    }

    [Fact]
    public void A_change_that_keeps_length_and_an_old_time_is_noticed_on_request_and_by_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        Disk.RemoveKeys(folder);
        string path = folder["interactions.csv"];
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, old);
        Disk.Read(folder);
        File.WriteAllText(path, File.ReadAllText(path).Replace("4.5", "3.5", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(path, old);
        Assert.Equal(CacheUse.Read, Disk.Read(folder).Cache);
        DatasetReading verified = Disk.Read(folder, verify: true);
        Assert.Equal(CacheUse.Made, verified.Cache);
        Assert.Equal(3.5f, verified.Dataset.Ratings.Ratings[1]);
    }

    [Fact]
    public void A_touched_source_keeps_its_cache_which_takes_the_new_time()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        Disk.Read(folder);
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder["interactions.csv"], old);
        Assert.Equal(CacheUse.Read, Disk.Read(folder).Cache);
        CacheHeader header = CacheHeader.Parse(File.ReadAllBytes(folder[".cache", "interactions.bin"]).AsSpan(0, CacheHeader.Alignment))!;
        Assert.True(header.Source.IsCertain(folder["interactions.csv"]));
        Assert.Equal([Path.Combine(".cache", "interactions.bin")], folder.Files().Where(file => file.StartsWith(".cache", StringComparison.Ordinal)));
    }

    [Fact]
    public void Items_in_another_order_make_the_cache_anew()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        Disk.RemoveKeys(folder);
        Disk.Read(folder);
        string[] lines = File.ReadAllLines(folder["items.csv"]);
        File.WriteAllLines(folder["items.csv"], [lines[0], lines[2], lines[1]]);
        DatasetReading reading = Disk.Read(folder);
        Assert.Equal(CacheUse.Made, reading.Cache);
        Assert.Equal([0, 1], reading.Dataset.Ratings.Items);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_no_error()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        File.WriteAllText(folder[".cache"], "in the way");
        DatasetReading reading = Disk.Read(folder);
        Assert.Equal(CacheUse.NotWritable, reading.Cache);
        SameDataset.Assert(RoundTripTests.Small(), reading.Dataset);
    }

    [Fact]
    public void Without_the_cache_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(RoundTripTests.Small(), folder);
        string[] before = folder.Files();
        Assert.Equal(CacheUse.None, Disk.Read(folder, cache: false).Cache);
        Assert.Equal(before, folder.Files());
    }

    [Fact]
    public void A_hash_differs_after_any_single_changed_byte()
    {
        byte[] bytes = [.. Enumerable.Range(0, 83).Select(i => (byte)(37 * i))];
        var hashes = new HashSet<ulong> { ContentHash.Of(bytes) };
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                bytes[at] ^= (byte)change;
                Assert.True(hashes.Add(ContentHash.Of(bytes)));
                bytes[at] ^= (byte)change;
            }
        }

        for (int length = 0; length < bytes.Length; length++)
            Assert.True(hashes.Add(ContentHash.Of(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void A_fingerprint_changes_with_content_only()
    {
        LinkedDataset dataset = RoundTripTests.Small();
        string fingerprint = Fingerprint.Of(dataset);
        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
        Assert.Equal(fingerprint, Fingerprint.Of(dataset with { Name = "other" }, threads: 3));
        LinkedDataset[] others =
        [
            dataset with { Items = [dataset.Items[0] with { Year = 1967 }, dataset.Items[1]] },
            dataset with { Users = ["x:2"] },
            dataset with { Ratings = new Interactions(1, 2, [0, 2], [1, 0], [float.NaN, 4.5f], [7, 10]) },
            dataset with { Turns = [dataset.Turns[0] with { User = null }] },
            dataset with { Turns = [dataset.Turns[0] with { Targets = [], Repeated = [0] }] },
            dataset with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>>() },
        ];
        Assert.Equal(others.Length + 1, others.Select(other => Fingerprint.Of(other)).Append(fingerprint).Distinct().Count());
    }
}
