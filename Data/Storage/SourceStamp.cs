namespace Data.Storage;

/// <summary>The state of the file that a cache was made from.</summary>
/// <remarks>
/// The content decides, by its hash. To hash hundreds of megabytes on each opening would cost as much as the opening
/// saves, so an unchanged length and time of modification are taken for an unchanged content, as make and git do; with
/// git's precaution: a file modified less than two seconds before it was hashed could have been changed again within the
/// resolution of the file system's clock, and is hashed again. When the time differs, the hash decides: a copied or
/// touched dataset keeps its cache.
/// </remarks>
/// <param name="Length">bytes</param>
/// <param name="Modified">time of modification, ticks</param>
/// <param name="Hash">of the content</param>
/// <param name="Hashed">when the hashing began by the file system's clock, ticks</param>
internal readonly record struct SourceStamp(long Length, long Modified, ulong Hash, long Hashed)
{
    /// <param name="path">the source</param>
    /// <param name="clock">a file written just now beside it, whose time of modification is the file system's now</param>
    /// <param name="threads">at most so many</param>
    /// <param name="cancellation">looked at before each chunk</param>
    public static SourceStamp Take(string path, string clock, int threads, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        (long length, long modified) = (file.Length, file.LastWriteTimeUtc.Ticks);
        return new SourceStamp(length, modified, ContentHash.OfFile(path, threads, cancellation), File.GetLastWriteTimeUtc(clock).Ticks);
    }

    /// <summary>True if the file has not been touched since, as far as its length and time say.</summary>
    public bool IsUntouched(string path)
    {
        var file = new FileInfo(path);
        return file.Length == Length && file.LastWriteTimeUtc.Ticks == Modified;
    }

    /// <summary>True if length and time suffice to know that the content is the same.</summary>
    public bool IsCertain(string path) => IsUntouched(path) && Modified + (2 * TimeSpan.TicksPerSecond) < Hashed;
}
