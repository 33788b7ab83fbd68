using System.Globalization;
using Workbench.Experiments;

namespace Workbench.Cluster.Slurm;

/// <summary>Trials that workers of one size do: one job array.</summary>
/// <param name="Memory">bytes that a worker is given</param>
/// <param name="Minutes">limit of time; null for the partition's own</param>
/// <param name="Holds">what is done in it, for people</param>
internal sealed record TrialClass(long Memory, int? Minutes, string Holds)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>In whole mebibytes, which is what Slurm counts in.</summary>
    public long Mebibytes => (Memory + Mebibyte - 1) / Mebibyte;

    public TrialClass WithMemory(long bytes) => this with { Memory = bytes };

    /// <summary>Twice the memory, as far as it may grow; null if it may not.</summary>
    public TrialClass? Greater(MemorySize most) => Memory >= most.Bytes ? null : WithMemory(Math.Min(2 * Memory, most.Bytes));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mebibytes} MiB{(Minutes is { } minutes ? $", {minutes} min" : "")}");
}
