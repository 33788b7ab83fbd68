using System.Globalization;

namespace Workbench.Llm.Endpoints;

/// <summary>
/// A program that works with a cache, known to others by a lock on a file beside it. The lock goes with the program, however it ends:
/// so what a killed one had claimed is free at once.
/// </summary>
internal sealed class CacheOwner : IDisposable
{
    private const string Ending = "-owner-";

    private readonly string _path;
    private readonly FileStream _lock;

    public CacheOwner(string cachePath, long id)
    {
        Id = id;
        _path = PathOf(cachePath, id);
        _lock = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1);
    }

    public long Id { get; }

    /// <summary>Whether another owner still runs; the file of one that does not is removed.</summary>
    public static bool IsAlive(string cachePath, long id)
    {
        string path = PathOf(cachePath, id);
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
    public static void RemoveDead(string cachePath)
    {
        string beginning = Path.GetFileName(cachePath) + Ending;
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(cachePath))!, beginning + "*"))
        {
            if (long.TryParse(Path.GetFileName(path).AsSpan(beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
                IsAlive(cachePath, id);
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
    }

    private static string PathOf(string cachePath, long id) => string.Create(CultureInfo.InvariantCulture, $"{cachePath}{Ending}{id}");
}
