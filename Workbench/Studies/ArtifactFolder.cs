using System.Security.Cryptography;
using System.Text.Json;

namespace Workbench.Studies;

/// <summary>
/// What trials have made, for all studies of a folder: <c>objects/ab/abcd...</c>, each named by the SHA-256 of its bytes, so it is written once,
/// and <c>trials/ab/abcd...json</c>, which trial made which, so that a study answers from another one's work.
/// </summary>
internal sealed class ArtifactFolder(string root)
{
    private string Objects => Path.Combine(root, "objects");

    private string Trials => Path.Combine(root, "trials");

    /// <summary>Writes an artifact; it is there whole or not at all, and outlasts a loss of power.</summary>
    /// <returns>its name</returns>
    /// <exception cref="StudyException">It cannot be written.</exception>
    public string Write(Action<Stream> write) => Guarded(() =>
    {
        Directory.CreateDirectory(Objects);
        string temporary = Path.Combine(Objects, $"{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp");
        try
        {
            string name;
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                stream.Position = 0;
                name = Convert.ToHexStringLower(SHA256.HashData(stream));
            }

            Place(temporary, PathOf(Objects, name, ""));
            return name;
        }
        finally
        {
            File.Delete(temporary);
        }
    });

    /// <summary>The artifact's bytes; null if it is not there, or not what it was any more: then what made it is to be run again.</summary>
    /// <exception cref="StudyException">It cannot be read.</exception>
    public byte[]? Read(string name) => Guarded(() =>
    {
        string path = PathOf(Objects, name, "");
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == name ? bytes : null;
    });

    /// <summary>Removes an artifact, so that what made it is run again.</summary>
    /// <exception cref="StudyException">It cannot be removed.</exception>
    public void Remove(string name) => Guarded(() =>
    {
        if (Has(name))
            File.Delete(PathOf(Objects, name, ""));
        return true;
    });

    public bool Has(string name) => File.Exists(PathOf(Objects, name, ""));

    /// <summary>Keeps for other studies what came of a trial.</summary>
    /// <exception cref="StudyException">It cannot be written.</exception>
    public void Share(TrialRecord trial) => Guarded(() =>
    {
        string path = PathOf(Trials, trial.Key, ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(trial));
        Place(temporary, path);
        return true;
    });

    /// <summary>What came of a trial in any study; null if nobody knows.</summary>
    /// <exception cref="StudyException">It cannot be read.</exception>
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
        FileInfo[] stale =
        [
            .. Files(Objects).Where(file => !names.Contains(file.Name)),
            .. Files(Trials).Where(file => !keys.Contains(file.Name)),
        ];
        long bytes = stale.Sum(file => file.Length);
        foreach (FileInfo file in stale)
            file.Delete();
        return (stale.Length, bytes);
    });

    private static IEnumerable<FileInfo> Files(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    private static string PathOf(string folder, string name, string ending) => Path.Combine(folder, name[..2], name + ending);

    private static void Place(string temporary, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
    }

    private T Guarded<T>(Func<T> work)
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
