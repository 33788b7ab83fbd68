using System.Globalization;
using System.Reflection;
using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Cluster;

/// <summary>How a machine starts a worker, for a shell.</summary>
internal static class WorkerProgram
{
    /// <summary>This very program, wherever it lies.</summary>
    public static string Here => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? $"{Quoted(Environment.ProcessPath!)} {Quoted(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetExecutingAssembly().GetName().Name}.dll"))}"
        : Quoted(Environment.ProcessPath!);

    /// <param name="experiment">read and checked</param>
    /// <param name="studies">as the machine sees it</param>
    /// <param name="cpus">of the machine, for its jobs</param>
    /// <param name="memory">bytes that it is given</param>
    public static string Arguments(Experiment experiment, WorkerFolder studies, int cpus, long memory) => string.Create(CultureInfo.InvariantCulture,
        $"worker --study {experiment.Name} --studies {Quoted(studies.Path)}{(experiment.Store == StoreKind.Postgres ? " --store postgres" : "")} --at-most {memory}B --set threads={Math.Max(1, cpus / experiment.Jobs)}");

    /// <summary>As one word of a shell.</summary>
    internal static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+=:@%,".Contains(letter, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
