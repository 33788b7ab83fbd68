using System.Text.Json.Nodes;
using Workbench.Studies;

namespace Workbench.Cluster;

/// <summary>Who does trials: a name by which reports tell what each machine did.</summary>
internal static class Worker
{
    /// <summary>Kind of the lease of whoever follows a run on a cluster: no trial.</summary>
    public const string Follower = "follows";

    private const string Key = "worker";

    /// <summary>This program: by its task where a scheduler started it, else by machine and process.</summary>
    public static string Here
    {
        get
        {
            string? Of(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
            if (Of("SLURM_ARRAY_JOB_ID") is { } array && Of("SLURM_ARRAY_TASK_ID") is { } task)
                return NameOf($"{array}_{task}");
            return Of("JOB_COMPLETION_INDEX") is { } index
                ? $"kubernetes {Environment.MachineName} ({index})"
                : FormattableString.Invariant($"{Environment.MachineName} {Environment.ProcessId}");
        }
    }

    /// <param name="task">of Slurm, as in <c>12_3</c></param>
    public static string NameOf(string task) => $"slurm {task}";

    /// <summary>Who did a trial; null if that was not noted.</summary>
    public static string? Of(TrialRecord trial) => trial.Facts.Contains(Key, StringComparison.Ordinal) ? (string?)JsonNode.Parse(trial.Facts)?[Key] : null;

    /// <summary>Notes who did it; nothing else about the trial changes.</summary>
    public static TrialRecord Note(TrialRecord trial, string worker)
    {
        JsonObject facts = JsonNode.Parse(trial.Facts)!.AsObject();
        facts[Key] = worker;
        return trial with { Facts = facts.ToJsonString() };
    }
}
