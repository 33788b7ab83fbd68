using System.Net.Http.Headers;
using System.Text.Json;
using Trainers;

namespace Data.Downloads;

/// <summary>Of which file a part is: what the server said when its first byte came.</summary>
/// <param name="Url">where it is from</param>
/// <param name="ETag">a strong one, with its quotes; else null</param>
/// <param name="LastModified">where it identifies the content (RFC 9110, 8.8.2.2); else null</param>
/// <param name="Length">of the whole, bytes; null if the server did not say</param>
internal sealed record PartOrigin(string Url, string? ETag, DateTimeOffset? LastModified, long? Length)
{
    /// <summary>A date tells two contents apart only if the answer came well after it.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>For If-Range; null if nothing tells one content from another.</summary>
    public RangeConditionHeaderValue? Condition =>
        ETag is not null ? new RangeConditionHeaderValue(ETag) : LastModified is { } date ? new RangeConditionHeaderValue(date) : null;

    public static PartOrigin Of(Uri url, HttpResponseMessage response, long? length)
    {
        string? tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null;
        DateTimeOffset? date = response.Content.Headers.LastModified;
        return new PartOrigin(url.AbsoluteUri, tag, response.Headers.Date - date >= Settled ? date : null, length);
    }

    /// <summary>Whether another answer may be about the same content.</summary>
    public bool Agrees(PartOrigin other) =>
        (ETag is null || other.ETag is null || ETag == other.ETag) && (Length is null || other.Length is null || Length == other.Length);
}

/// <summary>The bytes of a file that are here already, with a note beside them of what they are a part of.</summary>
/// <param name="target">the file that it becomes</param>
internal sealed class PartFile(string target)
{
    private string NotePath => Path + ".json";

    /// <summary>The file that it becomes.</summary>
    public string Target => target;

    public string Path => target + ".part";

    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Null if there is no part, or nobody knows of what.</summary>
    public PartOrigin? Origin
    {
        get
        {
            try
            {
                return File.Exists(Path) && File.Exists(NotePath) ? JsonSerializer.Deserialize<PartOrigin>(File.ReadAllBytes(NotePath)) : null;
            }
            catch (JsonException)
            {
                return null; // Cut off when it was written: the part cannot be relied on.
            }
        }
    }

    /// <summary>How many bytes need not be asked for again: all, or none.</summary>
    /// <param name="url">where the rest would come from</param>
    /// <param name="isChecked">a checksum will tell whether the parts fit, where the server tells nothing</param>
    public long Usable(Uri url, bool isChecked) =>
        Origin is { } origin && origin.Url == url.AbsoluteUri && (origin.Condition is not null || isChecked) && !(Length > origin.Length) ? Length : 0;

    /// <summary>An empty part of another origin. The note comes first: a part without one is not used.</summary>
    public void Begin(PartOrigin origin)
    {
        Delete();
        Note(origin);
        File.Create(Path).Dispose();
    }

    public void Note(PartOrigin origin) => File.WriteAllBytes(NotePath, JsonSerializer.SerializeToUtf8Bytes(origin));

    /// <summary>Unbuffered, so that whatever stops the program, what came is here.</summary>
    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Delete()
    {
        File.Delete(Path);
        File.Delete(NotePath);
    }

    /// <summary>The part is whole: it takes the file's place at once.</summary>
    public void Finish()
    {
        using (var stream = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.Read))
            stream.Flush(flushToDisk: true);
        File.Move(Path, target, overwrite: true);
        File.Delete(NotePath);
    }

    /// <exception cref="UserErrorException">The disk has no room for the rest.</exception>
    public void RequireRoom(long rest)
    {
        long free;
        try
        {
            free = new DriveInfo(System.IO.Path.GetDirectoryName(target)!).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return; // Nobody knows: writing will tell.
        }

        if (rest > free)
            throw new UserErrorException(FormattableString.Invariant($"{rest:N0} bytes are to come and the disk has room for {free:N0}: make room, or choose another folder by --cache"), target);
    }
}
