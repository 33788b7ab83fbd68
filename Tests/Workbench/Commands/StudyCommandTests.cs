using Workbench.Reports;
using Workbench.Studies;

namespace Tests.Workbench.Commands;

/// <summary>Sweeps that are killed, interrupted or shared by two programs come to what an undisturbed one comes to. A program in Benchmarks kills a hundred times.</summary>
public sealed class StudyCommandTests : IDisposable
{
    private const string Yaml =
        """
        name: sweep
        task: next-item
        catalogue: all
        seeds: [1, 2]
        jobs: 2
        threads: 1
        dataset: { synthetic: { users: 250, items: 120, ratings: 5000, conversations: 0 } }
        evaluation: { metrics: [hit, ndcg], cutoffs: [5, 10], depth: 20, bootstrap: 20 }
        baselines: [most-popular, ease: { lambda: { log: [1, 1000] } }]
        trainers: [item2vec: { dimension: 8, epochs: 9, window: { int: [1, 9] }, learning_rate: { log: [0.005, 0.2] } }]
        search: { trials: 10, halving: { min_epochs: 3, factor: 3 } }
        reports: { formats: [json] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public StudyCommandTests() => File.WriteAllText(Path.Combine(_folder, "sweep.yaml"), Yaml);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Leaderboard(string report) => LeaderboardJson.WithoutTimes(File.ReadAllText(Path.Combine(_folder, report, "leaderboard.json")));

    private Task<Finished> Run(string studies, string report) => ChildProgram.Run(_folder, "run", "sweep.yaml", "--studies", studies, "--out", report);

    private IReadOnlyList<TrialRecord> Kept(string studies)
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(Study.PathOf(Path.Combine(_folder, studies), "sweep"));
        return store.Done();
    }

    private static int Told(string errors) => errors.Split('\n').Count(line => line.Contains("]: trial ", StringComparison.Ordinal));

    [Fact]
    public async Task Killed_interrupted_or_shared_a_sweep_comes_to_the_same()
    {
        Assert.Equal(0, (await Run("undisturbed", "undisturbed-report")).Code);
        string expected = Leaderboard("undisturbed-report");
        int trials = Kept("undisturbed").Count;
        Assert.True(trials > 24);

        foreach (int moment in (int[])[0, 2, 9])
        {
            Finished killed = await ChildProgram.Kill(_folder, errors => Told(errors) >= moment && errors.Length > 0, "run", "sweep.yaml", "--studies", "killed", "--out", "killed-report");
            Assert.NotEqual(0, killed.Code);
            Assert.False(File.Exists(Path.Combine(_folder, "killed-report", "leaderboard.json")));
            if (File.Exists(Path.Combine(_folder, "killed", "sweep.db")))
                Assert.True(Kept("killed").Count(trial => trial.Kind == TrialRecord.Search) >= Told(killed.Errors));
        }

        Finished interrupted = await ChildProgram.Run(_folder, errors => Told(errors) >= 11, "run", "sweep.yaml", "--studies", "killed", "--out", "killed-report");
        Assert.Equal(130, interrupted.Code);
        Assert.Matches(@"^workbench: interrupted: \d+ trials are kept in killed.sweep\.db, the same command goes on from there$", interrupted.ErrorLines[^1]);
        Assert.Equal(0, (await Run("killed", "killed-report")).Code);
        Assert.Equal(expected, Leaderboard("killed-report"));
        Assert.Equal(trials, Kept("killed").Count);

        Finished[] both = await Task.WhenAll(Run("shared", "one-report"), Run("shared", "other-report"));
        Assert.All(both, finished => Assert.Equal(0, finished.Code));
        Assert.Equal(expected, Leaderboard("one-report"));
        Assert.Equal(expected, Leaderboard("other-report"));
        Assert.Equal(trials, Kept("shared").Count);

        // Three workers alone, of which one is killed: then the report is made of answers.
        Finished begun = await ChildProgram.Kill(_folder, errors => Told(errors) >= 1, "run", "sweep.yaml", "--studies", "worked", "--out", "worked-report");
        Assert.NotEqual(0, begun.Code);
        string[] worker = ["worker", "--study", "sweep", "--studies", "worked"];
        Finished[] workers = await Task.WhenAll(ChildProgram.Kill(_folder, errors => Told(errors) >= 2, worker), ChildProgram.Run(_folder, worker), ChildProgram.Run(_folder, [.. worker, "--set", "jobs=1"]));
        Assert.Equal([0, 0], workers[1..].Select(finished => finished.Code));
        Assert.Equal(trials, Kept("worked").Count);
        Finished reported = await Run("worked", "worked-report");
        Assert.DoesNotMatch(@"epoch \d+ of", reported.Errors);
        Assert.Equal(expected, Leaderboard("worked-report"));
        Assert.Equal(trials, Kept("worked").Count);

        Finished compared = await ChildProgram.Run(_folder, "studies", "compare", "sweep", "sweep", "--studies", "shared");
        Assert.Equal(4, compared.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches($@"^sweep: {trials} trials, 0 failed, [\d.]+ s of work\n$", (await ChildProgram.Run(_folder, "studies", "list", "--studies", "shared")).Output);
        Assert.Equal(trials, (await ChildProgram.Run(_folder, "studies", "show", "sweep", "--studies", "shared")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, (await ChildProgram.Run(_folder, "studies", "export", "sweep", "--studies", "shared", "--out", "trials.csv")).Code);
        Assert.Equal(trials + 1, File.ReadAllLines(Path.Combine(_folder, "trials.csv")).Length);
        Assert.Equal(0, (await ChildProgram.Run(_folder, "studies", "prune", "--studies", "shared", "--remove", "sweep")).Code);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "shared"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_cannot_be_kept_ends_the_run_with_one_line()
    {
        File.WriteAllText(Path.Combine(_folder, "studies"), "a file where the folder should be");
        Finished finished = await ChildProgram.Run(_folder, "run", "sweep.yaml");
        Assert.Equal(2, finished.Code);
        Assert.Matches("^workbench: studies.sweep.db: the study cannot be used: ", Assert.Single(finished.ErrorLines));
        Assert.Equal(0, (await ChildProgram.Run(_folder, "run", "sweep.yaml", "--fresh", "--summary", "summary.md")).Code);
        Assert.Equal("a file where the folder should be", File.ReadAllText(Path.Combine(_folder, "studies")));
        Assert.Contains("item2vec", File.ReadAllText(Path.Combine(_folder, "summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_searches_a_dataset_within_its_budget_and_leaves_the_experiment()
    {
        Assert.Equal(0, (await ChildProgram.Run(_folder, "data", "synth", "--out", "data", "--users", "120", "--items", "80", "--ratings", "1500", "--conversations", "60")).Code);
        Finished finished = await ChildProgram.Run(_folder, "auto", "--data", "data", "--budget", "2s", "--jobs", "2");
        Assert.Equal(0, finished.Code);
        Assert.StartsWith("workbench: wrote auto-data.yaml", finished.ErrorLines[0], StringComparison.Ordinal);
        string leaderboard = File.ReadAllText(Path.Combine(_folder, "reports", "auto-data", "leaderboard.json"));
        Assert.Contains("\"sampler\": \"tpe\"", leaderboard, StringComparison.Ordinal);
        Assert.DoesNotContain("\"status\": \"failed\"", leaderboard, StringComparison.Ordinal);
        Assert.Equal(0, (await ChildProgram.Run(_folder, "explain", "auto-data.yaml")).Code);
    }
}
