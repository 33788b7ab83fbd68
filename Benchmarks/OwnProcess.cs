using System.Diagnostics;

namespace Benchmarks;

/// <summary>A part of a measurement that runs as a process of its own, so that its memory is its own.</summary>
internal static class OwnProcess
{
    /// <summary>The most that this process has had in memory so far, mapped pages included, in bytes.</summary>
    internal static long Peak()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    /// <summary>Runs this program with other arguments.</summary>
    /// <returns>the lines that it printed</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static string[] Run(params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(OwnProcess).Assembly.Location, .. args]) { RedirectStandardOutput = true })!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException($"{string.Join(' ', args)} ended with {process.ExitCode}");
    }
}
