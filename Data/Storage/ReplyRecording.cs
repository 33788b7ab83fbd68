using Data.Text;
using Trainers;

namespace Data.Storage;

/// <summary>Puts a model's replies into llm/&lt;model&gt;.jsonl of a folder, whole or not at all.</summary>
public static class ReplyRecording
{
    /// <summary>
    /// Replies that the file has to other turns stay, so that the splits can be recorded one after the other.
    /// If the folder is a linked dataset, its dataset.yaml follows, as replies are a part of its content. Whatever stops the program in
    /// between, the folder can be read: it says less about itself for a moment, never anything wrong.
    /// </summary>
    /// <param name="folder">of a linked dataset, or another, made if it is missing</param>
    /// <param name="model">of all the replies</param>
    /// <param name="replies">at most one per turn; in a dataset they are written in the order of its turns</param>
    /// <param name="threads">for the fingerprint</param>
    /// <param name="cancellation">looked at before the first file is replaced</param>
    /// <returns>the path of the file</returns>
    /// <exception cref="UserErrorException">The folder cannot be written, or is a dataset that cannot be read.</exception>
    public static string Write(string folder, string model, IReadOnlyList<LlmReply> replies, int threads = 1, CancellationToken cancellation = default)
    {
        string path = Path.Combine(folder, DatasetFiles.Replies, DatasetFiles.ReplyFile(model));
        string manifest = Path.Combine(folder, DatasetFiles.Manifest);
        try
        {
            if (!File.Exists(manifest))
            {
                IReadOnlyList<LlmReply> earlier = File.Exists(path) ? RepliesJson.Read(path, model, new SkippedRows(false), cancellation) : [];
                Replace(path, stream => RepliesJson.Write(model, Merged(earlier, replies), stream, cancellation));
                return path;
            }

            LinkedDataset before = DatasetReader.Read(folder, new DatasetReadOptions(Threads: threads), null, cancellation).Dataset;
            Dictionary<string, int> order = before.Turns.Index().ToDictionary(turn => turn.Item.Id, turn => turn.Index, StringComparer.Ordinal);
            LlmReply[] merged = [.. Merged(before.Replies.GetValueOrDefault(model) ?? [], replies).OrderBy(reply => order.GetValueOrDefault(reply.Turn, int.MaxValue))];
            var all = new SortedDictionary<string, IReadOnlyList<LlmReply>>(before.Replies.ToDictionary(), StringComparer.Ordinal) { [model] = merged };
            LinkedDataset after = Fingerprint.Stamp(before with { Replies = all }, threads);
            Manifest said = Manifest.Of(after, after.Provenance.Fingerprint);
            cancellation.ThrowIfCancellationRequested();
            Write(manifest, said with { Counts = said.Counts.Where(count => count.Key != "replies").ToDictionary(), Fingerprint = null });
            Replace(path, stream => RepliesJson.Write(model, merged, stream, CancellationToken.None));
            Write(manifest, said);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the replies cannot be written: {error.Message}", path, inner: error);
        }
    }

    private static IReadOnlyList<LlmReply> Merged(IReadOnlyList<LlmReply> earlier, IReadOnlyList<LlmReply> replies)
    {
        var turns = replies.Select(reply => reply.Turn).ToHashSet(StringComparer.Ordinal);
        return [.. earlier.Where(reply => !turns.Contains(reply.Turn)), .. replies];
    }

    private static void Write(string path, Manifest manifest) => Replace(path, stream => stream.Write(Utf8Text.Strict.GetBytes(ManifestYaml.Write(manifest))));

    private static void Replace(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
