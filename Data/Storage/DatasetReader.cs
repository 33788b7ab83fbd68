using Trainers;

namespace Data.Storage;

/// <param name="SkipBadRows">count malformed rows and go on, instead of refusing the file</param>
/// <param name="UseCache">read the interactions from the cache if it is valid, and make it if it is not</param>
/// <param name="VerifyCache">compare the whole content of interactions.csv with what the cache was made from, not only its length and time</param>
/// <param name="Threads">at most so many; the result does not depend on them</param>
public sealed record DatasetReadOptions(bool SkipBadRows = false, bool UseCache = true, bool VerifyCache = false, int Threads = 1);

/// <summary>What the cache was good for.</summary>
public enum CacheUse
{
    /// <summary>Not asked for, or not made because rows were skipped.</summary>
    None,

    /// <summary>The interactions came from it.</summary>
    Read,

    /// <summary>It was missing, damaged or outdated, and has been made.</summary>
    Made,

    /// <summary>It was missing, damaged or outdated, and cannot be written.</summary>
    NotWritable,
}

/// <summary>A dataset as read.</summary>
/// <param name="Dataset">with the fingerprint of what was read</param>
/// <param name="SkippedRows">malformed rows left out, on request only</param>
/// <param name="Notes">what a report must not lose: the first skipped rows with file:line, replies to turns that do not exist</param>
/// <param name="Cache">what the cache was good for</param>
public sealed record DatasetReading(LinkedDataset Dataset, long SkippedRows, IReadOnlyList<string> Notes, CacheUse Cache);

/// <summary>Reads what <see cref="DatasetWriter"/> writes, or a person edits. Strict: errors name file:line.</summary>
public static class DatasetReader
{
    /// <summary>
    /// The content must have the counts and the fingerprint that dataset.yaml gives: so a file that was cut short at the
    /// end of a line, or swapped, does not pass. Who edits files on purpose removes those keys.
    /// </summary>
    /// <param name="folder">with dataset.yaml</param>
    /// <param name="options">null for the defaults</param>
    /// <param name="progress">told the bytes of interactions.csv</param>
    /// <param name="cancellation">looked at between blocks of rows</param>
    /// <exception cref="UserErrorException">A file is missing or malformed.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static DatasetReading Read(
        string folder,
        DatasetReadOptions? options = null,
        IProgress<DatasetProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new DatasetReadOptions();
        try
        {
            return new Run(folder, options, progress, cancellation).Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot read the dataset: {error.Message}", folder, inner: error);
        }
    }

    private sealed class Run(string folder, DatasetReadOptions options, IProgress<DatasetProgress>? progress, CancellationToken cancellation)
    {
        private readonly SkippedRows _skipped = new(options.SkipBadRows);

        public DatasetReading Read()
        {
            string manifestPath = Existing(DatasetFiles.Manifest, "is this the folder of a linked dataset?"), itemsPath = Existing(DatasetFiles.Items);
            (Manifest manifest, (List<Item> items, NameTable ids)) = Together(() => ManifestYaml.Read(manifestPath), () => ItemsCsv.Read(itemsPath, _skipped));
            ((InteractionsCache interactions, CacheUse cache), byte[] itemsDigest) = Together(() => ReadInteractions(ids, manifest), () => Fingerprint.OfItems(items));
            List<Turn> turns = ConversationsJson.Read(Existing(DatasetFiles.Conversations), ids, _skipped, cancellation);
            var replies = new SortedDictionary<string, IReadOnlyList<LlmReply>>(StringComparer.Ordinal);
            foreach (string path in ReplyFiles())
                replies.Add(DatasetFiles.ModelOf(path), RepliesJson.Read(path, DatasetFiles.ModelOf(path), _skipped, cancellation));

            var provenance = new DatasetProvenance(manifest.Synthetic, manifest.Sources, manifest.Licences, manifest.Linking, "");
            LinkedDataset dataset = Fingerprint.Stamp(
                new LinkedDataset(manifest.Name, items, interactions.Users, interactions.Ratings, turns, replies, provenance), itemsDigest, interactions.Digest);
            if (_skipped.Count == 0)
                RequireAsSaid(dataset, manifest);
            return new DatasetReading(dataset, _skipped.Count, [.. _skipped.Examples, .. UnknownTurns(turns, replies)], cache);
        }

        /// <summary>Does two things by two threads, if there may be so many; of two failures the first's is told.</summary>
        private (TFirst First, TSecond Second) Together<TFirst, TSecond>(Func<TFirst> first, Func<TSecond> second)
        {
            if (options.Threads <= 1)
                return (first(), second());
            Task<TSecond> beside = Task.Run(second, CancellationToken.None);
            try
            {
                return (first(), beside.GetAwaiter().GetResult());
            }
            finally
            {
                // Nothing goes on after a failure.
                Task.WaitAny([beside], CancellationToken.None);
            }
        }

        private (InteractionsCache Interactions, CacheUse Cache) ReadInteractions(NameTable items, Manifest manifest)
        {
            string source = InteractionsPath();
            string usersPath = Path.Combine(folder, DatasetFiles.Users);
            NameTable? users = File.Exists(usersPath) ? UsersCsv.Read(usersPath, _skipped) : null;
            (ulong itemsHash, ulong usersHash) = (items.ContentHash(), users?.ContentHash() ?? 0);

            string path = DatasetFiles.CachePath(folder);
            bool cached = options.UseCache && _skipped.Count == 0;
            if (cached && InteractionsCache.Open(path, source, itemsHash, usersHash, options.VerifyCache, options.Threads, cancellation) is { } found)
                return (found, CacheUse.Read);

            string clock = InteractionsCache.TemporaryName(path);
            bool writable = cached && InteractionsCache.TryTouch(clock);
            try
            {
                SourceStamp stamp = writable ? SourceStamp.Take(source, clock, options.Threads, cancellation) : default;
                InteractionsCache parsed = Parse(source, items, users, manifest);
                if (!cached || _skipped.Count > 0)
                    return (parsed, CacheUse.None);
                if (!writable)
                    return (parsed, CacheUse.NotWritable);
                if (!stamp.IsUntouched(source))
                    throw new UserErrorException("the file was changed while it was read: read it again", source);
                return (parsed, TryWrite(parsed, path, stamp, itemsHash, usersHash) ? CacheUse.Made : CacheUse.NotWritable);
            }
            finally
            {
                if (writable)
                    File.Delete(clock);
            }
        }

        private InteractionsCache Parse(string source, NameTable items, NameTable? users, Manifest manifest)
        {
            (long done, long bytes) = (0, new FileInfo(source).Length);
            bool compressed = source.EndsWith(".gz", StringComparison.Ordinal);
            long? expected = manifest.Counts.TryGetValue("interactions", out long count) ? count : null;
            (Interactions ratings, NameTable names) = new InteractionsCsvReader(source, items, options.Threads).Read(
                expected,
                users,
                _skipped,
                read => progress?.Report(new DatasetProgress(Path.GetFileName(source), done += read, compressed ? 0 : bytes, "bytes")),
                cancellation);
            string[] ids = names.ToStrings();
            return new InteractionsCache(ratings, ids, Fingerprint.OfRatings(ids, ratings, options.Threads));
        }

        private bool TryWrite(InteractionsCache parsed, string path, SourceStamp stamp, ulong items, ulong users)
        {
            try
            {
                parsed.Write(path, stamp, items, users, options.Threads, cancellation);
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        private string InteractionsPath()
        {
            string plain = Path.Combine(folder, DatasetFiles.Interactions);
            string compressed = Path.Combine(folder, DatasetFiles.CompressedInteractions);
            if (File.Exists(plain) && File.Exists(compressed))
                throw new UserErrorException($"there are both {DatasetFiles.Interactions} and {DatasetFiles.CompressedInteractions}: remove one", folder);
            return File.Exists(compressed) ? compressed : Existing(DatasetFiles.Interactions);
        }

        private string[] ReplyFiles()
        {
            string replies = Path.Combine(folder, DatasetFiles.Replies);
            return Directory.Exists(replies)
                ? [.. Directory.EnumerateFiles(replies, "*" + DatasetFiles.ReplyEnding).Order(StringComparer.Ordinal)]
                : [];
        }

        private string Existing(string name, string? advice = null)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
            if (!Directory.Exists(folder))
                throw new UserErrorException("there is no such folder", folder);
            throw new UserErrorException($"the file is missing{(advice is null ? "" : $"; {advice}")}", path);
        }

        private void RequireAsSaid(LinkedDataset dataset, Manifest manifest)
        {
            string path = Path.Combine(folder, DatasetFiles.Manifest);
            foreach ((string name, long count) in Manifest.CountsOf(dataset))
            {
                if (manifest.Counts.TryGetValue(name, out long said) && said != count)
                    throw new UserErrorException($"it says {said} {name}, the files hold {count}: restore them, or remove `{name}` here if that is meant", path);
            }

            if (manifest.Fingerprint is { } fingerprint && fingerprint != dataset.Provenance.Fingerprint)
            {
                throw new UserErrorException(
                    $"the files' content has the fingerprint {dataset.Provenance.Fingerprint}, not the one given here: restore them, or remove `fingerprint` here if the change is meant",
                    path);
            }
        }

        private static IEnumerable<string> UnknownTurns(List<Turn> turns, SortedDictionary<string, IReadOnlyList<LlmReply>> replies)
        {
            var known = turns.Select(turn => turn.Id).ToHashSet(StringComparer.Ordinal);
            foreach ((string model, IReadOnlyList<LlmReply> ofModel) in replies)
            {
                int unknown = ofModel.Count(reply => !known.Contains(reply.Turn));
                if (unknown > 0)
                    yield return $"{unknown} of {ofModel.Count} replies of {model} answer turns that are not in {DatasetFiles.Conversations}";
            }
        }
    }
}
