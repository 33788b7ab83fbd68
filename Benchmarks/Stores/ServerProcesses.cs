using System.Globalization;
using Workbench.Studies.Postgres;

namespace Benchmarks.Stores;

/// <summary>The processes of a PostgreSQL server on this machine.</summary>
internal sealed class ServerProcesses
{
    // USER_HZ of every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly int _postmaster;

    public ServerProcesses()
    {
        using PostgresConnection connection = PostgresConnection.Open(PostgresAddress.OfEnvironment(), PostgresTimes.Default);
        (int Pid, string Version, string Durable, string Connections) told = connection.Query(
            "SELECT pg_backend_pid(), current_setting('server_version'), current_setting('fsync') || '/' || current_setting('synchronous_commit'), current_setting('max_connections')",
            row => (row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)))[0];
        (Version, Durable, Connections) = (told.Version, told.Durable, int.Parse(told.Connections, CultureInfo.InvariantCulture));
        _postmaster = (int)Numbers(told.Pid)[3];
    }

    public string Version { get; }

    /// <summary>fsync/synchronous_commit</summary>
    public string Durable { get; }

    public int Connections { get; }

    /// <summary>Seconds of processor time of all of them so far, those that have ended included.</summary>
    public double Cpu()
    {
        double[] main = Numbers(_postmaster);
        return (main[13] + main[14] + main[15] + main[16] + Children().Sum(child => Numbers(child) is { Length: > 16 } numbers ? numbers[13] + numbers[14] : 0)) / TicksPerSecond;
    }

    /// <summary>Bytes that a connection's process has to itself, the greatest of all.</summary>
    public long PrivateBytes() => Children().Max(child =>
    {
        try
        {
            return File.ReadLines($"/proc/{child}/smaps_rollup").Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    });

    private IEnumerable<int> Children() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Where(pid => pid > 0 && Numbers(pid) is { Length: > 4 } numbers && (int)numbers[3] == _postmaster);

    /// <summary>Of /proc/PID/stat, by the numbers of its manual less one; no numbers where the process has gone.</summary>
    private static double[] Numbers(int pid)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{pid}/stat");
            string[] rest = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return [pid, 0, 0, .. rest.Skip(1).Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : 0)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
