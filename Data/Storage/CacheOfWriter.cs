using System.Text;

namespace Data.Storage;

/// <summary>Leaves the cache beside interactions.csv straight from memory, so that not even the first opening parses.</summary>
internal static class CacheOfWriter
{
    /// <summary>
    /// The source counts as modified so much before it was: only a file that is clearly older than its hash need not be
    /// hashed again by the first opening (see <see cref="SourceStamp"/>), and whoever changes it later gives it a later time.
    /// </summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromSeconds(3);

    /// <summary>Writes the cache; without one, where there is no room for it, the dataset is whole as well.</summary>
    /// <param name="dataset">as written</param>
    /// <param name="digest">of its interactions</param>
    /// <param name="hash">of the bytes of the source</param>
    /// <param name="source">interactions.csv or its compressed form, closed</param>
    /// <param name="path">interactions.bin</param>
    /// <param name="threads">at most so many</param>
    /// <param name="cancellation">looked at before each chunk</param>
    /// <returns>false if it could not be written; nothing is left of it then</returns>
    public static bool TryWrite(LinkedDataset dataset, byte[] digest, ulong hash, string source, string path, int threads, CancellationToken cancellation)
    {
        string clock = InteractionsCache.TemporaryName(path);
        try
        {
            if (!InteractionsCache.TryTouch(clock))
                return false;
            DateTime now = File.GetLastWriteTimeUtc(clock);
            File.SetLastWriteTimeUtc(source, now - Earlier);
            var file = new FileInfo(source);
            var stamp = new SourceStamp(file.Length, file.LastWriteTimeUtc.Ticks, hash, now.Ticks);
            ulong users = UsersCsv.IsNeeded(dataset.Ratings) ? HashOf(dataset.Users) : 0;
            new InteractionsCache(dataset.Ratings, dataset.Users, digest).Write(path, stamp, HashOf(dataset.Items.Select(item => item.Id)), users, threads, cancellation);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(clock);
        }
    }

    private static ulong HashOf(IEnumerable<string> names)
    {
        var table = new NameTable();
        foreach (string name in names)
            table.FindOrAdd(Encoding.UTF8.GetBytes(name), out _);
        return table.ContentHash();
    }
}
