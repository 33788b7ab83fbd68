using System.Collections.Concurrent;
using Trainers;
using Workbench;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;
using Workbench.Stages;
using Workbench.Studies;

namespace Tests.Workbench.Studies;

/// <summary>Runs with a study: nothing is done twice, and no figure depends on who did it when.</summary>
public sealed class StudyRunTests : IDisposable
{
    private const string Yaml =
        $$"""
        name: small
        task: conversation
        seeds: [1, 2]
        dataset: { synthetic: {{SmallRun.Data}} }
        {{SmallRun.Evaluation}}
        baselines: [most-popular, ease: { lambda: { log: [1, 1000] } }]
        trainers:
          - item2vec: { epochs: 4, dimension: 8 }
          - matrix-factorization: { dimension: { choice: [4, 8] }, iterations: 4, regularization: { log: [0.001, 0.1] } }
        llms: [simulated-llm]
        controls: [fill-popular]
        rerankers: [max-pool, softmax-pool: { temperature: { log: [0.01, 1] } }]
        search: { trials: 5, parallel: 3, halving: { min_epochs: 1, factor: 2 } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (Leaderboard Leaderboard, Watcher Watcher) Run(string? study = "small", string yaml = Yaml, int threads = 2, params string[] settings)
    {
        var watcher = new Watcher();
        using Study? kept = study is null ? null : Study.Open(_folder, study);
        Experiment experiment = SmallRun.Read(yaml, settings);
        return (Pipeline.Run(experiment, new RunContext(threads, 1L << 40, watcher, TestContext.Current.CancellationToken) { Study = kept }).Leaderboard, watcher);
    }

    private IReadOnlyList<TrialRecord> Kept(string study = "small")
    {
        using SqliteTrialStore store = SqliteTrialStore.Open(Study.PathOf(_folder, study));
        return store.Done();
    }

    [Fact]
    public void Neither_jobs_nor_threads_nor_a_study_change_a_figure_and_a_second_run_trains_nothing()
    {
        (Leaderboard first, Watcher worked) = Run();
        string expected = LeaderboardJson.WriteWithoutTimes(first);
        Assert.All(first.Rows, row => Assert.Equal((LeaderboardRow.Ok, null), (row.Status, row.Error)));
        Assert.NotEmpty(worked.Trained);
        Assert.Equal(4, first.Searches.Count);
        Assert.All(first.Searches, search => Assert.Equal(5, search.Trials.Count));
        Assert.All(first.Searches, search => Assert.Contains(search.Row, first.Rows.Select(row => row.Row)));
        Assert.Equal(4, first.Searches.Select(search => search.Row).Distinct().Count());
        Assert.Contains(first.Searches[1].Trials, trial => trial.Status == SearchedTrial.Stopped);

        IReadOnlyList<TrialRecord> kept = Kept();
        (Leaderboard again, Watcher idle) = Run();
        Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(again));
        Assert.Equal(first.Rows.Select(row => row.Seconds), again.Rows.Select(row => row.Seconds));
        Assert.Empty(idle.Trained);
        Assert.Equal(kept, Kept());

        Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(Run(null).Leaderboard));
        Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(Run("other jobs", Yaml, 1, "jobs=3").Leaderboard));
    }

    [Fact]
    public void A_second_study_answers_from_the_first_ones_work()
    {
        string expected = LeaderboardJson.WriteWithoutTimes(Run().Leaderboard);
        (Leaderboard leaderboard, Watcher watcher) = Run("second");
        Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(leaderboard));
        Assert.Empty(watcher.Trained);
        Assert.Equal(Kept().Where(trial => trial.Kind != TrialRecord.Embeddings).Select(trial => trial.Key).Order(), Kept("second").Select(trial => trial.Key).Order());
    }

    [Fact]
    public void Of_an_edited_file_only_what_changed_is_run()
    {
        Run();
        HashSet<string> before = [.. Kept().Select(trial => trial.Key)];

        // Other metrics, intervals, names and order: the lists are judged anew.
        string edited = Yaml.Replace("metrics: [hit, ndcg, mrr, recall, precision, map], cutoffs: [1, 5, 10]", "metrics: [ndcg, hit], cutoffs: [10, 20]", StringComparison.Ordinal);
        Assert.NotEqual(Yaml, edited);
        (Leaderboard judged, Watcher watcher) = Run("small", edited);
        Assert.Empty(watcher.Trained);
        Assert.Equal(before, Kept().Select(trial => trial.Key).ToHashSet());
        Assert.Equal(["ndcg@10", "hit@10", "ndcg@20", "hit@20"], judged.Metrics);

        // Another reranker: its rows alone, over embeddings that are kept.
        (_, watcher) = Run("small", edited.Replace("[max-pool,", "[mean-pool, max-pool,", StringComparison.Ordinal));
        Assert.Empty(watcher.Trained);
        string[] added = [.. Kept().Where(trial => !before.Contains(trial.Key)).Select(trial => trial.Label)];
        Assert.Equal(4, added.Length);
        Assert.All(added, label => Assert.EndsWith(", mean-pool", label, StringComparison.Ordinal));

        // Another option of a trainer: the trainer, and what is made of it.
        before = [.. Kept().Select(trial => trial.Key)];
        (_, watcher) = Run("small", edited.Replace("epochs: 4, dimension: 8", "epochs: 5, dimension: 8", StringComparison.Ordinal));
        Assert.Equal(["item2vec (dimension=8, epochs=5)"], watcher.Trained.Distinct());
        Assert.All(Kept().Where(trial => !before.Contains(trial.Key)), trial => Assert.Contains("item2vec (dimension=8, epochs=5)", trial.Label + (trial.Kind == TrialRecord.Search ? " item2vec (dimension=8, epochs=5)" : ""), StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_lost_its_artifact_is_run_again()
    {
        string expected = LeaderboardJson.WriteWithoutTimes(Run().Leaderboard);
        int damaged = 0;
        foreach (TrialRecord trial in Kept().Where(trial => trial.Artifact is not null))
        {
            string path = Path.Combine(_folder, "artifacts", "objects", trial.Artifact![..2], trial.Artifact);
            if (!File.Exists(path))
                continue;
            if (damaged++ % 2 == 0)
                File.Delete(path);
            else
                File.WriteAllText(path, "damaged");
        }

        Assert.True(damaged > 4);
        Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(Run().Leaderboard));
    }

    [Fact]
    public void A_row_that_fails_is_a_row_with_its_reason_and_is_not_tried_again_unasked()
    {
        const string broken = "trainers:\n  - matrix-factorization: { algorithm: bpr, learning_rate: 10, init_stddev: 1e30, epochs: 3 }";
        string yaml = $"name: small\ntask: next-item\ncatalogue: all\ndataset: {{ synthetic: {SmallRun.Data} }}\nbaselines: [most-popular]\n{broken}\n";
        (Leaderboard leaderboard, _) = Run("small", yaml);
        LeaderboardRow row = leaderboard.Rows[1];
        Assert.Equal(LeaderboardRow.Failed, row.Status);
        Assert.Contains("diverged in epoch", row.Error, StringComparison.Ordinal);
        Assert.Equal(LeaderboardRow.Ok, leaderboard.Rows[0].Status);
        Assert.Equal(LeaderboardJson.WriteWithoutTimes(leaderboard), LeaderboardJson.WriteWithoutTimes(Run("small", yaml).Leaderboard));
        Assert.Equal(2, Kept().Count(trial => trial.Failure is not null));
        using (Study study = Study.Open(_folder, "small"))
            study.ForgetFailed();
        Assert.Single(Kept());
    }

    [Fact]
    public void A_search_in_which_nothing_succeeds_is_a_row_with_the_first_reason()
    {
        string yaml = $"name: small\ntask: next-item\ncatalogue: all\ndataset: {{ synthetic: {SmallRun.Data} }}\nbaselines: [most-popular]\n"
            + "trainers:\n  - matrix-factorization: { algorithm: bpr, learning_rate: { uniform: [9, 10] }, init_stddev: 1e30, epochs: 3 }\nsearch: { trials: 3 }\n";
        (Leaderboard leaderboard, _) = Run("small", yaml);
        Assert.Contains("none of 3 trials succeeded; the first: ", leaderboard.Rows[1].Error, StringComparison.Ordinal);
        Assert.All(leaderboard.Searches[0].Trials, trial => Assert.Equal((SearchedTrial.Failed, null), (trial.Status, trial.Value)));
        Assert.Null(leaderboard.Searches[0].Chosen);
    }

    [Fact]
    public void A_trial_that_takes_too_long_has_failed()
    {
        string yaml = Yaml.Replace("search: { trials: 5,", "search: { trials: 5, trial_time: 0.001s,", StringComparison.Ordinal);
        (Leaderboard leaderboard, _) = Run("small", yaml);
        SearchHistory search = leaderboard.Searches.Single(search => search.Method == "matrix-factorization");
        Assert.All(search.Trials, trial => Assert.Equal((SearchedTrial.Failed, "it took longer than 0.001 s, the `trial_time`"), (trial.Status, trial.Reason)));
    }

    [Fact]
    public void Rows_that_a_budget_has_no_time_for_say_so_and_those_that_are_known_are_answered()
    {
        string yaml = $"name: small\ntask: next-item\ncatalogue: all\ndataset: {{ synthetic: {SmallRun.Data} }}\nbaselines: [most-popular, random]\nbudget: {{ time: 0.001s }}\n";
        (Leaderboard leaderboard, _) = Run("small", yaml);
        Assert.All(leaderboard.Rows, row => Assert.Equal((LeaderboardRow.Failed, "not run: the budget of time was used up before it"), (row.Status, row.Error)));
        Run("small", yaml.Replace("baselines: [most-popular, random]\nbudget: { time: 0.001s }", "baselines: [most-popular]", StringComparison.Ordinal));
        Assert.Equal([LeaderboardRow.Ok, LeaderboardRow.Failed], Run("small", yaml).Leaderboard.Rows.Select(row => row.Status));
    }

    [Fact]
    public void What_a_run_may_cost_is_shared_by_the_models_that_are_asked()
    {
        const string yaml = "name: a\ntask: conversation\ndataset: { synthetic: {} }\nllms: [{ a: { replies: live, budget_money: 1, prompt_price: 1, reply_price: 2 } }, { b: { replies: live, prompt_price: 1, reply_price: 2 } }, c]\nbudget: { cost: 6 }\n";
        Experiment shared = BudgetShares.OfCost(SmallRun.Read(yaml));
        Assert.Equal([1, 3, null], shared.Llms.Select(llm => ((global::Workbench.Llm.LlmOptions)llm.Options).BudgetMoney));
        UserErrorException error = Assert.Throws<UserErrorException>(() => BudgetShares.OfCost(SmallRun.Read(yaml.Replace("b: { replies: live, prompt_price: 1, reply_price: 2 }", "b: { replies: live }", StringComparison.Ordinal))));
        Assert.StartsWith("`budget.cost` needs `prompt_price` and `reply_price` of `b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_the_past_are_known_by_configuration_or_else_by_method()
    {
        Assert.Null(PastTimes.Of(new SqliteStudies(Path.Combine(_folder, "nowhere"))).SecondsOf(SmallRun.Read(Yaml).Trainers[0]));
        (Leaderboard leaderboard, _) = Run();
        var times = PastTimes.Of(new SqliteStudies(_folder));
        Configuration[] trainers = [.. SmallRun.Read(Yaml.Replace("item2vec: { epochs: 4, dimension: 8 }", "item2vec: { epochs: 4, dimension: 8 }\n  - item2vec: { epochs: 7, dimension: 8 }\n  - fism", StringComparison.Ordinal)).Trainers];
        Assert.Equal(leaderboard.Rows.Single(row => row.Row == trainers[0].Label).Seconds, times.SecondsOf(trainers[0])!.Value, 1e-9);
        Assert.Equal(times.SecondsOf(trainers[0]), times.SecondsOf(trainers[1]));
        Assert.Null(times.SecondsOf(trainers[2]));
        Assert.True(times.SecondsOf(trainers[3]) > 0);
    }

    [Fact]
    public void A_rung_goes_on_from_the_one_before()
    {
        Run();
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(_folder, "checkpoints")), file => Kept().Any(trial => trial.Kind == TrialRecord.Embeddings && file.Contains(trial.Key, StringComparison.Ordinal)));

        // Trials that were halved away leave theirs, for a longer search.
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_folder, "checkpoints"), "*.ckpt"));
    }

    private sealed class Watcher : IRunObserver
    {
        public ConcurrentBag<string> Trained { get; } = [];

        public void StageBegins(string what)
        {
        }

        public void SearchGoesOn(SearchWatch search)
        {
        }

        public void RowBegins(string row, int number, int of)
        {
        }

        public void RowTrains(string row, TrainingProgress progress) => Trained.Add(row);

        public void RowEnds(LeaderboardRow row, int number, int of)
        {
        }
    }
}
