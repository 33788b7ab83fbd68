using System.Globalization;

namespace Workbench.Sqlite;

/// <summary>
/// A program that works with a database, known to others by a lock on a file beside it. The lock goes with the program, however it ends:
/// so what a killed one had claimed is free at once.
/// </summary>
internal sealed class FileOwner : IDisposable
{
    private const string Ending = "-owner-";

    private readonly string _path;
    private readonly FileStream _lock;

    public FileOwner(string databasePath, long id)
    {
        Id = id;
        _path = PathOf(databasePath, id);
        _lock = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1);
    }

    public long Id { get; }

    /// <summary>Whether another owner still runs; the file of one that does not is removed.</summary>
    public static bool IsAlive(string databasePath, long id)
    {
        string path = PathOf(databasePath, id);
        if (!File.Exists(path))
            return false;
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1))
                File.Delete(path);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Removes the files of programs that were killed. Nobody may become an owner meanwhile.</summary>
    public static void RemoveDead(string databasePath)
    {
        string beginning = Path.GetFileName(databasePath) + Ending;
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(databasePath))!, beginning + "*"))
        {
            if (long.TryParse(Path.GetFileName(path).AsSpan(beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
                IsAlive(databasePath, id);
        }
    }

    /// <summary>Gives the lock back. Where the file cannot be removed, it is a dead program's from now on.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is told is why the program ends, not this.
        }

        _lock.Dispose();
    }

    private static string PathOf(string databasePath, long id) => string.Create(CultureInfo.InvariantCulture, $"{databasePath}{Ending}{id}");
}
