namespace Workbench.Cluster.Slurm;

/// <summary>What is to be done about workers that have ended: nothing here asks Slurm, or the clock.</summary>
/// <param name="Again">workers to be submitted once more, by class</param>
/// <param name="IsEnd">no worker is left, and none is to come</param>
internal sealed record Resubmission(IReadOnlyList<(TrialClass Class, int[] Slots)> Again, bool IsEnd)
{
    /// <summary>
    /// A worker ends by itself only when no trial is left: after one such end nothing is submitted any more. One that was taken away comes again, with twice
    /// the memory if that was what it lacked, with twice the time if that had been estimated; one that failed by itself comes again only if it had done something,
    /// and one that left trials to greater workers only if there is no greater one.
    /// </summary>
    /// <param name="account">with every end that is known</param>
    /// <param name="options">of the experiment</param>
    /// <param name="trialsOf">how many trials a task has done</param>
    public static Resubmission Of(SlurmAccount account, SlurmOptions options, Func<ArrayTask, int> trialsOf)
    {
        var again = new List<(TrialClass Class, int Slot)>();
        bool isOpen = false;
        long greatest = account.Submissions.Where(one => one.Slots.Any(slot => account.EndOf(one, slot) is null)).Select(one => one.Class.Memory).DefaultIfEmpty(0).Max();
        bool isDone = account.Ended.Any(task => task.End == TaskEnd.Done);
        foreach (int slot in account.Submissions.SelectMany(one => one.Slots).Distinct().Order())
        {
            Submission last = account.Submissions.Last(one => one.Slots.Contains(slot));
            if (account.EndOf(last, slot) is not { } task)
                isOpen = true;
            else if (!isDone && account.TriesOf(slot) <= options.Retries && !(task.End == TaskEnd.LeftBigger && last.Class.Memory < greatest) && Next(last.Class, task, options, trialsOf) is { } next)
                again.Add((next, slot));
        }

        return new Resubmission(
            [.. again.GroupBy(one => one.Class).Select(group => (group.Key, group.Select(one => one.Slot).ToArray()))], !isOpen && again.Count == 0);
    }

    private static TrialClass? Next(TrialClass last, ArrayTask task, SlurmOptions options, Func<ArrayTask, int> trialsOf) => task.End switch
    {
        TaskEnd.TooSmall or TaskEnd.LeftBigger => last.Greater(options.MaxMemory),
        TaskEnd.Lost when task.State == "TIMEOUT" && options.Time is null => last with { Minutes = 2 * last.Minutes },
        TaskEnd.Lost => last,
        TaskEnd.Broken when trialsOf(task) > 0 => last,
        _ => null,
    };
}
