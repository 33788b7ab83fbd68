namespace Workbench.Cluster.Slurm;

/// <summary>A job array that was submitted, or is about to be.</summary>
/// <param name="Script">its file</param>
/// <param name="Class">of its workers</param>
/// <param name="Slots">indices in the array; a worker that is submitted again keeps its own</param>
/// <param name="Job">the array's id; null until it is known</param>
internal sealed record Submission(string Script, TrialClass Class, IReadOnlyList<int> Slots, long? Job);

/// <summary>
/// What a run on Slurm must remember to outlive its program: kept as a note of the study before and after each submission, so that whoever attaches
/// knows every array, at worst by its script's name.
/// </summary>
internal sealed record SlurmAccount
{
    /// <summary>Runs of the study on Slurm so far; scripts are named by it.</summary>
    public int Run { get; init; } = 1;

    public IReadOnlyList<Submission> Submissions { get; init; } = [];

    /// <summary>Tasks that have come to their end, in the order in which that was seen.</summary>
    public IReadOnlyList<ArrayTask> Ended { get; init; } = [];

    /// <summary>Nobody follows it any more: it came to its end, was given up or cancelled.</summary>
    public bool IsOver { get; init; }

    /// <summary>Where the report goes; null for reports/&lt;name&gt;.</summary>
    public string? Output { get; init; }

    /// <summary>A file to append a summary to; null for none.</summary>
    public string? Summary { get; init; }

    /// <summary>Arrays that have tasks of which the end was not seen.</summary>
    public IReadOnlyList<long> Open => [.. Submissions.Where(one => one.Job is not null && one.Slots.Any(slot => EndOf(one, slot) is null)).Select(one => one.Job!.Value)];

    public ArrayTask? EndOf(Submission submission, int slot) => Ended.FirstOrDefault(task => task.Job == submission.Job && task.Index == slot);

    /// <summary>How often a worker was submitted.</summary>
    public int TriesOf(int slot) => Submissions.Count(one => one.Slots.Contains(slot));

    public SlurmAccount With(Submission submission) => this with { Submissions = [.. Submissions.Where(one => one.Script != submission.Script), submission] };
}
