using Evaluation.Export;
using Trainers;
using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Cluster.Slurm;

/// <summary>
/// A study on Slurm: submits its workers, follows them, submits lost ones again. Everything that it must know is in the study, so another program can go on with it.
/// Of several that follow one run, one alone submits.
/// </summary>
/// <param name="experiment">read and checked</param>
/// <param name="study">its own, not the one that watches for results</param>
/// <param name="folder">of studies</param>
/// <param name="cluster">that does the work</param>
internal sealed class SlurmRun(Experiment experiment, Study study, WorkerFolder folder, SlurmCluster cluster) : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly SlurmNotes _notes = new(study);
    private readonly TrialIdentity _lead = new TrialIdentity().With("slurm", experiment.Name);
    private bool _leads;

    /// <summary>The account as it was last read or written.</summary>
    public SlurmAccount Account { get; private set; } = new() { IsOver = true };

    /// <summary>Takes up what there is of a run.</summary>
    /// <returns>false if there is none that goes on</returns>
    public bool Continue()
    {
        Account = _notes.Read() ?? Account;
        return !Account.IsOver && !_notes.IsCancelled(Account);
    }

    /// <summary>Begins a run: submits an array for each class.</summary>
    /// <param name="classes">of its trials</param>
    /// <param name="output">of the report; null for the usual</param>
    /// <param name="summary">file to append to; null for none</param>
    /// <exception cref="UserErrorException">Slurm refuses; nothing of the run goes on.</exception>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public void Begin(IReadOnlyList<TrialClass> classes, string? output, string? summary)
    {
        if (!Leads())
            throw new UserErrorException($"another program submits this study at this moment: `workbench attach {experiment.Name}` follows it");
        Save(new SlurmAccount { Run = (_notes.Read()?.Run ?? 0) + 1, Output = output, Summary = summary });
        try
        {
            for (int i = 0; i < classes.Count; i++)
                Submit(classes[i], [.. Enumerable.Range(i * experiment.Slurm.Workers, experiment.Slurm.Workers)]);
        }
        catch (UserErrorException)
        {
            Save(Account with { IsOver = true });
            if (Jobs(Account) is { Count: > 0 } submitted)
                cluster.Cancel(submitted);
            throw;
        }
    }

    /// <summary>Sees what has ended, and submits again what should be.</summary>
    /// <returns>where things stand</returns>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public SlurmStanding Look()
    {
        Account = _notes.Read() ?? Account;
        if (_notes.IsCancelled(Account))
            return new SlurmStanding([], IsCancelled: true, IsEnd: true);
        bool leads = Leads();
        if (leads)
            FindUnnoted();
        IReadOnlyList<ArrayTask> tasks = cluster.Tasks(Account.Open);
        List<ArrayTask> ended = Ended(tasks);
        if (ended.Count > 0)
            Account = Account with { Ended = [.. Account.Ended, .. ended] };
        Resubmission next = Resubmission.Of(Account, experiment.Slurm, task => TrialsOf(task));
        if (!leads)
            return new SlurmStanding(tasks, IsCancelled: false, IsEnd: false);
        if (ended.Count > 0)
            Save(Account);
        foreach ((TrialClass again, int[] slots) in next.Again)
            Resubmit(again, slots);
        return new SlurmStanding(tasks, IsCancelled: false, next.IsEnd);
    }

    /// <summary>The run is over: nobody shall take it up again. Workers that wait have nothing left to do; those that run are about to see it.</summary>
    /// <param name="patience">how long they are waited for before they are cancelled</param>
    public void End(TimeSpan patience)
    {
        if (!Leads())
            return;
        Save(Account with { IsOver = true });
        try
        {
            cluster.CancelWaiting(Account.Open);
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); SeeEnds().Count > 0; Thread.Sleep(BetweenLooks))
            {
                if (clock.Elapsed > patience)
                    cluster.Cancel(Account.Open);
                if (clock.Elapsed > 2 * patience)
                    return;
            }
        }
        catch (SlurmSilentException)
        {
            // What is waited for is only how the last ones ended.
        }
    }

    /// <summary>Cancels the run, from whichever program.</summary>
    /// <returns>the arrays that were not known to have ended</returns>
    public IReadOnlyList<long> Cancel()
    {
        _notes.Cancel(Account);
        FindUnnoted();
        IReadOnlyList<long> open = Account.Open;
        if (open.Count > 0)
            cluster.Cancel(open);
        return open;
    }

    /// <summary>Sees how a cancelled run's workers ended.</summary>
    /// <returns>tasks that have not</returns>
    public IReadOnlyList<ArrayTask> SeeEnds()
    {
        IReadOnlyList<ArrayTask> tasks = cluster.Tasks(Account.Open);
        List<ArrayTask> ended = Ended(tasks);
        Save(Account with { Ended = [.. Account.Ended, .. ended], IsOver = true });
        return [.. tasks.Where(task => task.IsAlive)];
    }

    /// <summary>Trials that a task has done.</summary>
    public int TrialsOf(ArrayTask task) => study.Store.Done().Count(trial => Worker.Of(trial) == Worker.NameOf(task.Name));

    public void Dispose()
    {
        if (_leads)
            study.GiveBack(_lead);
    }

    private bool Leads() => _leads = _leads || study.Store.Take(_lead.Key, Worker.Follower, "slurm").Mine;

    private void Save(SlurmAccount account) => _notes.Write(Account = account);

    private static List<long> Jobs(SlurmAccount account) => [.. account.Submissions.Select(one => one.Job).OfType<long>().Where(job => job > 0)];

    /// <summary>Written down before it is done and after: whoever finds the first without the second looks for the script among the jobs.</summary>
    private void Submit(TrialClass trials, IReadOnlyList<int> slots)
    {
        string script = folder.ScriptOf(experiment.Name, Account.Run, Account.Submissions.Count + 1);
        Directory.CreateDirectory(Path.GetDirectoryName(folder.LogOf(experiment.Name, "any"))!);
        AtomicFile.Write(script, writer => writer.Write(BatchScript.Of(experiment, folder, trials, slots)));
        var submission = new Submission(script, trials, slots, null);
        Save(Account.With(submission));
        Save(Account.With(submission with { Job = cluster.Submit(script) }));
    }

    /// <summary>What Slurm refuses is a worker that failed at once: others may go on.</summary>
    private void Resubmit(TrialClass trials, IReadOnlyList<int> slots)
    {
        try
        {
            Submit(trials, slots);
        }
        catch (UserErrorException error)
        {
            Submission refused = Account.Submissions[^1] with { Job = -Account.Submissions.Count };
            Save(Account.With(refused) with { Ended = [.. Account.Ended, .. slots.Select(slot => new ArrayTask(refused.Job.Value, slot, ArrayTask.Refused, "", "", null, error.Message))] });
        }
    }

    private void FindUnnoted()
    {
        foreach (Submission unnoted in Account.Submissions.Where(one => one.Job is null))
            Save(Account.With(unnoted with { Job = cluster.OfScript(unnoted.Script) is [var job, ..] ? job : cluster.Submit(unnoted.Script) }));
    }

    private List<ArrayTask> Ended(IReadOnlyList<ArrayTask> tasks)
    {
        var ended = new List<ArrayTask>();
        foreach (Submission submission in Account.Submissions.Where(one => one.Job is not null))
        {
            ArrayTask?[] now = [.. submission.Slots.Select(slot => tasks.FirstOrDefault(task => task.Job == submission.Job && task.Index == slot))];
            int[] over = [.. submission.Slots.Where((slot, i) => Account.EndOf(submission, slot) is null && now[i] is not { IsAlive: true })];
            if (over.Length == 0)
                continue;
            IReadOnlyList<ArrayTask> details = cluster.Ended(submission.Job!.Value);
            foreach (int slot in over)
            {
                ArrayTask? task = details.FirstOrDefault(task => task.Index == slot) ?? now[submission.Slots.ToList().IndexOf(slot)];

                // It may have come back to life between the two questions: then it has not ended.
                if (task is not { IsAlive: true })
                    ended.Add(task ?? new ArrayTask(submission.Job.Value, slot, ArrayTask.Forgotten, "", "", null, "Slurm does not remember it"));
            }
        }

        return ended;
    }
}

/// <summary>How a run on Slurm stands.</summary>
/// <param name="Tasks">of arrays that have not all ended</param>
/// <param name="IsCancelled">somebody cancelled it</param>
/// <param name="IsEnd">no worker is left, and none is to come</param>
internal sealed record SlurmStanding(IReadOnlyList<ArrayTask> Tasks, bool IsCancelled, bool IsEnd)
{
    /// <summary>One line: how many run where, how many wait for what.</summary>
    public override string ToString()
    {
        string[] nodes = [.. Tasks.Where(task => task.IsRunning).Select(task => task.Node).Distinct().Order(StringComparer.Ordinal)];
        ArrayTask[] waiting = [.. Tasks.Where(task => task.IsAlive && !task.IsRunning)];
        string[] reasons = [.. waiting.Select(task => task.Reason).Where(reason => reason.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        string where = nodes.Length == 0 ? "" : nodes.Length <= 4 ? $" on {string.Join(", ", nodes)}" : FormattableString.Invariant($" on {nodes.Length} nodes");
        string why = reasons.Length == 0 ? "" : $" ({string.Join(", ", reasons)})";
        return FormattableString.Invariant($"slurm: {Tasks.Count(task => task.IsRunning)} workers run{where}, {waiting.Length} wait{why}");
    }
}
