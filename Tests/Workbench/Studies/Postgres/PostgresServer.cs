using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Workbench.Studies.Postgres;

[assembly: AssemblyFixture(typeof(Tests.Workbench.Studies.Postgres.PostgresServerEnd))]

namespace Tests.Workbench.Studies.Postgres;

/// <summary>
/// A PostgreSQL server for the tests: a fresh cluster in a folder of its own, on a free port of loopback, with a password. Started when the first test wants
/// it, and gone with the tests however they end: who watches it reads from a pipe that closes with them.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    public const string Password = "s3cret pa:ss@wo/rd%";

    private static readonly Lazy<PostgresServer> Started = new(() => new PostgresServer());

    private readonly string _folder;
    private readonly string? _binaries;
    private readonly string? _missing;
    private readonly int _port;
    private readonly Process? _watch;
    private int _databases;

    private PostgresServer()
    {
        _folder = Directory.CreateTempSubdirectory("workbench-postgres-").FullName;
        (_binaries, _missing) = PostgresBinaries.Find();
        if (_binaries is null)
            return;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        string password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        if (Environment.UserName == "root")
            Sh("chown", "-R", "postgres", _folder);
        string end = $"cat > end; pid=$(head -n 1 data/postmaster.pid) && kill -QUIT $pid && while kill -0 $pid; do sleep 0.05; done; cd /; rm -rf '{_folder}'";
        _watch = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", end]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        AsServer("initdb", "-D", Data, "-U", "tester", "-A", "scram-sha-256", $"--pwfile={password}", "-E", "UTF8", "--locale=C", "--no-sync");
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture,
            $"\nlisten_addresses = '127.0.0.1'\nport = {_port}\nunix_socket_directories = ''\nfsync = off\nshared_buffers = 16MB\n"));
        Start();
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The server; without its programs the test is skipped, and says so.</summary>
    public static PostgresServer Require()
    {
        PostgresServer server = Started.Value;
        if (server._missing is { } missing)
            Assert.Skip(missing);
        return server;
    }

    internal static void End()
    {
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }

    /// <summary>A database that nobody else has.</summary>
    public string NewDatabase(string with = "")
    {
        string name = FormattableString.Invariant($"test{Interlocked.Increment(ref _databases)}");
        Execute("postgres", $"CREATE DATABASE {name} {with}");
        return name;
    }

    public string Uri(string database, string? password = null) =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://tester:{System.Uri.EscapeDataString(password ?? Password)}@127.0.0.1:{_port}/{database}");

    public PostgresAddress Address(string database) => PostgresAddress.Parse(Uri(database));

    public void Execute(string database, string sql)
    {
        using var connection = Address(database).Connection();
        connection.Open();
        using var command = PostgresConnection.Command(connection, sql);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string database, string sql)
    {
        using var connection = Address(database).Connection();
        connection.Open();
        using var command = PostgresConnection.Command(connection, sql);
        return command.ExecuteScalar();
    }

    public void Start() => AsServer("pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"));

    /// <param name="mode">smart, fast or immediate: as by a loss of power</param>
    public void Stop(string mode) => AsServer("pg_ctl", "stop", "-w", "-D", Data, "-m", mode);

    public void Dispose()
    {
        if (_watch is null)
            return;
        _watch.StandardInput.Close();
        _watch.WaitForExit();
        _watch.Dispose();
    }

    /// <summary>The server refuses to be root's.</summary>
    private void AsServer(string program, params string[] arguments)
    {
        string[] line = [Path.Combine(_binaries!, program), .. arguments];
        if (Environment.UserName == "root")
            line = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. line];
        Sh(line);
    }

    private static void Sh(params string[] line)
    {
        // Not through pipes: the server would keep them open.
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" < /dev/null > /dev/null 2>&1", "sh", .. line]))!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', line)} ended with {process.ExitCode}");
    }
}

/// <summary>Stops the server when all tests are done.</summary>
public sealed class PostgresServerEnd : IDisposable
{
    public void Dispose() => PostgresServer.End();
}
