using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Tests.Workbench.Cluster.Slurm.SlurmServers))]

namespace Tests.Workbench.Cluster.Slurm;

/// <summary>
/// Slurm as Debian packages it, on loopback, with two nodes of one machine: started when a test first asks, in a folder of its own with keys, sockets and ports of its own,
/// beside whatever other Slurm runs here. Where it cannot be had, tests skip.
/// </summary>
public sealed class SlurmServers : IAsyncDisposable
{
    // The servers are children of a shell that ends them when its input ends: also when the tests are killed. Jobs are known by the folder in their environment.
    private const string Shell =
        """
        cd "$1"
        munged --foreground --force --key-file="$1/munge.key" --socket="$1/run/munge.socket" --pid-file="$1/munged.pid" --log-file="$1/munged.log" --seed-file="$1/munged.seed" &
        for try in 1 2 3 4 5 6 7 8 9 10; do [ -S "$1/run/munge.socket" ] && break; sleep 0.2; done
        slurmctld -D -f "$1/slurm.conf" &
        slurmd -D -f "$1/slurm.conf" -N node1 &
        slurmd -D -f "$1/slurm.conf" -N node2 &
        while read -r line; do eval "$line"; done
        for again in 1 2 3; do
          for process in $(grep -lsF "$1/" /proc/[0-9]*/environ /proc/[0-9]*/cmdline | cut -d/ -f3 | sort -u); do
            parent=$(cut -d' ' -f4 "/proc/$process/stat")
            [ "$(cat "/proc/$parent/comm")" = slurmstepd ] && kill -KILL "$parent"
            [ "$process" = "$$" ] || kill -KILL "$process"
          done
          sleep 0.2
        done 2>/dev/null
        rm -rf "$1"
        """;

    private readonly SemaphoreSlim _starting = new(1);
    private Process? _shell;
    private string? _missing;
    private bool _asked;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"wb-slurm-{Environment.ProcessId}"));

    /// <summary>For programs that talk to it.</summary>
    public (string Name, string Value) Variable => ("SLURM_CONF", Path.Combine(Folder, "slurm.conf"));

    /// <summary>Skips the test where there is no Slurm; else it runs when this returns.</summary>
    public async Task RequireAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_asked)
                _missing = await StartAsync();
            _asked = true;
        }
        finally
        {
            _starting.Release();
        }

        Assert.SkipWhen(_missing is not null, $"no Slurm here: {_missing}");
    }

    /// <summary>A program of Slurm's: what it prints.</summary>
    public async Task<string> Ask(string program, params string[] arguments)
    {
        (int code, string output) = await Run(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {code} {output}");
        return output;
    }

    /// <summary>Has the shell of the servers do something: only what is its child can be started again by it.</summary>
    public async Task Tell(string line) => await _shell!.StandardInput.WriteLineAsync(line);

    /// <summary>Kills what a node runs: its daemon, the keepers of its jobs and the jobs; then the controller is told at once what it would find out in minutes.</summary>
    public async Task KillNode(string node)
    {
        await Tell($"kill -KILL $(cat {Folder}/slurmd-{node}.pid)");
        foreach (int process in JobsOn(node))
        {
            await Tell(string.Create(CultureInfo.InvariantCulture, $"kill -KILL $(cut -d' ' -f4 /proc/{process}/stat) {process}"));
        }

        await Task.Delay(300);
        await Ask("scontrol", "update", $"nodename={node}", "state=down", "reason=killed");
    }

    /// <summary>Starts a killed node again.</summary>
    public async Task ReviveNode(string node)
    {
        await Tell($"slurmd -D -f {Folder}/slurm.conf -N {node} &");
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(200))
        {
            if ((await Ask("sinfo", "--noheader", $"--nodes={node}", "--format=%T")).Trim() is "idle" or "mixed" or "allocated")
                return;
        }

        Assert.Fail($"{node} did not come back");
    }

    /// <summary>Programs that jobs run on a node, children of the keepers of jobs.</summary>
    public int[] JobsOn(string node) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let name = Path.GetFileName(folder)
           where name.All(char.IsAsciiDigit)
           let environment = Read(Path.Combine(folder, "environ"))
           where environment.Contains($"SLURMD_NODENAME={node}\0", StringComparison.Ordinal) && environment.Contains(Variable.Value, StringComparison.Ordinal)
           select int.Parse(name, CultureInfo.InvariantCulture),
    ];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    /// <returns>why it cannot be had; null if it runs</returns>
    private async Task<string?> StartAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "it needs Linux, and root for munged, slurmctld and slurmd";
        if (!Has("slurmctld") || !Has("munged"))
        {
            if (!Has("apt-get") || (await Run("apt-get", "install", "--yes", "--quiet", "slurm-wlm", "munge")).Code != 0 || !Has("slurmctld"))
                return "neither installed nor installable (apt-get install slurm-wlm munge)";
        }

        Directory.CreateDirectory(Path.Combine(Folder, "run"));
        Directory.CreateDirectory(Path.Combine(Folder, "state"));
        byte[] key = new byte[1024];
        System.Security.Cryptography.RandomNumberGenerator.Fill(key);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "munge.key"), key);
        File.SetUnixFileMode(Path.Combine(Folder, "munge.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Variable.Value, Configuration(FreePorts(3)));
        _shell = Process.Start(new ProcessStartInfo("bash", ["-c", Shell, "slurm-servers", Folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _shell.OutputDataReceived += (_, _) => { };
        _shell.ErrorDataReceived += (_, _) => { };
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(200))
        {
            (int code, string nodes) = await Run("sinfo", "--noheader", "--Node", "--format=%N %T");
            if (code == 0 && nodes.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: 2 } lines && lines.All(line => line.Trim().EndsWith(" idle", StringComparison.Ordinal)))
                return null;
        }

        return $"it did not start within 30 s, see the logs in {Folder}";
    }

    private string Configuration(int[] ports)
    {
        string host = Dns.GetHostName();
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            AuthType=auth/munge
            AuthInfo=socket={Folder}/run/munge.socket
            SlurmUser=root
            SlurmdUser=root
            StateSaveLocation={Folder}/state
            SlurmdSpoolDir={Folder}/spool-%n
            SlurmctldPidFile={Folder}/slurmctld.pid
            SlurmdPidFile={Folder}/slurmd-%n.pid
            SlurmctldLogFile={Folder}/slurmctld.log
            SlurmdLogFile={Folder}/slurmd-%n.log
            SlurmdParameters=config_overrides
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            MpiDefault=none
            SwitchType=switch/none
            JobAcctGatherType=jobacct_gather/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core_Memory
            SchedulerParameters=sched_interval=1,batch_sched_delay=0,defer_batch,bf_interval=1,sched_min_interval=100000
            ReturnToService=2
            KillWait=10
            NodeName=node1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=16000
            NodeName=node2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=16000
            PartitionName=main Nodes=node1,node2 Default=YES MaxTime=INFINITE LLN=YES State=UP

            """);
    }

    private async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Variable.Value;
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    private static bool Has(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Stop();
        return ports;
    }
}
