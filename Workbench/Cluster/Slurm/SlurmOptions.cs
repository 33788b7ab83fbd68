using Trainers.Options;
using Workbench.Experiments;

namespace Workbench.Cluster.Slurm;

/// <summary>What <c>workbench run --on slurm</c> asks of a cluster for each worker. It changes no result.</summary>
public sealed record SlurmOptions
{
    private const string Word = "^[^\\s]+$";
    private const string WordInWords = "a name without spaces";

    [Option("the partition; default: the cluster's own"), Key(Pattern = Word, Expected = WordInWords)]
    public string? Partition { get; init; }

    [Option("the account that is charged; default: the user's own"), Key(Pattern = Word, Expected = WordInWords)]
    public string? Account { get; init; }

    [Option("workers at the same time: tasks of the job array of each class of memory", Min = 1, Max = 100_000)]
    public int Workers { get; init; } = 4;

    [Option("processors of a worker, divided among its `jobs`; default: `jobs` times `threads`, where `threads` is given, else one per job", Min = 1, Max = 4096)]
    public int? Cpus { get; init; }

    [Option("memory of a worker, e.g. 8GB; default: what the data and each training say that they need, in classes of 1, 2, 4 ... GiB")]
    public MemorySize? Memory { get; init; }

    [Option("the most memory of a worker: one that ran out of its own is submitted again with twice as much, up to this")]
    public MemorySize MaxMemory { get; init; } = new(256_000_000_000);

    [Option("limit of time of a worker, e.g. 4h; default: by the times of trials that are known, else the partition's own. What a worker had begun goes on from its checkpoint")]
    public Duration? Time { get; init; }

    [Option("generic resources of a worker, e.g. gpu:1"), Key(Pattern = Word, Expected = WordInWords)]
    public string? Gres { get; init; }

    [Option("further lines of the script, e.g. `#SBATCH --qos=low` or `module load dotnet`"), Key(Pattern = "^[^\\r\\n]+$", Expected = "one line")]
    public IReadOnlyList<string> Lines { get; init; } = [];

    [Option("how a node starts the workbench, e.g. `apptainer run workbench.sif`; default: this very program"), Key(Pattern = "^[^\\r\\n]+$", Expected = "one line")]
    public string? Command { get; init; }

    [Option("how often one worker that was lost is submitted again: its node failed, it was preempted, killed, out of memory or time", Min = 0, Max = 1000)]
    public int Retries { get; init; } = 5;
}
