using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tests.Workbench.Commands;

/// <summary>What a program left.</summary>
internal sealed record Finished(int Code, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The program as people run it: a process of its own, in a folder of its own.</summary>
internal static class ChildProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs to the end.</summary>
    public static Task<Finished> Run(string folder, params string[] arguments) => Run(folder, [], "INT", null, arguments);

    /// <summary>Runs to the end, with more in its environment.</summary>
    public static Task<Finished> Run(string folder, IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) =>
        Run(folder, environment, "INT", null, arguments);

    /// <summary>Runs, and is interrupted as by Ctrl-C as soon as <paramref name="when"/> is true.</summary>
    /// <param name="folder">the current directory</param>
    /// <param name="when">looked at often, with what the program has written to standard error so far; null for never</param>
    /// <param name="arguments">of the program</param>
    public static Task<Finished> Run(string folder, Func<string, bool>? when, params string[] arguments) => Run(folder, [], "INT", when, arguments);

    /// <summary>Runs, and is killed, without a chance to do anything about it, as soon as <paramref name="when"/> is true.</summary>
    public static Task<Finished> Kill(string folder, Func<string, bool> when, params string[] arguments) => Run(folder, [], "KILL", when, arguments);

    /// <summary>The same, with more in its environment.</summary>
    public static Task<Finished> Kill(string folder, IReadOnlyList<(string Name, string Value)> environment, Func<string, bool> when, params string[] arguments) =>
        Run(folder, environment, "KILL", when, arguments);

    /// <summary>Runs, and is sent a signal as soon as <paramref name="when"/> is true.</summary>
    public static Task<Finished> Signal(string folder, IReadOnlyList<(string Name, string Value)> environment, string signal, Func<string, bool> when, params string[] arguments) =>
        Run(folder, environment, signal, when, arguments);

    private static async Task<Finished> Run(string folder, IReadOnlyList<(string Name, string Value)> environment, string signal, Func<string, bool>? when, string[] arguments)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ProcessStartInfo start = Of(folder, arguments);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.Append(line.Data is { } text ? text + "\n" : "");
        };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        if (when is not null)
            await Send(signal, process, () => when(Written()), cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(Limit, cancellation);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Finished(process.ExitCode, await output, Written());

        string Written()
        {
            lock (errors)
                return errors.ToString();
        }
    }

    private static async Task Send(string signal, Process process, Func<bool> when, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!when())
        {
            Assert.False(process.HasExited, "it ended before it could be interrupted");
            Assert.True(clock.Elapsed < Limit, "the moment to interrupt did not come");
            await Task.Delay(2, cancellation);
        }

        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
    }

    /// <summary>By the runtime that runs the tests; with Ctrl-C in effect even where whoever started the tests ignores it.</summary>
    private static ProcessStartInfo Of(string folder, string[] arguments)
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string[] line = [host, Path.Combine(AppContext.BaseDirectory, "workbench.dll"), .. arguments];
        if (OperatingSystem.IsLinux())
            line = ["env", "--default-signal=INT", .. line];
        return new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
    }
}
