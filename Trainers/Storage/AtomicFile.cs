namespace Trainers.Storage;

/// <summary>Writes a file that is either whole or not there: to a temporary name beside it, which is renamed at the end.</summary>
public static class AtomicFile
{
    /// <exception cref="UserErrorException">The folder is missing or cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                write(stream);
            File.Move(temporary, path, overwrite: true);
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
