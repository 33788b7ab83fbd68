using Workbench.Reports;
using Workbench.Studies;
using Workbench.Studies.Postgres;
using Tests.Data;
using Tests.Workbench.Commands;

namespace Tests.Workbench.Studies.Postgres;

/// <summary>Sweeps of several programs on a server come to what an undisturbed one with SQLite comes to.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresRunTests : IDisposable
{
    private const string Yaml =
        """
        name: sweep
        task: next-item
        catalogue: all
        seeds: [1, 2]
        jobs: 2
        threads: 1
        store: postgres
        artifacts_in_database: 20kB
        dataset: { synthetic: { users: 250, items: 120, ratings: 5000, conversations: 0 } }
        evaluation: { metrics: [hit, ndcg], cutoffs: [5, 10], depth: 20, bootstrap: 20 }
        baselines: [most-popular, ease: { lambda: { log: [1, 1000] } }]
        trainers: [item2vec: { dimension: 8, epochs: 9, window: { int: [1, 9] }, learning_rate: { log: [0.005, 0.2] } }]
        search: { trials: 10, halving: { min_epochs: 3, factor: 3 } }
        reports: { formats: [json] }
        """;

    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly TemporaryFolder _folder = new();
    private readonly string _database;

    public PostgresRunTests()
    {
        _database = _server.NewDatabase();
        File.WriteAllText(_folder["sweep.yaml"], Yaml);
    }

    public void Dispose() => _folder.Dispose();

    private (string, string) Address => (PostgresAddress.Variable, _server.Uri(_database));

    private string Leaderboard(string report) => LeaderboardJson.WithoutTimes(File.ReadAllText(_folder[report, "leaderboard.json"]));

    private IReadOnlyList<TrialRecord> Kept()
    {
        using PostgresTrialStore store = PostgresTrialStore.Open(_server.Address(_database), "sweep");
        return store.Done();
    }

    private Task<Finished> Run(string report, params string[] more) => ChildProgram.Run(_folder.Path, [Address], ["run", "sweep.yaml", "--out", report, .. more]);

    private async Task Until(Task<Finished> run, string condition)
    {
        while (!(bool)_server.Scalar(_database, $"SELECT {condition}")!)
        {
            Assert.False(run.IsCompleted, "it ended before");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Shared_by_two_programs_and_killed_a_sweep_comes_to_what_it_comes_to_with_SQLite()
    {
        Assert.Equal(0, (await Run("sqlite", "--store", "sqlite", "--studies", "alone")).Code);
        string expected = Leaderboard("sqlite");
        int trials;
        using (SqliteTrialStore store = SqliteTrialStore.Open(_folder["alone", "sweep.db"]))
            trials = store.Done().Count;

        // One of two is killed in the middle; the other does the rest, when the killed one's lease is over, which is made sooner here. Then the killed one's
        // command again, which has nothing left to do.
        Task<Finished> other = Run("other");
        await Until(other, "to_regclass('workbench.owners') IS NOT NULL");
        await Until(other, "EXISTS (SELECT FROM workbench.owners)");
        object living = _server.Scalar(_database, "SELECT id FROM workbench.owners")!;
        Finished killed = await ChildProgram.Kill(_folder.Path, [Address], errors => errors.Split("]: trial ").Length > 4, "run", "sweep.yaml", "--out", "killed");
        Assert.NotEqual(0, killed.Code);
        _server.Execute(_database, $"UPDATE workbench.owners SET lease = interval '-1 day' WHERE id <> {living}");
        Finished survivor = await other;
        Assert.Equal("", string.Join('\n', survivor.ErrorLines.Where(line => line.StartsWith("workbench:", StringComparison.Ordinal))));
        Assert.Equal(0, survivor.Code);
        Assert.Equal(expected, Leaderboard("other"));
        Assert.Equal(trials, Kept().Count);
        Finished again = await Run("killed");
        Assert.Equal(0, again.Code);
        Assert.Equal(expected, Leaderboard("killed"));
        IReadOnlyList<TrialRecord> kept = Kept();
        Assert.Equal(trials, kept.Count);
        Assert.Equal(trials, kept.Select(trial => trial.Key).Distinct().Count());

        // Small artifacts are in the database, the others in the folder.
        Assert.True((long)_server.Scalar(_database, "SELECT count(*) FROM workbench.artifacts WHERE bytes IS NOT NULL")! > 0);
        long large = (long)_server.Scalar(_database, "SELECT count(*) FROM workbench.artifacts WHERE bytes IS NULL")!;
        Assert.True(large > 0);
        Assert.Equal(large, Directory.EnumerateFiles(_folder["studies", "postgres", "artifacts", "objects"], "*", SearchOption.AllDirectories).Count());

        foreach (string[] command in (string[][])[["list"], ["show", "sweep"], ["compare", "sweep", "sweep"], ["prune", "--remove", "sweep"], ["list"]])
        {
            Finished finished = await ChildProgram.Run(_folder.Path, [Address], ["studies", .. command, "--store", "postgres"]);
            Assert.Equal((0, ""), (finished.Code, finished.Errors));
            Assert.Equal(command is ["list"] && Kept().Count == 0, finished.Output.Length == 0 || finished.Output.StartsWith("sweep: 0 trials", StringComparison.Ordinal));
        }

        Assert.Equal(0L, _server.Scalar(_database, "SELECT count(*) FROM workbench.artifacts"));
        Assert.Empty(Directory.EnumerateFiles(_folder["studies", "postgres", "artifacts", "objects"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_training_outlasts_a_restart_of_the_server_and_its_result_is_there_once()
    {
        Assert.Equal(0, (await Run("sqlite", "--store", "sqlite", "--studies", "alone")).Code);
        Task<Finished> run = Run("restarted");
        await Until(run, "to_regclass('workbench.trials') IS NOT NULL");
        await Until(run, "(SELECT count(*) FROM workbench.trials WHERE ended IS NOT NULL) > 3");
        _server.Stop("immediate");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        _server.Start();
        Finished finished = await run;
        Assert.Equal(0, finished.Code);
        Assert.Equal(Leaderboard("sqlite"), Leaderboard("restarted"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_server_is_one_line_without_the_password()
    {
        string wrong = "wrong-" + PostgresServer.Password;
        (string Text, string Line)[] addresses =
        [
            ("", "^workbench: the store `postgres` needs the environment variable WORKBENCH_POSTGRES, such as postgresql://USER:PASSWORD@HOST:5432/DATABASE$"),
            ("postgresql://ann:hunter2@127.0.0.1:1/lab", "^workbench: PostgreSQL at 127.0.0.1:1/lab: Failed to connect to 127.0.0.1:1: Connection refused; what was done is kept"),
            (_server.Uri(_database, wrong), "^workbench: PostgreSQL at [^ ]+: password authentication failed for user \"tester\"; "),
            (_server.Uri("nowhere"), "^workbench: PostgreSQL at [^ ]+/nowhere: database \"nowhere\" does not exist; "),
            ("postgresql://ann:hunter2@127.0.0.1:x/lab", "^workbench: WORKBENCH_POSTGRES cannot be understood: "),
        ];
        foreach ((string text, string line) in addresses)
        {
            Finished finished = await ChildProgram.Run(_folder.Path, [(PostgresAddress.Variable, text)], "studies", "list", "--store", "postgres", "--verbose");
            Assert.Equal(2, finished.Code);
            Assert.Matches(line, finished.ErrorLines[0]);
            foreach (string secret in (string[])["hunter2", PostgresServer.Password, Uri.EscapeDataString(PostgresServer.Password)])
                Assert.DoesNotContain(secret, finished.Output + finished.Errors, StringComparison.Ordinal);
        }
    }
}
