using System.Globalization;
using System.Text;
using Workbench.Experiments;

namespace Workbench.Cluster.Slurm;

/// <summary>The script of a job array of workers: everything that Slurm is asked for stands in it, and no secret, which workers get from the environment alone.</summary>
internal static class BatchScript
{
    /// <summary>Before the end of its time a worker is told to stop; what it had begun is then kept and given back.</summary>
    private const int SecondsToStop = 60;

    /// <param name="experiment">read and checked</param>
    /// <param name="studies">folder of studies, as every node sees it</param>
    /// <param name="trials">of the workers</param>
    /// <param name="slots">ascending</param>
    public static string Of(Experiment experiment, WorkerFolder studies, TrialClass trials, IReadOnlyList<int> slots)
    {
        SlurmOptions options = experiment.Slurm;
        var text = new StringBuilder("#!/bin/sh\n");
        Line("job-name", $"workbench-{experiment.Name}");
        Line("array", Ranges(slots));
        Line("nodes", "1");
        Line("ntasks", "1");
        Line("cpus-per-task", CpusOf(experiment).ToString(CultureInfo.InvariantCulture));
        Line("mem", $"{trials.Mebibytes.ToString(CultureInfo.InvariantCulture)}M");
        if (trials.Minutes is { } minutes)
            Line("time", minutes.ToString(CultureInfo.InvariantCulture));
        if (options.Partition is { } partition)
            Line("partition", partition);
        if (options.Account is { } account)
            Line("account", account);
        if (options.Gres is { } gres)
            Line("gres", gres);
        Line("output", $"\"{studies.LogPattern(experiment.Name)}\"");
        Line("open-mode", "append");
        Line("signal", string.Create(CultureInfo.InvariantCulture, $"B:TERM@{SecondsToStop}"));
        Line("no-requeue", null);
        foreach (string line in options.Lines)
            text.Append(line).Append('\n');

        // In place of the shell, so that it is the worker that gets Slurm's signals.
        text.Append("exec ").Append(options.Command ?? WorkerProgram.Here).Append(' ').Append(WorkerProgram.Arguments(experiment, studies, CpusOf(experiment), trials.Memory)).Append('\n');
        return text.ToString();

        void Line(string name, string? value) => text.Append("#SBATCH --").Append(name).Append(value is null ? "" : $"={value}").Append('\n');
    }

    private static int CpusOf(Experiment experiment) => experiment.Slurm.Cpus ?? experiment.Jobs * (experiment.Threads ?? 1);

    /// <summary><c>0-3,7</c></summary>
    internal static string Ranges(IReadOnlyList<int> ascending)
    {
        var ranges = new List<string>();
        for (int from = 0, to; from < ascending.Count; from = to)
        {
            for (to = from + 1; to < ascending.Count && ascending[to] == ascending[to - 1] + 1; to++)
            {
            }

            ranges.Add(to - from == 1 ? string.Create(CultureInfo.InvariantCulture, $"{ascending[from]}") : string.Create(CultureInfo.InvariantCulture, $"{ascending[from]}-{ascending[to - 1]}"));
        }

        return string.Join(',', ranges);
    }
}
