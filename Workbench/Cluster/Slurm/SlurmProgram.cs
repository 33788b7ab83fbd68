using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainers;

namespace Workbench.Cluster.Slurm;

/// <summary>What a program of Slurm's answered.</summary>
/// <param name="Code">its exit code</param>
/// <param name="Output">of standard output</param>
/// <param name="Errors">of standard error, in one line</param>
internal sealed record SlurmAnswer(int Code, string Output, string Errors);

/// <summary>Calls <c>sbatch</c>, <c>squeue</c>, <c>sacct</c>, <c>scancel</c> and <c>scontrol</c>: each with a limit of time, so that a controller that hangs stops nobody.</summary>
/// <param name="limit">of one call; null for a minute</param>
internal sealed class SlurmProgram(TimeSpan? limit = null)
{
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromMinutes(1);

    /// <param name="name">of the program</param>
    /// <param name="arguments">without any secret: everybody on the machine can read them</param>
    /// <exception cref="UserErrorException">There is no such program here.</exception>
    /// <exception cref="SlurmSilentException">The controller does not answer, or not in time.</exception>
    public SlurmAnswer Call(string name, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };

        // Users set these for their eyes; here they would change what is read.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("SQUEUE_", StringComparison.Ordinal) || key is "SLURM_TIME_FORMAT" or "SACCT_FORMAT").ToArray())
            start.Environment.Remove(variable);
        using Process process = Start(name, start);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_limit) || !Task.WaitAll([output, errors], _limit))
        {
            Kill(process);
            throw new SlurmSilentException(string.Create(CultureInfo.InvariantCulture, $"`{name}` did not answer within {_limit.TotalSeconds:0} s"));
        }

        var answer = new SlurmAnswer(process.ExitCode, output.Result, errors.Result.Trim().ReplaceLineEndings("; "));
        return process.ExitCode != 0 && IsSilence(answer.Errors) ? throw new SlurmSilentException($"`{name}` says: {answer.Errors}") : answer;
    }

    /// <summary>What says nothing of the jobs, but that nobody could be asked about them.</summary>
    internal static bool IsSilence(string errors) => ((string[])
    [
        "Unable to contact slurm controller", "Socket timed out", "Connection refused", "Zero Bytes were transmitted", "Protocol authentication error", "Unexpected message received",
        "Slurm backup controller in standby mode", "Transport endpoint is not connected", "temporarily unable to accept job", "Resource temporarily unavailable",
    ]).Any(sign => errors.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private static Process Start(string name, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UserErrorException($"`{name}` cannot be started ({error.Message}): run this where Slurm's programs are (Debian: `apt-get install slurm-client`), or without --on slurm", inner: error);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}

/// <summary>The controller does not answer: it may later.</summary>
internal sealed class SlurmSilentException(string message) : Exception(message);
