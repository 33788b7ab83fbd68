using Trainers;

namespace Workbench.Studies;

/// <summary>The studies of one machine: a folder with <c>NAME.db</c> per study, and <c>artifacts/</c> and <c>checkpoints/</c> of all.</summary>
internal sealed class SqliteStudies(string folder) : StudyRoot(folder)
{
    private const string Ending = ".db";

    internal override bool IsThere => Directory.Exists(Folder);

    private protected override string Where => Folder;

    public override Study Open(string name) => new(SqliteTrialStore.Open(PlaceOf(name)), new ArtifactFolder(Artifacts), Folder, PlaceOf(name));

    public override string PlaceOf(string name) => Path.Combine(Folder, $"{name}{Ending}");

    internal override IReadOnlyList<string> Names() => IsThere
        ? [.. Directory.EnumerateFiles(Folder, $"*{Ending}").Select(file => Path.GetFileName(file)[..^Ending.Length]).Order(StringComparer.Ordinal)]
        : throw new UserErrorException("there is no such folder: name the one that `workbench run` was given by --studies", Folder);

    internal override (int Files, long Bytes) Prune(IReadOnlyList<string> removed)
    {
        IReadOnlyList<string> names = Names();
        RequireAll(removed, names);
        var kept = new List<TrialRecord>();
        foreach (string name in names)
        {
            using Study study = Open(name);
            if (study.Store.AtWork() is [var label, ..])
                throw AtWork(name, label);
            if (!removed.Contains(name))
                kept.AddRange(study.Store.Done());
        }

        FileInfo[] files = [.. removed.Select(name => new FileInfo(PlaceOf(name))), .. CheckpointsIn(Folder)];
        long bytes = files.Sum(file => file.Length);
        foreach (FileInfo file in files)
            file.Delete();
        (int more, long size) = new ArtifactFolder(Artifacts).Prune(kept);
        return (files.Length + more, bytes + size);
    }

    private string Artifacts => Path.Combine(Folder, "artifacts");
}
