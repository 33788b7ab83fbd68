using System.Globalization;

namespace Workbench.Cluster.Slurm;

/// <summary>Reads what Slurm's programs print for programs. What is no line of a task of an array is passed over: other versions add lines of their own.</summary>
internal static class TaskReading
{
    /// <summary>Of <c>squeue</c>: array, index, state, seconds as <c>[days-][[hours:]minutes:]seconds</c>, reason, node.</summary>
    public const string QueueFormat = "%F|%K|%T|%M|%r|%N";

    /// <summary>Of <c>sacct --parsable2</c>.</summary>
    public const string AccountingFormat = "JobID,State,ExitCode,ElapsedRaw,NodeList";

    public static IEnumerable<ArrayTask> Queue(string output)
    {
        foreach (string line in Lines(output))
        {
            if (line.Split('|') is [var job, var index, var state, var elapsed, var reason, var node] && Number(job) is { } id && Number(index) is { } at)
                yield return new ArrayTask(id, (int)at, state, node, "", Seconds(elapsed), Said(reason));
        }
    }

    public static IEnumerable<ArrayTask> Accounting(string output)
    {
        foreach (string line in Lines(output))
        {
            // "12_3|CANCELLED by 1000|0:15|61|node1"; steps ("12_3.batch") and tasks that wait together ("12_[4-7]") are no tasks.
            if (line.Split('|') is [var name, var state, var exit, var elapsed, var node] && name.Split('_') is [var job, var index] && Number(job) is { } id && Number(index) is { } at)
                yield return new ArrayTask(id, (int)at, state.Split(' ')[0], node == "None assigned" ? "" : node, exit, Number(elapsed), "");
        }
    }

    /// <summary>Of <c>scontrol --oneliner show job</c>: a task per line, <c>Key=value</c> between spaces.</summary>
    public static IEnumerable<ArrayTask> Jobs(string output)
    {
        foreach (string line in Lines(output))
        {
            var values = new Dictionary<string, string>();
            foreach (string pair in line.Split(' '))
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and int at)
                    values.TryAdd(pair[..at], pair[(at + 1)..]);
            }

            if (Number(values.GetValueOrDefault("ArrayJobId", "")) is { } id && Number(values.GetValueOrDefault("ArrayTaskId", "")) is { } index)
            {
                yield return new ArrayTask(
                    id, (int)index, values.GetValueOrDefault("JobState", ""), values.GetValueOrDefault("NodeList", "") is "(null)" ? "" : values.GetValueOrDefault("NodeList", ""),
                    values.GetValueOrDefault("ExitCode", ""), Seconds(values.GetValueOrDefault("RunTime", "")), Said(values.GetValueOrDefault("Reason", "")));
            }
        }
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Said(string reason) => reason is "None" or "(null)" ? "" : reason;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Of <c>1-02:03:04</c>, <c>02:03:04</c> or <c>03:04</c>.</summary>
    private static long? Seconds(string text)
    {
        string[] days = text.Split('-');
        if (days.Length > 2 || days.Length == 2 && Number(days[0]) is null)
            return null;
        long seconds = 0;
        foreach (string part in days[^1].Split(':'))
        {
            if (Number(part) is not { } number)
                return null;
            seconds = 60 * seconds + number;
        }

        return seconds + (days.Length == 2 ? 86_400 * Number(days[0])!.Value : 0);
    }
}
