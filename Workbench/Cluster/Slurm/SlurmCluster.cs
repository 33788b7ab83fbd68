using System.Globalization;
using Trainers;

namespace Workbench.Cluster.Slurm;

/// <summary>A cluster: submits, asks, cancels. Whether its accounting can be asked is found out once.</summary>
/// <param name="program">calls Slurm's programs</param>
internal sealed class SlurmCluster(SlurmProgram program)
{
    private bool? _accounts;

    /// <summary>Submits a script.</summary>
    /// <returns>the array's id</returns>
    /// <exception cref="UserErrorException">Slurm refuses it.</exception>
    /// <exception cref="SlurmSilentException">Nobody answers; it may have been submitted.</exception>
    public long Submit(string script)
    {
        SlurmAnswer answer = program.Call("sbatch", ArgumentsOf(script));

        // "12" or, of several clusters, "12;name".
        return answer.Code == 0 && long.TryParse(answer.Output.Trim().Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id
            : throw new UserErrorException($"`sbatch` refuses {script}: {(answer.Errors.Length > 0 ? answer.Errors : $"exit code {answer.Code}")}; see the section `slurm` of the experiment");
    }

    internal static string[] ArgumentsOf(string script) => ["--parsable", script];

    /// <summary>What is known of the tasks of arrays; of those that ended long ago, nothing.</summary>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public IReadOnlyList<ArrayTask> Tasks(IReadOnlyCollection<long> arrays)
    {
        if (arrays.Count == 0)
            return [];

        // Arrays that are all forgotten are an error of squeue's.
        SlurmAnswer answer = program.Call("squeue", "--noheader", "--array", "--states=all", $"--jobs={Ids(arrays)}", $"--format={TaskReading.QueueFormat}");
        return answer.Code == 0 ? [.. TaskReading.Queue(answer.Output)]
            : answer.Errors.Contains("Invalid job id", StringComparison.Ordinal) ? []
            : throw new SlurmSilentException($"`squeue` says: {answer.Errors}");
    }

    /// <summary>How tasks of an array ended, as far as it is known: by accounting where there is any, else by what the controller still remembers.</summary>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public IReadOnlyList<ArrayTask> Ended(long array)
    {
        string id = array.ToString(CultureInfo.InvariantCulture);
        SlurmAnswer answer = program.Call("scontrol", "--oneliner", "show", "job", id);
        ArrayTask[] remembered = answer.Code == 0 ? [.. TaskReading.Jobs(answer.Output)] : [];
        if (_accounts == false)
            return remembered;
        answer = program.Call("sacct", "--noheader", "--parsable2", "--allocations", $"--jobs={id}", $"--format={TaskReading.AccountingFormat}");
        _accounts = answer.Code == 0;
        return answer.Code != 0 ? remembered : [.. TaskReading.Accounting(answer.Output).Concat(remembered).Where(task => !task.IsAlive).DistinctBy(task => task.Index)];
    }

    /// <summary>Arrays of this user that were made of a script: what was submitted by a program that died before it could note it.</summary>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public IReadOnlyList<long> OfScript(string script)
    {
        SlurmAnswer answer = program.Call("squeue", "--noheader", "--array", "--states=all", "--me", "--format=%F|%o");
        if (answer.Code != 0)
            throw new SlurmSilentException($"`squeue` says: {answer.Errors}");
        return
        [
            .. from line in answer.Output.Split('\n')
               let bar = line.IndexOf('|', StringComparison.Ordinal)
               where bar > 0 && line[(bar + 1)..].Trim() == script
               select long.Parse(line[..bar], CultureInfo.InvariantCulture) into id
               group id by id into ids
               select ids.Key,
        ];
    }

    /// <summary>Cancels arrays, or tasks of them; what has ended already is left as it is.</summary>
    /// <exception cref="UserErrorException">Slurm refuses.</exception>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public void Cancel(IReadOnlyCollection<long> arrays) => Cancel(arrays, []);

    /// <summary>Cancels those tasks of arrays that have not begun.</summary>
    /// <exception cref="UserErrorException">Slurm refuses.</exception>
    /// <exception cref="SlurmSilentException">Nobody answers.</exception>
    public void CancelWaiting(IReadOnlyCollection<long> arrays) => Cancel(arrays, ["--state=PENDING"]);

    private void Cancel(IReadOnlyCollection<long> arrays, string[] which)
    {
        if (arrays.Count == 0)
            return;
        SlurmAnswer answer = program.Call("scancel", [.. which, .. arrays.Select(id => id.ToString(CultureInfo.InvariantCulture))]);

        // What has ended already, or was not waiting, is an error of its own.
        if (answer.Code != 0 && answer.Errors.Contains("denied", StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException($"`scancel` refuses: {answer.Errors}");
    }

    private static string Ids(IEnumerable<long> arrays) => string.Join(',', arrays.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
