using Trainers;

namespace Data.Storage;

/// <summary>Puts a model's replies into llm/&lt;model&gt;.jsonl of a folder, whole or not at all.</summary>
public static class ReplyRecording
{
    /// <summary>
    /// If the folder is a linked dataset, its dataset.yaml follows, as replies are a part of its content. Whatever stops the program in
    /// between, the folder can be read: it says less about itself for a moment, never anything wrong.
    /// </summary>
    /// <param name="folder">of a linked dataset, or another, made if it is missing</param>
    /// <param name="model">of all the replies</param>
    /// <param name="replies">in the order in which they are written</param>
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
                Replace(path, stream => RepliesJson.Write(model, replies, stream, cancellation));
                return path;
            }

            LinkedDataset before = DatasetReader.Read(folder, new DatasetReadOptions(Threads: threads), null, cancellation).Dataset;
            var all = new SortedDictionary<string, IReadOnlyList<LlmReply>>(before.Replies.ToDictionary(), StringComparer.Ordinal) { [model] = replies };
            LinkedDataset after = Fingerprint.Stamp(before with { Replies = all }, threads);
            Manifest said = Manifest.Of(after, after.Provenance.Fingerprint);
            cancellation.ThrowIfCancellationRequested();
            Write(manifest, said with { Counts = new Dictionary<string, long>(), Fingerprint = null });
            Replace(path, stream => RepliesJson.Write(model, replies, stream, CancellationToken.None));
            Write(manifest, said);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the replies cannot be written: {error.Message}", path, inner: error);
        }
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
