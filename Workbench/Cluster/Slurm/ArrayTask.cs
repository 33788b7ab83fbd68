namespace Workbench.Cluster.Slurm;

/// <summary>A task of a job array, as Slurm tells of it.</summary>
/// <param name="Job">id of the array</param>
/// <param name="Index">in the array</param>
/// <param name="State">as Slurm spells it, e.g. <c>RUNNING</c>, <c>NODE_FAIL</c></param>
/// <param name="Node">where it is or was; empty for nowhere yet</param>
/// <param name="Exit">code and signal as in <c>143:0</c>; empty if that was not told</param>
/// <param name="Seconds">that it ran; null if that was not told</param>
/// <param name="Reason">why it waits or ended; empty if that was not told</param>
internal sealed record ArrayTask(long Job, int Index, string State, string Node, string Exit, long? Seconds, string Reason)
{
    /// <summary>Nothing is known of it any more.</summary>
    public const string Forgotten = "FORGOTTEN";

    /// <summary>It never was one.</summary>
    public const string Refused = "REFUSED";

    private static readonly HashSet<string> Alive = ["PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESIZING", "SIGNALING", "STAGE_OUT"];

    public string Name => FormattableString.Invariant($"{Job}_{Index}");

    public bool IsAlive => Alive.Contains(State);

    public bool IsRunning => State is "RUNNING" or "COMPLETING";

    /// <summary>How it came to its end.</summary>
    public TaskEnd End => State switch
    {
        _ when IsAlive => TaskEnd.None,
        "COMPLETED" => TaskEnd.Done,
        "OUT_OF_MEMORY" => TaskEnd.TooSmall,
        "FAILED" when Exit.StartsWith(FormattableString.Invariant($"{Commands.WorkerCommand.LeftBigger}:"), StringComparison.Ordinal) => TaskEnd.LeftBigger,
        "FAILED" when WasKilled => TaskEnd.Lost,
        "FAILED" or Refused => TaskEnd.Broken,
        _ => TaskEnd.Lost,
    };

    /// <summary>By a signal; a program that answers one ends with 128 and its number, as a shell tells of it, or with 130, as this one does.</summary>
    private bool WasKilled => Exit.Split(':') is [var code, var signal] && (signal is not ("0" or "") || code is "130" or "137" or "143");
}

/// <summary>How a task came to its end.</summary>
internal enum TaskEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>It found no trial any more.</summary>
    Done,

    /// <summary>It ran out of memory.</summary>
    TooSmall,

    /// <summary>All that was left for it are trials that need more memory.</summary>
    LeftBigger,

    /// <summary>Something took it away: another one may fare better.</summary>
    Lost,

    /// <summary>It failed by itself: so would another one.</summary>
    Broken,
}
