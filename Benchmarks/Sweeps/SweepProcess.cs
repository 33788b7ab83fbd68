using System.Diagnostics;

namespace Benchmarks.Sweeps;

/// <summary><c>workbench run</c> as a process of its own, that can be killed.</summary>
internal sealed class SweepProcess : IDisposable
{
    private readonly Process _process;
    private readonly HashSet<string> _reported = [];
    private readonly List<string> _last = [];

    internal SweepProcess(string experiment, string studies, string report)
    {
        Report = report;
        string program = Path.Combine(AppContext.BaseDirectory, "workbench.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "run", experiment, "--studies", studies, "--out", report])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal string Report { get; }

    internal bool HasExited => _process.HasExited;

    /// <summary>Waits for the end.</summary>
    /// <returns>the exit code</returns>
    internal int Wait()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>kill -9</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Trials that it has told to be done.</summary>
    internal IReadOnlyCollection<string> Reported
    {
        get
        {
            lock (_reported)
                return [.. _reported];
        }
    }

    internal string Tail
    {
        get
        {
            lock (_reported)
                return string.Join('\n', _last);
        }
    }

    public void Dispose() => _process.Dispose();

    /// <summary><c>item2vec [3/20]: trial 5 (window=3, 2 epochs) 0.0123, 0.1 s; best 0.0123</c></summary>
    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_reported)
        {
            _last.Add(line);
            if (_last.Count > 5)
                _last.RemoveAt(0);
            int bracket = line.IndexOf(" [", StringComparison.Ordinal), trial = line.IndexOf("]: trial ", StringComparison.Ordinal), end = line.IndexOf(") ", Math.Max(trial, 0), StringComparison.Ordinal);
            if (bracket > 0 && trial > bracket && end > trial)
                _reported.Add(line[..bracket] + line[trial..end]);
        }
    }
}
