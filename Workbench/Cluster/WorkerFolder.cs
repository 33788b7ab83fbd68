namespace Workbench.Cluster;

/// <summary>The folder of studies that every machine sees, and what a cluster keeps in it: <c>slurm/NAME/</c> with scripts and logs.</summary>
/// <param name="Path">whole</param>
internal sealed record WorkerFolder(string Path)
{
    public static WorkerFolder Of(string studies) => new(System.IO.Path.GetFullPath(studies));

    public string FolderOf(string study) => System.IO.Path.Combine(Path, "slurm", study);

    public string ScriptOf(string study, int run, int number) => System.IO.Path.Combine(FolderOf(study), FormattableString.Invariant($"run-{run}-{number}.sh"));

    /// <summary>For Slurm: %A is the array's id, %a the index in it. A percent sign of the folder's own is doubled.</summary>
    public string LogPattern(string study) => System.IO.Path.Combine(FolderOf(study).Replace("%", "%%", StringComparison.Ordinal), "log", "%A_%a.txt");

    public string LogOf(string study, string task) => System.IO.Path.Combine(FolderOf(study), "log", $"{task}.txt");
}
