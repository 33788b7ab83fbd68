using System.Globalization;
using System.Text;
using Evaluation.Export;
using Workbench.Experiments;
using Workbench.Studies;

namespace Workbench.Cluster.Slurm;

/// <summary>machines.md beside a leaderboard: which worker ran where, how it ended, what it did; the ends of the logs of those that failed or were lost, and of trials that failed.</summary>
/// <remarks>What differs from run to run stands here, so that the leaderboard is the one of a run on one machine.</remarks>
internal static class MachinesReport
{
    public const string FileName = "machines.md";

    private const int TailLines = 15;

    /// <summary>Logs that are shown at most; the rest is counted.</summary>
    private const int MostTails = 20;

    public static void Write(string folder, SlurmRun run, Study study, WorkerFolder studies, Experiment experiment)
    {
        SlurmAccount account = run.Account;
        IReadOnlyList<TrialRecord> trials = study.Store.Done();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {experiment.Name} on Slurm\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{account.Submissions.Count} submissions, {account.Submissions.Sum(one => one.Slots.Count)} workers; {trials.Count} trials are kept, {trials.Count(trial => trial.Failure is not null)} of them failed.\n\n");

        text.Append("## Submissions\n\n| array | workers | each | what for | script |\n|---|---|---|---|---|\n");
        foreach (Submission one in account.Submissions)
            text.Append(CultureInfo.InvariantCulture, $"| {(one.Job > 0 ? one.Job : "refused")} | {BatchScript.Ranges(one.Slots)} | {one.Class} | {Cell(Why(account, one))} | {Path.GetFileName(one.Script)} |\n");

        text.Append("\n## Workers\n\n| worker | node | state | exit | seconds | trials | failed trials |\n|---|---|---|---|---|---|---|\n");
        var byWorker = trials.ToLookup(Worker.Of);
        foreach (Submission one in account.Submissions)
        {
            foreach (int slot in one.Slots)
            {
                ArrayTask task = account.EndOf(one, slot) ?? new ArrayTask(one.Job ?? 0, slot, "not ended", "", "", null, "");
                TrialRecord[] did = [.. byWorker[Worker.NameOf(task.Name)]];
                text.Append(CultureInfo.InvariantCulture,
                    $"| {task.Name} | {Cell(task.Node)} | {task.State}{(task.Reason.Length > 0 ? $" ({Cell(task.Reason)})" : "")} | {task.Exit} | {task.Seconds} | {did.Length} | {did.Count(trial => trial.Failure is not null)} |\n");
            }
        }

        AppendOthers(text, [.. byWorker.Where(group => group.Key is null || !group.Key.StartsWith(Worker.NameOf(""), StringComparison.Ordinal)).Select(group => (group.Key, group.Count()))]);
        AppendTasks(text, account, studies, experiment);
        AppendTrials(text, [.. trials.Where(trial => trial.Failure is not null)], studies, experiment);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), writer => writer.Write(text.ToString()));
    }

    /// <summary>The worst end of a worker, and what it said last, in one line.</summary>
    public static string LastWords(SlurmRun run, WorkerFolder studies, Experiment experiment)
    {
        ArrayTask? task = run.Account.Ended.LastOrDefault(task => task.End == TaskEnd.Broken) ?? run.Account.Ended.LastOrDefault(task => task.End != TaskEnd.Done);
        if (task is null)
            return "every worker found nothing left to do";
        string said = TaskLog.Tail(studies.LogOf(experiment.Name, task.Name), 1) is [var line] ? line : task.Reason;
        return $"{task.Name} ended as {task.State}{(task.Exit.Length > 0 ? $" {task.Exit}" : "")}{(said.Length > 0 ? $" ({said})" : "")}";
    }

    /// <summary>What became of the workers that a submission stands in for.</summary>
    private static string Why(SlurmAccount account, Submission one)
    {
        int at = account.Submissions.ToList().IndexOf(one);
        string[] before = [.. account.Submissions.Take(at).Where(other => other.Slots.Intersect(one.Slots).Any())
            .SelectMany(other => one.Slots.Select(slot => account.EndOf(other, slot)).OfType<ArrayTask>()).Select(task => $"{task.Name} {task.State}")];
        return before.Length == 0 ? one.Class.Holds : $"again: {string.Join(", ", before)}";
    }

    private static void AppendOthers(StringBuilder text, (string? Worker, int Trials)[] others)
    {
        foreach ((string? worker, int trials) in others)
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(worker ?? "the submitting program, or runs before")} | | | | | {trials} | |\n");
    }

    private static void AppendTasks(StringBuilder text, SlurmAccount account, WorkerFolder studies, Experiment experiment)
    {
        ArrayTask[] bad = [.. account.Ended.Where(task => task.End != TaskEnd.Done)];
        if (bad.Length == 0)
            return;
        text.Append("\n## Workers that failed or were lost\n");
        foreach (ArrayTask task in bad.Take(MostTails))
            AppendTail(text, $"{task.Name}: {task.State} {task.Exit}".TrimEnd(), TaskLog.Tail(studies.LogOf(experiment.Name, task.Name), TailLines));
        AppendRest(text, bad.Length);
    }

    private static void AppendTrials(StringBuilder text, TrialRecord[] failed, WorkerFolder studies, Experiment experiment)
    {
        if (failed.Length == 0)
            return;
        text.Append("\n## Trials that failed\n");
        foreach (TrialRecord trial in failed.Take(MostTails))
        {
            string? worker = Worker.Of(trial);
            string[] log = worker?.StartsWith(Worker.NameOf(""), StringComparison.Ordinal) == true
                ? TaskLog.OfTrial(studies.LogOf(experiment.Name, worker[Worker.NameOf("").Length..]), trial.Key[..8], TailLines)
                : [];
            AppendTail(text, $"{trial.Kind} {trial.Label}, by {worker ?? "an earlier run"}: {trial.Failure}", log);
        }

        AppendRest(text, failed.Length);
    }

    private static void AppendTail(StringBuilder text, string title, string[] lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        if (lines.Length == 0)
            return;
        text.Append("\n```\n");
        foreach (string line in lines)
            text.Append(line.Replace("```", "'''", StringComparison.Ordinal)).Append('\n');
        text.Append("```\n");
    }

    private static void AppendRest(StringBuilder text, int count)
    {
        if (count > MostTails)
            text.Append(CultureInfo.InvariantCulture, $"\nand {count - MostTails} more\n");
    }

    private static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
