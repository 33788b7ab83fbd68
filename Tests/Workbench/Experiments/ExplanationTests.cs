using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>What <c>workbench explain</c> says.</summary>
public sealed class ExplanationTests
{
    private const string Searched =
        """
        name: tuned
        task: conversation
        seeds: [1, 2]
        jobs: 2
        dataset: { path: /data }
        baselines: [random, most-popular: { half_life_days: [0, 30] }]
        trainers:
          - fism
          - sasrec: { epochs: 36, dropout: { uniform: [0, 0.5] }, blocks: { int: [1, 3] } }
        llms: [gpt-4, gpt-3.5-turbo]
        controls: [fill-popular]
        rerankers:
          - max-pool
          - softmax-pool: { temperature: { log: [0.01, 1] }, embeddings: [fism] }
          - fusion
        search: { trials: 27, halving: { min_epochs: 4, factor: 3 }, patience: 20 }
        budget: { time: 30m, cost: 5 }
        """;

    private static Experiment Read(string text) => ExperimentFile.Parse(text, "x.yaml", Path.GetTempPath(), [], Catalogs.All).Require();

    [Fact]
    public void Rows_trials_and_trainings_are_counted()
    {
        Explanation explanation = Explanation.Of(Read(Searched));
        Assert.Equal(3 + 2 + 2 + 2 + ((2 * 2) + 2 + 2), explanation.Rows);
        Assert.Equal((3 + 1) * 2, explanation.Fitted);
        Assert.Equal(["sasrec (epochs=36)", "softmax-pool"], explanation.Searches.Select(search => search.Entry.Label));
        Assert.Equal([1, 2], explanation.Searches.Select(search => search.Rows));
        Assert.Equal(27 + (2 * 27), explanation.Trials);
        Assert.Equal(8 + 27 + 2, explanation.Trainings);
        Assert.Equal([4, 12, 36], explanation.Searches[0].Rungs);
        Assert.Equal(((27 * 4) + (9 * 8) + (3 * 24)) / 36.0, explanation.Searches[0].Whole, 9);
        Assert.Null(explanation.Seconds);
    }

    [Fact]
    public void Time_is_estimated_from_what_is_known()
    {
        Experiment experiment = Read(Searched);
        Explanation explanation = Explanation.Of(experiment, one => one.Name switch { "fism" => 10, "sasrec" => 60, _ => null });
        Assert.Equal((10 * 2) + (60 * (7 + 2)), explanation.Seconds!.Value, 9);
        Assert.Equal(["random", "most-popular (half_life_days=0)", "most-popular (half_life_days=30)"], explanation.Unknown);
        Assert.Contains("time: about 5 min, and what is not known of random, most-popular (half_life_days=0), most-popular (half_life_days=30)", ExplanationText.Of(experiment, explanation));
        Assert.Contains("time: about 2 s", ExplanationText.Of(experiment, Explanation.Of(experiment, _ => 0.2)));
    }

    [Fact]
    public void It_is_told_in_lines() => Cultures.Each(() =>
    {
        Experiment experiment = Read(Searched);
        Assert.Equal(
            [
                "experiment: tuned, task conversation",
                "dataset: linked folder /data",
                "protocol: per-item, per-turn on test; hit, ndcg, mrr at 1, 5, 10; objective ndcg@10",
                "seeds: 1, 2; jobs: 2; threads of a job: all; memory: three quarters of the machine's",
                "rows: 17",
                "  baselines: random, most-popular (half_life_days=0), most-popular (half_life_days=30)",
                "  trainers: fism, sasrec (epochs=36, searched)",
                "  language models: gpt-4, gpt-3.5-turbo",
                "  controls: fill-popular (2 rows)",
                "  rerankers: max-pool (4 rows), softmax-pool (searched) (2 rows), fusion (2 rows)",
                "searched: trainer sasrec (epochs=36): 27 trials by tpe; epochs 4, 12, 36, one in 3 goes on: about 7 whole trainings",
                "  dropout: { uniform: [0, 0.5] }",
                "  blocks: { int: [1, 3] }",
                "searched: reranker softmax-pool: 27 trials for each of 2 rows by tpe",
                "  temperature: { log: [0.01, 1] }",
                "trainings: up to 37; trials: up to 81, fewer if 20 bring no gain",
                "budget: no trial begins after 30m; 5 for language models",
                "time: unknown: nothing of this has been run before",
            ],
            ExplanationText.Of(experiment, Explanation.Of(experiment)));
    });

    [Fact]
    public void An_experiment_without_searches_is_told_too()
    {
        Experiment experiment = Read("name: x\ntask: next-item\ndataset: { synthetic: { users: 2000 } }\nbaselines: [random]\nthreads: 3\nmemory: 2GB\n");
        string[] lines = [.. ExplanationText.Of(experiment, Explanation.Of(experiment))];
        Assert.Contains("trainings: 1", lines);
        Assert.StartsWith("dataset: synthetic, 2,000 users, ", lines[1], StringComparison.Ordinal);
        Assert.Equal("seeds: 1; jobs: 1; threads of a job: 3; memory: 2GB", lines[3]);
        Assert.DoesNotContain(lines, line => line.StartsWith("budget", StringComparison.Ordinal) || line.StartsWith("searched", StringComparison.Ordinal));
    }
}
