using Trainers;

namespace Workbench.Studies;

/// <summary>The studies of a folder.</summary>
internal static class StudyNames
{
    private const string Ending = ".db";

    /// <summary>In the order of the alphabet.</summary>
    /// <exception cref="UserErrorException">There is no such folder.</exception>
    internal static IReadOnlyList<string> Of(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"*{Ending}").Select(file => Path.GetFileName(file)[..^Ending.Length]).Order(StringComparer.Ordinal)]
        : throw new UserErrorException("there is no such folder: name the one that `workbench run` was given by --studies", folder);

    /// <summary>Opens a study that is there.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    internal static Study Open(string folder, string name) => Of(folder).Contains(name)
        ? Study.Open(folder, name)
        : throw new UserErrorException($"there is no study `{name}`: `workbench studies list` names those that are", folder);

    /// <summary>Removes studies, and then what no study is left for. No run may be at work in the folder.</summary>
    /// <returns>files and bytes removed</returns>
    /// <exception cref="UserErrorException">A study is not there, or at work.</exception>
    /// <exception cref="StudyException">A file cannot be removed.</exception>
    internal static (int Files, long Bytes) Prune(string folder, IReadOnlyList<string> removed)
    {
        IReadOnlyList<string> names = Of(folder);
        var kept = new List<TrialRecord>();
        foreach (string name in names)
        {
            using Study study = Open(folder, name);
            if (study.Store.AtWork() is [var label, ..])
                throw new UserErrorException($"the study `{name}` is at work ({label}): prune when it is done", folder);
            if (!removed.Contains(name))
                kept.AddRange(study.Store.Done());
        }

        FileInfo[] files =
        [
            .. removed.Select(name => names.Contains(name) ? new FileInfo(Study.PathOf(folder, name)) : throw new UserErrorException($"there is no study `{name}`", folder)),
            .. Directory.Exists(Study.CheckpointsOf(folder)) ? new DirectoryInfo(Study.CheckpointsOf(folder)).EnumerateFiles() : [],
        ];
        long bytes = files.Sum(file => file.Length);
        foreach (FileInfo file in files)
            file.Delete();
        (int more, long size) = new ArtifactFolder(Study.ArtifactsOf(folder)).Prune(kept);
        return (files.Length + more, bytes + size);
    }
}
