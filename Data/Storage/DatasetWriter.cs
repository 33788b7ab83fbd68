using System.Text;
using Data.Text;
using Trainers;

namespace Data.Storage;

/// <param name="Compress">interactions.csv.gz instead of interactions.csv</param>
/// <param name="Threads">at most so many; the bytes do not depend on them</param>
/// <param name="Cache">leave the cache as well, which the first reading would else make</param>
public sealed record DatasetWriteOptions(bool Compress = false, int Threads = 1, bool Cache = false);

/// <summary>Where reading or writing a dataset stands.</summary>
/// <param name="Stage">e.g. the file's name</param>
/// <param name="Done">of <paramref name="Total"/>, in <paramref name="Unit"/>; 0 when the stage begins</param>
/// <param name="Total">0 if not known</param>
/// <param name="Unit">rows or bytes; empty where nothing is counted</param>
public readonly record struct DatasetProgress(string Stage, long Done, long Total, string Unit);

/// <summary>Writes a linked dataset as a folder that a person and pandas can read; <see cref="DatasetReader"/> reads it back the same.</summary>
public static class DatasetWriter
{
    /// <summary>Name of the stage before any file is written.</summary>
    public const string CheckStage = "checks and fingerprint";

    /// <summary>All of the dataset or nothing: a failed or cancelled write leaves the folder as it was.</summary>
    /// <param name="dataset">what to write; its fingerprint is computed here, whatever it says</param>
    /// <param name="folder">made if it is missing; a dataset in it is replaced, other files stay</param>
    /// <param name="options">null for the defaults</param>
    /// <param name="progress">told the begin of each stage, and the rows of interactions.csv</param>
    /// <param name="cancellation">looked at between blocks of rows</param>
    /// <returns>the dataset with its fingerprint</returns>
    /// <exception cref="UserErrorException">The folder cannot be written, or the content cannot be read back the same.</exception>
    /// <exception cref="OperationCanceledException">The write was cancelled.</exception>
    public static LinkedDataset Write(
        LinkedDataset dataset,
        string folder,
        DatasetWriteOptions? options = null,
        IProgress<DatasetProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new DatasetWriteOptions();
        progress?.Report(new DatasetProgress(CheckStage, 0, 0, ""));
        DatasetChecks.Require(dataset, options.Threads);
        cancellation.ThrowIfCancellationRequested();
        byte[] digest = Fingerprint.OfRatings(dataset.Users, dataset.Ratings, options.Threads);
        LinkedDataset stamped = Fingerprint.Stamp(dataset, Fingerprint.OfItems(dataset.Items), digest);
        try
        {
            using var staged = new StagedFolder(folder);
            ulong hash = WriteFiles(stamped, staged, options, progress, cancellation);
            if (options.Cache)
                WriteCache(stamped, (digest, hash), staged, options, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            staged.Commit(Stale(folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot write the dataset: {error.Message}; choose a folder that can be written", folder, inner: error);
        }
        catch (EncoderFallbackException error)
        {
            throw new UserErrorException("cannot write the dataset: an id or a title has half of a surrogate pair", folder, inner: error);
        }

        return stamped;
    }

    private static void WriteCache(
        LinkedDataset dataset, (byte[] Digest, ulong Hash) interactions, StagedFolder staged, DatasetWriteOptions options, IProgress<DatasetProgress>? progress, CancellationToken cancellation)
    {
        string cache = Path.Combine(DatasetFiles.CacheFolder, DatasetFiles.Cache);
        progress?.Report(new DatasetProgress(DatasetFiles.Cache, 0, 0, ""));
        if (CacheOfWriter.TryWrite(dataset, interactions.Digest, interactions.Hash, staged.PathOf(InteractionsName(options)), staged.PathOf(cache), options.Threads, cancellation))
            staged.Add(cache);
    }

    private static string InteractionsName(DatasetWriteOptions options) => options.Compress ? DatasetFiles.CompressedInteractions : DatasetFiles.Interactions;

    /// <returns>The hash of interactions.csv.</returns>
    private static ulong WriteFiles(
        LinkedDataset dataset, StagedFolder staged, DatasetWriteOptions options, IProgress<DatasetProgress>? progress, CancellationToken cancellation)
    {
        string interactions = InteractionsName(options);
        progress?.Report(new DatasetProgress(interactions, 0, dataset.Ratings.Count, "rows"));
        ulong hash;
        using (var file = new HashedStream(staged.Create(interactions)))
        {
            long done = 0;
            InteractionsCsvWriter.Write(
                dataset.Ratings,
                dataset.Users,
                dataset.Items,
                file,
                options.Compress,
                options.Threads,
                rows => progress?.Report(new DatasetProgress(interactions, done += rows, dataset.Ratings.Count, "rows")),
                cancellation);
            hash = file.Finish();
        }

        using (FileStream file = staged.Create(DatasetFiles.Items))
            ItemsCsv.Write(dataset.Items, file);
        if (UsersCsv.IsNeeded(dataset.Ratings))
        {
            using FileStream file = staged.Create(DatasetFiles.Users);
            UsersCsv.Write(dataset.Users, file);
        }

        using (FileStream file = staged.Create(DatasetFiles.Conversations))
            ConversationsJson.Write(dataset.Turns, dataset.Items, file, cancellation);
        foreach ((string model, IReadOnlyList<LlmReply> replies) in dataset.Replies)
        {
            using FileStream file = staged.Create(Path.Combine(DatasetFiles.Replies, DatasetFiles.ReplyFile(model)));
            RepliesJson.Write(model, replies, file, cancellation);
        }

        using (FileStream file = staged.Create(DatasetFiles.Manifest))
            file.Write(Utf8Text.Strict.GetBytes(ManifestYaml.Write(Manifest.Of(dataset, dataset.Provenance.Fingerprint))));
        return hash;
    }

    /// <summary>What an earlier dataset may have left that this one need not have.</summary>
    private static IEnumerable<string> Stale(string folder)
    {
        string replies = Path.Combine(folder, DatasetFiles.Replies);
        return
        [
            DatasetFiles.Users,
            DatasetFiles.Interactions,
            DatasetFiles.CompressedInteractions,
            .. File.Exists(DatasetFiles.CachePath(folder)) ? [Path.Combine(DatasetFiles.CacheFolder, DatasetFiles.Cache)] : Array.Empty<string>(),
            .. Directory.Exists(replies)
                ? Directory.EnumerateFiles(replies, "*" + DatasetFiles.ReplyEnding).Select(path => Path.Combine(DatasetFiles.Replies, Path.GetFileName(path)))
                : [],
        ];
    }
}
