using System.Text.Json;
using Workbench.Studies;

namespace Workbench.Cluster.Slurm;

/// <summary>The account of a run on Slurm, in its study.</summary>
internal sealed class SlurmNotes(Study study)
{
    private const string Account = "slurm";
    private const string Cancelled = "slurm cancelled";

    /// <summary>Null if the study never ran on Slurm.</summary>
    public SlurmAccount? Read() => study.Store.Note(Account) is { } note ? JsonSerializer.Deserialize<SlurmAccount>(note) : null;

    public void Write(SlurmAccount account) => study.Store.SetNote(Account, JsonSerializer.Serialize(account));

    /// <summary>Somebody wants this run to end; whoever follows it looks here.</summary>
    public bool IsCancelled(SlurmAccount account) => study.Store.Note(Cancelled) == Number(account);

    public void Cancel(SlurmAccount account) => study.Store.SetNote(Cancelled, Number(account));

    private static string Number(SlurmAccount account) => account.Run.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
