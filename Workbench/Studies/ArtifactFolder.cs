using System.Security.Cryptography;
using System.Text.Json;

namespace Workbench.Studies;

/// <summary>
/// What trials have made, for all studies of a folder: <c>objects/ab/abcd...</c>, each named by the SHA-256 of its bytes, so it is written once,
/// and <c>trials/ab/abcd...json</c>, which trial made which, so that a study answers from another one's work.
/// </summary>
internal sealed class ArtifactFolder(string root) : IArtifacts
{
    private string Objects => Path.Combine(root, "objects");

    private string Trials => Path.Combine(root, "trials");

    public string Write(Action<Stream> write) => Guarded(() =>
    {
        using FileStream stream = Begin();
        try
        {
            write(stream);
            return End(stream);
        }
        finally
        {
            stream.Dispose();
            File.Delete(stream.Name);
        }
    });

    /// <summary>A file to write an artifact to; to be deleted by its name, whatever becomes of it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public FileStream Begin()
    {
        Directory.CreateDirectory(Objects);
        return TemporaryFile.Create(Path.Combine(Objects, "new"));
    }

    /// <summary>Makes a file of <see cref="Begin"/> an artifact, and closes it.</summary>
    /// <param name="stream">the file</param>
    /// <param name="announce">told its name before it is there</param>
    /// <returns>its name</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string End(FileStream stream, Action<string>? announce = null)
    {
        stream.Flush(flushToDisk: true);
        stream.Position = 0;
        string name = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Dispose();
        announce?.Invoke(name);
        Place(stream.Name, PathOf(Objects, name, ""));
        return name;
    }

    public byte[]? Read(string name) => Guarded(() =>
    {
        string path = PathOf(Objects, name, "");
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == name ? bytes : null;
    });

    public void Remove(string name) => Guarded(() =>
    {
        if (Has(name))
            File.Delete(PathOf(Objects, name, ""));
        return true;
    });

    public bool Has(string name) => File.Exists(PathOf(Objects, name, ""));

    /// <summary>Whether an artifact is there that another machine may have written a moment ago: a network's file system remembers what was not there until the folder is listed.</summary>
    public bool HasByNow(string name) => Has(name) || Guarded(() => Files(Objects).Any(file => file.Name == name));

    public void Share(TrialRecord trial) => Guarded(() =>
    {
        string path = PathOf(Trials, trial.Key, ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = TemporaryFile.Create(path);
        JsonSerializer.Serialize(stream, trial);
        stream.Dispose();
        Place(stream.Name, path);
        return true;
    });

    public TrialRecord? Find(string key) => Guarded(() =>
    {
        string path = PathOf(Trials, key, ".json");
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<TrialRecord>(File.ReadAllBytes(path)) is { } trial && trial.Key == key
                && (trial.Artifact is null || Has(trial.Artifact)) ? trial : null;
        }
        catch (JsonException)
        {
            return null;
        }
    });

    /// <summary>Removes artifacts that none of these trials made, records of trials that are none of them, and what killed programs left.</summary>
    /// <returns>files and bytes removed</returns>
    /// <exception cref="StudyException">A file cannot be removed.</exception>
    public (int Files, long Bytes) Prune(IReadOnlyCollection<TrialRecord> kept) => Guarded(() =>
    {
        var names = kept.Select(trial => trial.Artifact).OfType<string>().ToHashSet();
        var keys = kept.Select(trial => $"{trial.Key}.json").ToHashSet();
        return Remove([.. Files(Objects).Where(file => !names.Contains(file.Name)), .. Files(Trials).Where(file => !keys.Contains(file.Name))]);
    });

    /// <summary>Removes what killed programs left.</summary>
    /// <returns>files and bytes removed</returns>
    /// <exception cref="StudyException">A file cannot be removed.</exception>
    public (int Files, long Bytes) PruneUnfinished() => Guarded(() => Remove([.. Files(root).Where(file => file.Extension == TemporaryFile.Ending)]));

    private static (int Files, long Bytes) Remove(FileInfo[] stale)
    {
        long bytes = stale.Sum(file => file.Length);
        foreach (FileInfo file in stale)
            file.Delete();
        return (stale.Length, bytes);
    }

    private static IEnumerable<FileInfo> Files(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    private static string PathOf(string folder, string name, string ending) => Path.Combine(folder, name[..2], name + ending);

    private static void Place(string temporary, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="StudyException">What it does with files cannot be done.</exception>
    internal T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{root}: the study's artifacts cannot be kept ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')}); what was done is kept, and the same command goes on when that is mended", error);
        }
    }
}
