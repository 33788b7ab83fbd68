using Trainers;
using Workbench.Studies.Postgres;

namespace Workbench.Studies;

/// <summary>Where studies are kept: a folder, and in it or on a server what they know.</summary>
public abstract class StudyRoot
{
    /// <param name="folder">of studies; for <see cref="StoreKind.Postgres"/>, of what is too large for the database, and of checkpoints</param>
    private protected StudyRoot(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Whether there may be studies. A folder that is not there is made for the first.</summary>
    internal abstract bool IsThere { get; }

    /// <param name="kind">what keeps trials; the address of a server is in the environment</param>
    /// <param name="folder">shared by all machines, unless they make nothing large</param>
    /// <param name="artifactsInDatabase">bytes of an artifact from which on it goes to the folder; null for the usual</param>
    /// <exception cref="UserErrorException">The environment has no address.</exception>
    public static StudyRoot Of(StoreKind kind, string folder, long? artifactsInDatabase = null) => kind == StoreKind.Postgres
        ? new PostgresStudies(PostgresAddress.OfEnvironment(), folder, artifactsInDatabase)
        : new SqliteStudies(folder);

    /// <summary>Opens or begins a study.</summary>
    /// <param name="name">of the experiment</param>
    /// <exception cref="StudyException">It cannot be used.</exception>
    public abstract Study Open(string name);

    /// <summary>Where a study is, for people.</summary>
    public abstract string PlaceOf(string name);

    /// <summary>In the order of the alphabet.</summary>
    /// <exception cref="UserErrorException">There can be none.</exception>
    internal abstract IReadOnlyList<string> Names();

    /// <summary>Opens a study that is there.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    internal Study Find(string name) => Names().Contains(name)
        ? Open(name)
        : throw new UserErrorException($"there is no study `{name}`: `workbench studies list` names those that are", Where);

    /// <summary>Removes studies, and then what no study is left for. No run may be at work.</summary>
    /// <returns>files or entries, and bytes removed</returns>
    /// <exception cref="UserErrorException">A study is not there, or at work.</exception>
    /// <exception cref="StudyException">A file cannot be removed.</exception>
    internal abstract (int Files, long Bytes) Prune(IReadOnlyList<string> removed);

    /// <summary>Of all studies, for people.</summary>
    private protected abstract string Where { get; }

    private protected void RequireAll(IReadOnlyList<string> removed, IReadOnlyList<string> names)
    {
        if (removed.Except(names).FirstOrDefault() is { } missing)
            throw new UserErrorException($"there is no study `{missing}`", Where);
    }

    private protected UserErrorException AtWork(string name, string label) => new($"the study `{name}` is at work ({label}): prune when it is done", Where);

    private protected static FileInfo[] CheckpointsIn(string folder) =>
        Directory.Exists(Path.Combine(folder, Study.Checkpoints)) ? [.. new DirectoryInfo(Path.Combine(folder, Study.Checkpoints)).EnumerateFiles()] : [];
}
