using System.Text.RegularExpressions;
using Tests.Workbench.Commands;
using Tests.Workbench.Studies.Postgres;
using Workbench.Cluster;
using Workbench.Reports;
using Workbench.Studies;
using Workbench.Studies.Postgres;

namespace Tests.Workbench.Cluster.Slurm;

/// <summary>Sweeps on a real Slurm of two nodes: undisturbed, and with everything taken away that can be, they come to what this machine alone comes to.</summary>
/// <remarks>They kill nodes and servers: one at a time, and not beside others that do.</remarks>
[Collection("PostgreSQL")]
public sealed class SlurmSweepTests(SlurmServers slurm) : IDisposable
{
    private const string Secret = "hunter2-planted-key";

    private const string Yaml =
        """
        name: sweep
        task: next-item
        catalogue: all
        seeds: [1, 2]
        threads: 1
        dataset: { synthetic: { users: 250, items: 120, ratings: 5000, conversations: 0 } }
        evaluation: { metrics: [hit, ndcg], cutoffs: [5, 10], depth: 20, bootstrap: 20 }
        baselines: [most-popular, ease: { lambda: { log: [1, 1000] } }]
        trainers: [item2vec: { dimension: 8, epochs: 9, window: { int: [1, 9] }, learning_rate: { log: [0.005, 0.2] } }]
        search: { trials: 16 }
        reports: { formats: [json, md] }
        slurm: { workers: 3, memory: 600MB }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("wb-sweep-").FullName;

    private (string, string)[] Environment => [slurm.Variable];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Report(string name, string file = "leaderboard.json") => File.ReadAllText(Path.Combine(_folder, name, file));

    private string Leaderboard(string report) => LeaderboardJson.WithoutTimes(Report(report));

    private IReadOnlyList<TrialRecord> Kept(string studies)
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(Study.PathOf(Path.Combine(_folder, studies), "sweep"));
        return store.Done();
    }

    private void Write(string yaml = Yaml) => File.WriteAllText(Path.Combine(_folder, "sweep.yaml"), yaml);

    private Task<Finished> Run(params string[] arguments) => ChildProgram.Run(_folder, Environment, arguments);

    private static int Trials(string errors) => errors.Split('\n').Count(line => line.Contains("]: trial ", StringComparison.Ordinal));

    [Fact]
    public async Task On_two_nodes_and_a_server_that_restarts_it_is_what_one_machine_and_a_file_make_of_it()
    {
        await slurm.RequireAsync();
        PostgresServer server = PostgresServer.Require();
        string database = server.NewDatabase();
        Write();
        (string, string)[] environment = [slurm.Variable, (PostgresAddress.Variable, server.Uri(database)), ("OPENAI_API_KEY", Secret)];
        string[] secrets = [Secret, PostgresServer.Password, Uri.EscapeDataString(PostgresServer.Password)];
        IReadOnlyList<TrialRecord> Done()
        {
            using PostgresTrialStore store = PostgresTrialStore.Open(server.Address(database), "sweep");
            return store.Done();
        }

        using var watch = new CancellationTokenSource();
        Task<bool> seen = SecretSeen(secrets, watch.Token);
        Task<Finished> submitted = ChildProgram.Run(_folder, environment, "run", "sweep.yaml", "--store", "postgres", "--on", "slurm", "--out", "report");
        await WaitFor(() => submitted.IsCompleted || Done().Count >= 5);
        server.Stop("immediate");
        server.Start();
        Finished finished = await submitted;
        await watch.CancelAsync();
        Assert.True(finished.Code == 0, finished.Errors);
        Assert.False(await seen, "a process list showed a secret");
        Assert.Equal(0, (await Run("run", "sweep.yaml", "--studies", "alone", "--out", "alone-report")).Code);
        Assert.Equal(Leaderboard("alone-report"), Leaderboard("report"));

        IReadOnlyList<TrialRecord> kept = Done();
        Assert.True(kept.Count >= 40);
        Assert.Equal(Kept("alone").Select(trial => trial.Key).Order(), kept.Select(trial => trial.Key).Order());
        Assert.All(kept, trial => Assert.StartsWith("slurm ", Worker.Of(trial)!, StringComparison.Ordinal));
        string machines = Report("report", "machines.md");
        Assert.True(Regex.IsMatch(machines, @"\| node1 \| COMPLETED \| 0:0 \|") && Regex.IsMatch(machines, @"\| node2 \| COMPLETED \| 0:0 \|"), machines);
        Assert.Contains(" --store postgres ", File.ReadAllText(Path.Combine(_folder, "studies", "slurm", "sweep", "run-1-1.sh")), StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.All(secrets, secret => Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) >= 0, file));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, finished.Output + finished.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_a_task_and_the_submitting_program_are_killed_and_nothing_is_lost()
    {
        await slurm.RequireAsync();
        Write(Yaml.Replace("epochs: 9", "epochs: 60", StringComparison.Ordinal));
        Finished killed = await ChildProgram.Kill(_folder, Environment, errors => Trials(errors) >= 3, "run", "sweep.yaml", "--on", "slurm", "--out", "report");
        Assert.Equal(137, killed.Code);
        int before = Kept("studies").Count;

        // Behind everybody's back: one of the two workers of one node; then the other node, with its one.
        string array = killed.Errors.Split("arrays ")[1].Split(';')[0];
        string[][] running = [.. (await slurm.Ask("squeue", "--noheader", "--array", "--states=RUNNING", $"--jobs={array}", "--format=%K %N")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' '))];
        IGrouping<string, string[]>[] nodes = [.. running.GroupBy(task => task[1]).OrderBy(group => group.Count())];
        Assert.Equal([1, 2], nodes.Select(node => node.Count()));
        string cancelled = $"{array}_{nodes[1].First()[0]}", node = nodes[0].Key;
        await slurm.Ask("scancel", cancelled);
        Task<Finished> attached = Run("attach", "sweep");
        await WaitFor(() => Kept("studies").Count >= before + 6);
        await slurm.KillNode(node);
        Finished finished = await attached;
        Assert.True(finished.Code == 0, finished.Errors);
        await slurm.ReviveNode(node);

        Assert.Equal(0, (await Run("run", "sweep.yaml", "--studies", "alone", "--out", "alone-report")).Code);
        Assert.Equal(Leaderboard("alone-report"), Leaderboard("report"));
        Assert.Equal(Kept("alone").Select(trial => trial.Key).Order(), Kept("studies").Select(trial => trial.Key).Order());
        string machines = Report("report", "machines.md");
        Assert.True(Regex.IsMatch(machines, $@"\| {cancelled} \| {nodes[1].Key} \| CANCELLED \|"), machines);
        Assert.True(Regex.IsMatch(machines, $@"\| {array}_\d \| {node} \| (NODE_FAIL|FAILED)"), machines);
        Assert.True(Regex.IsMatch(machines, $@"\| again: .*{cancelled} CANCELLED"), machines);
        Assert.True(Regex.IsMatch(machines, $@"\| again: .*{array}_{nodes[0].First()[0]} (NODE_FAIL|FAILED)"), machines);
    }

    [Fact]
    public async Task Cancelled_it_gives_back_what_it_had_taken_and_goes_on_later()
    {
        await slurm.RequireAsync();
        Write(Yaml.Replace("epochs: 9", "epochs: 100", StringComparison.Ordinal));
        Task<Finished> submitted = Run("run", "sweep.yaml", "--on", "slurm", "--out", "report");
        await WaitFor(() => File.Exists(Study.PathOf(Path.Combine(_folder, "studies"), "sweep")) && Kept("studies").Count >= 3);
        Finished cancelled = await Run("cancel", "sweep");
        Assert.Equal(0, cancelled.Code);
        Assert.Matches(@"^cancelled \d+; \d+ trials are kept: ", cancelled.Output);
        Finished told = await submitted;
        Assert.Equal(130, told.Code);
        Assert.Matches(@"^workbench: cancelled: \d+ trials are kept", told.ErrorLines[^1]);
        using (SqliteTrialStore store = SqliteTrialStore.Open(Study.PathOf(Path.Combine(_folder, "studies"), "sweep")))
            Assert.Empty(store.AtWork());
        Assert.Equal("", await slurm.Ask("squeue", "--noheader", "--name=workbench-sweep"));
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(_folder, "studies", "slurm", "sweep", "log")), file => File.ReadAllText(file).Contains("given back", StringComparison.Ordinal));
        Assert.Equal(2, (await Run("attach", "sweep")).Code);

        // Ctrl-C only detaches.
        Finished detached = await ChildProgram.Signal(_folder, Environment, "INT", errors => Trials(errors) > 0, "run", "sweep.yaml", "--on", "slurm", "--out", "report");
        Assert.Equal(130, detached.Code);
        Assert.Matches("^workbench: detached: the workers go on .*`workbench attach sweep`", detached.ErrorLines[^1]);
        Finished attached = await Run("attach", "sweep", "--json");
        Assert.True(attached.Code == 0, attached.Errors);
        Assert.Equal(Report("report"), attached.Output);
    }

    [Fact]
    public async Task Workers_that_cannot_start_are_told_of_and_not_submitted_for_ever()
    {
        await slurm.RequireAsync();
        Write(Yaml.Replace("memory: 600MB", "memory: 600MB, command: no-such-workbench", StringComparison.Ordinal));
        Finished finished = await Run("run", "sweep.yaml", "--on", "slurm", "--out", "report");
        Assert.Equal(2, finished.Code);
        Assert.Matches(@"^workbench: no worker is left, and not all trials are done: \d+_\d ended as FAILED 127:0 \(.*no-such-workbench: not found\); report.machines\.md tells of all", finished.ErrorLines[^1]);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder, "studies", "slurm", "sweep"), "*.sh"));
        Assert.Equal(3, Report("report", "machines.md").Split('\n').Count(line => line.Contains("FAILED (NonZeroExitCode) | 127:0", StringComparison.Ordinal)));

        Write(Yaml.Replace("memory: 600MB", "memory: 600MB, partition: nowhere", StringComparison.Ordinal));
        finished = await Run("run", "sweep.yaml", "--on", "slurm", "--out", "report");
        Assert.Equal(2, finished.Code);
        Assert.Matches("^workbench: `sbatch` refuses .*run-2-1.sh: .*invalid partition", finished.ErrorLines[^1]);
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !condition(); await Task.Delay(50, TestContext.Current.CancellationToken))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "it did not come to pass");
    }

    /// <summary>Whether any program's arguments hold a secret, looked at until stopped.</summary>
    private static Task<bool> SecretSeen(string[] secrets, CancellationToken stop) => Task.Run(() =>
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                try
                {
                    string arguments = File.ReadAllText(Path.Combine(folder, "cmdline"));
                    if (secrets.Any(secret => arguments.Contains(secret, StringComparison.Ordinal)))
                        return true;
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // It has ended.
                }
            }

            Thread.Sleep(50);
        }

        return false;
    });
}
