using Data;
using Data.Storage;
using Trainers;

namespace Tests.Data.Storage;

/// <summary>Replies that are added to a dataset on disk.</summary>
public sealed class ReplyRecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static LinkedDataset Small() => Enumerable.Range(1, 100).Select(seed => SampleDataset.Make(seed)).First(dataset => dataset.Turns.Count >= 4);

    private static LlmReply[] Replies(LinkedDataset dataset, int from, int count, string text) =>
        [.. dataset.Turns.Skip(from).Take(count).Select(turn => new LlmReply(turn.Id, "m/1", "asked", text, 7, null) { Finish = from == 0 ? "length" : null })];

    [Fact]
    public void The_dataset_reads_back_with_them_and_says_so()
    {
        LinkedDataset dataset = Small();
        string folder = _folder["made"];
        DatasetWriter.Write(dataset, folder);
        int before = dataset.Replies.Values.Sum(replies => replies.Count);
        string path = ReplyRecording.Write(folder, "m/1", Replies(dataset, 1, 2, "first"));
        Assert.Equal(Path.Combine(folder, "llm", "m%2F1.jsonl"), path);
        LinkedDataset read = DatasetReader.Read(folder).Dataset;
        Assert.Equal(before + 2, read.Replies.Values.Sum(replies => replies.Count));
        Assert.Equal(Fingerprint.Of(read), read.Provenance.Fingerprint);
        Assert.Contains($"replies: {before + 2}\n", File.ReadAllText(Path.Combine(folder, "dataset.yaml")), StringComparison.Ordinal);

        ReplyRecording.Write(folder, "m/1", Replies(dataset, 0, 2, "second"));
        IReadOnlyList<LlmReply> all = DatasetReader.Read(folder).Dataset.Replies["m/1"];
        Assert.Equal(dataset.Turns.Take(3).Select(turn => turn.Id), all.Select(reply => reply.Turn));
        Assert.Equal(["second", "second", "first"], all.Select(reply => reply.Reply));
        Assert.Equal(["length", "length", null], all.Select(reply => reply.Finish));
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Why_a_reply_ended_is_content()
    {
        LinkedDataset dataset = Small();
        LlmReply[] plain = Replies(dataset, 1, 2, "x");
        LinkedDataset With(IReadOnlyList<LlmReply> replies) => dataset with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { ["m/1"] = replies } };
        Assert.NotEqual(Fingerprint.Of(With(plain)), Fingerprint.Of(With([.. plain.Select(reply => reply with { Finish = "length" })])));
    }

    [Fact]
    public void Another_folder_gets_the_file_alone()
    {
        LinkedDataset dataset = Small();
        ReplyRecording.Write(_folder["other"], "m/1", Replies(dataset, 0, 1, "a"));
        ReplyRecording.Write(_folder["other"], "m/1", Replies(dataset, 1, 1, "b"));
        Assert.Equal(["other/llm/m%2F1.jsonl"], _folder.Files());
        Assert.Equal(2, File.ReadLines(_folder["other", "llm", "m%2F1.jsonl"]).Count());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_or_read_is_told()
    {
        LinkedDataset dataset = Small();
        File.WriteAllText(_folder["taken"], "");
        Assert.Contains("cannot be written", Assert.Throws<UserErrorException>(() => ReplyRecording.Write(_folder["taken"], "m", [])).Message, StringComparison.Ordinal);
        DatasetWriter.Write(dataset, _folder["made"]);
        File.AppendAllText(_folder["made", "items.csv"], "broken\n");
        Assert.Throws<UserErrorException>(() => ReplyRecording.Write(_folder["made"], "m/1", Replies(dataset, 0, 1, "a")));
        Assert.False(File.Exists(_folder["made", "llm", "m%2F1.jsonl"]));
    }
}
