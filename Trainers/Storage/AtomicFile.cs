namespace Trainers.Storage;

/// <summary>Writes a file that is either whole or not there: to a temporary name beside it, which is renamed at the end.</summary>
public static class AtomicFile
{
    /// <exception cref="UserErrorException">The folder is missing or cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, $"{path}.{Environment.ProcessId}.tmp", write, isDurable: false);

    /// <summary>The same for a file that one program rewrites again and again: it outlasts a loss of power, and whoever was killed at it leaves one temporary file at most.</summary>
    /// <exception cref="UserErrorException">The folder is missing or cannot be written to.</exception>
    public static void Rewrite(string path, Action<Stream> write) => Write(path, TemporaryOf(path), write, isDurable: true);

    /// <summary>To be asked before a long work, not after: whether <see cref="Rewrite"/> would find a place to write to.</summary>
    /// <exception cref="UserErrorException">It would not.</exception>
    public static void RequireWritable(string path)
    {
        if (Directory.Exists(path))
            throw new UserErrorException("is a folder: name a file", path);
        InPlace(path, TemporaryOf(path), temporary => new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None).Dispose());
    }

    private static string TemporaryOf(string path) => path + ".tmp";

    private static void Write(string path, string temporary, Action<Stream> write, bool isDurable) => InPlace(path, temporary, _ =>
    {
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            write(stream);
            stream.Flush(flushToDisk: isDurable);
        }

        File.Move(temporary, path, overwrite: true);
    });

    private static void InPlace(string path, string temporary, Action<string> work)
    {
        try
        {
            work(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"cannot be written ({e.Message}): choose a folder that exists and is writable", path, inner: e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
