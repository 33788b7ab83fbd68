using System.Text;
using Data;
using Data.Storage;
using FsCheck;
using FsCheck.Fluent;
using Trainers;

namespace Tests.Data.Storage;

public class RoundTripTests
{
    [Fact]
    public void What_was_written_is_read_back_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            using var folder = new TemporaryFolder();
            LinkedDataset dataset = SampleDataset.Make(seed);
            LinkedDataset written = Disk.Write(dataset, folder, compress: seed % 2 == 0, threads: 1 + Math.Abs(seed % 3));
            Assert.Equal(Fingerprint.Of(dataset), written.Provenance.Fingerprint);
            foreach (CacheUse expected in new[] { CacheUse.Made, CacheUse.Read })
            {
                DatasetReading reading = Disk.Read(folder, threads: 1 + Math.Abs(seed % 2));
                Assert.Equal(expected, reading.Cache);
                SameDataset.Assert(dataset, reading.Dataset);
                Assert.Equal(written.Provenance.Fingerprint, reading.Dataset.Provenance.Fingerprint);
                Assert.Equal(0, reading.SkippedRows);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_blocks_by_many_threads_give_the_same_bytes_and_rows(bool compress)
    {
        using var folder = new TemporaryFolder();
        LinkedDataset dataset = Large(users: 3000, items: 211);
        byte[]? first = null;
        foreach (int threads in new[] { 1, 3 })
        {
            Disk.Write(dataset, folder, compress, threads);
            byte[] bytes = File.ReadAllBytes(folder[compress ? "interactions.csv.gz" : "interactions.csv"]);
            Assert.Equal(first ?? bytes, bytes);
            first = bytes;
            DatasetReading reading = Disk.Read(folder, threads: threads);
            SameDataset.Assert(dataset, reading.Dataset);
        }
    }

    [Fact]
    public void Rows_in_any_order_with_a_mark_and_CRLF_are_read_by_user_and_time()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(Small(), folder);
        Disk.RemoveKeys(folder);
        File.WriteAllText(folder["interactions.csv"], "user,item,rating,timestamp\r\nb,m1,4,9\r\na,m2,,5\r\nb,m2,3.25,-7", Encoding.UTF8);
        LinkedDataset dataset = Disk.Read(folder).Dataset;
        Assert.Equal(["b", "a"], dataset.Users);
        Assert.Equal([0L, 2, 3], dataset.Ratings.Offsets);
        Assert.Equal([-7L, 9, 5], dataset.Ratings.Times);
        Assert.Equal([3.25f, 4, float.NaN], dataset.Ratings.Ratings);
    }

    [Fact]
    public void A_dataset_replaces_another_and_leaves_foreign_files()
    {
        using var folder = new TemporaryFolder();
        LinkedDataset first = SampleDataset.Make(3) with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { ["old"] = [] } };
        Disk.Write(first, folder, compress: true);
        Disk.Read(folder);
        File.WriteAllText(folder["notes.txt"], "mine");
        LinkedDataset second = Large(3, 4);
        Disk.Write(second, folder);
        Assert.Equal(["conversations.jsonl", "dataset.yaml", "interactions.csv", "items.csv", "notes.txt"], folder.Files());
        SameDataset.Assert(second, Disk.Read(folder).Dataset);
    }

    [Fact]
    public void Turns_that_follow_each_other_share_what_was_said_alike()
    {
        using var folder = new TemporaryFolder();
        Utterance[] said = [new(Role.Seeker, "Like Solaris?", [1]), new(Role.Recommender, "Like Solaris?", [1]), new(Role.Seeker, "Like Solaris?", [0])];
        LinkedDataset small = Small();
        Turn[] turns = [.. new[] { [said[0]], [said[0], said[1]], [said[0], said[0]], [said[2], said[0]], said }.Select((context, i) => small.Turns[0] with { Id = $"t{i}", Context = context })];
        Disk.Write(small with { Turns = turns, Replies = new Dictionary<string, IReadOnlyList<LlmReply>>() }, folder);
        IReadOnlyList<Turn> read = Disk.Read(folder).Dataset.Turns;
        Assert.Equal(turns.Select(turn => turn.Context.Select(one => (one.Role, one.Items[0]))), read.Select(turn => turn.Context.Select(one => (one.Role, one.Items[0]))));
        Assert.Same(read[0].Context[0], read[1].Context[0]);
        Assert.Same(read[1].Context[0], read[2].Context[0]);
        Assert.NotSame(read[1].Context[1], read[2].Context[1]);
        Assert.Same(read[2].Context[1], read[3].Context[1]);
        Assert.NotSame(read[3].Context[0], read[4].Context[0]);
    }

    [Fact]
    public void The_files_are_as_documented()
    {
        using var folder = new TemporaryFolder();
        Disk.Write(Small(), folder);
        Assert.Equal("item,title,year,genres,movielens_id,imdb_id,origin,plot\nm1,\"Good, Bad\",1966,Western|Drama,1,tt0060196,both,\nm2,Solaris,,,,,conversations,A planet.\n", File.ReadAllText(folder["items.csv"]));
        Assert.Equal("user,item,rating,timestamp\nx:1,m2,,7\nx:1,m1,4.5,9\n", File.ReadAllText(folder["interactions.csv"]));
        Assert.Equal(
            """{"turn":"t1","conversation":"c1","split":"test","user":"u","time":12,"context":[{"role":"seeker","text":"I liked Solaris é","items":["m2"]}],"mentioned":["m2"],"targets":["m1"],"repeated":[]}""" + "\n",
            File.ReadAllText(folder["conversations.jsonl"]));
        Assert.Equal(
            """{"turn":"t1","model":"gpt-4","prompt":"p","reply":"1. Heat","tokens":20,"matches":[{"title":"Heat","nearest":"Heat (1995)","distance":0}]}""" + "\n",
            File.ReadAllText(folder["llm", "gpt-4.jsonl"]));
        Assert.Equal(
            "format: 1\nname: \"small\"\nsynthetic: false\nsources:\n  - \"a (ratings)\"\nlicences: []\nlinking: \"by IMDb id\"\ncounts:\n  items: 2\n  users: 1\n  interactions: 2\n  conversations: 1\n  turns: 1\n  replies: 1\n"
            + $"fingerprint: {Fingerprint.Of(Small())}\n",
            File.ReadAllText(folder["dataset.yaml"]));
    }

    internal static LinkedDataset Small() => new(
        "small",
        [
            new Item("m1", "Good, Bad", 1966, ["Western", "Drama"], "1", "tt0060196", ItemOrigin.Both),
            new Item("m2", "Solaris", null, [], null, null, ItemOrigin.Conversations) { More = new Dictionary<string, string> { ["plot"] = "A planet." } },
        ],
        ["x:1"],
        new Interactions(1, 2, [0, 2], [1, 0], [float.NaN, 4.5f], [7, 9]),
        [new Turn("t1", "c1", Split.Test, "u", 12, [new Utterance(Role.Seeker, "I liked Solaris é", [1])], [1], [0], [])],
        new Dictionary<string, IReadOnlyList<LlmReply>> { ["gpt-4"] = [new LlmReply("t1", "gpt-4", "p", "1. Heat", 20, [new RecordedMatch("Heat", "Heat (1995)", 0)])] },
        new DatasetProvenance(false, ["a (ratings)"], [], "by IMDb id", ""));

    internal static LinkedDataset Large(int users, int items)
    {
        Interactions ratings = SampleDataset.MakeRatings(new Random(1), users, items);
        return Small() with
        {
            Items = [.. Enumerable.Range(0, items).Select(row => new Item($"m{row}", $"Title {row}", 1990, [], null, null, ItemOrigin.Both))],
            Users = [.. Enumerable.Range(0, users).Select(row => $"u:{row}")],
            Ratings = ratings,
            Replies = new Dictionary<string, IReadOnlyList<LlmReply>>(),
        };
    }
}
