using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Search;
using Workbench.Search.Samplers;

namespace Tests.Workbench.Experiments;

/// <summary>Entries with distributions, as the file gives them.</summary>
public sealed class SearchedEntryTests
{
    private const string Head = "name: x\ntask: next-item\ndataset: { path: d }\n";

    private static Experiment Read(string text) => ExperimentFile.Parse(Head + text, "x.yaml", ".", [], Catalogs.All).Require();

    private static string SpaceOf(string entry) => Assert.Single(Read($"trainers:\n  - {entry}\n").Trainers).Space!.ToString();

    [Fact]
    public void Distributions_are_a_space_in_the_order_of_the_file()
    {
        Configuration trainer = Assert.Single(Read(
            """
            trainers:
              - sasrec:
                  learning_rate: { log: [1e-4, 1e-2] }
                  dropout: { uniform: [0, .5] }
                  dimension: { int: [16, 256], log: true }
                  blocks: { int: [1, 3] }
                  loss: { choice: [bce, gbce] }
                  gbce_t: { uniform: [0, 1], when: { loss: gbce } }
                  negatives: { choice: [none, 64], when: { loss: [bce, gbce], blocks: [2, 3] } }
                  epochs: 30
            """).Trainers);
        Assert.Equal(
            "learning_rate: { log: [0.0001, 0.01] }, dropout: { uniform: [0, 0.5] }, dimension: { int: [16, 256], log: true }, blocks: { int: [1, 3] }, "
            + "loss: { choice: [bce, gbce] }, gbce_t: { uniform: [0, 1], when: { loss: gbce } }, negatives: { choice: [none, 64], when: { loss: [bce, gbce], blocks: [2, 3] } }",
            trainer.Space!.ToString());
        Assert.Equal("sasrec (epochs=30)", trainer.Label);
        Assert.Equal(30, ((SasrecOptions)trainer.Options).Epochs);
    }

    [Fact]
    public void An_assignment_makes_a_configuration()
    {
        Configuration trainer = Assert.Single(Read("trainers:\n  - sasrec: { epochs: 30, loss: { choice: [bce, gbce] }, dimension: { int: [16, 32] }, dropout: { uniform: [0, 0.5] } }\n").Trainers);
        Configuration one = trainer.At(trainer.Space!.At([0.9, 0.1, 0.5]));
        Assert.Null(one.Space);
        Assert.Equal(new SasrecOptions { Epochs = 30, Loss = SasrecLoss.Gbce, Dimension = 17, Dropout = 0.25 }, one.Options);
        Assert.Equal("sasrec (loss=gbce, dimension=17, dropout=0.25, epochs=30)", one.Label);
        Assert.Equal(new SasrecOptions { Epochs = 30 }, trainer.Options);
    }

    [Fact]
    public void Auto_is_the_default_space_without_what_is_given()
    {
        Assert.Equal(
            "loss: { choice: [bce, gbce, sampled-softmax, cross-entropy] }, dimension: { choice: [32, 64, 128] }, blocks: { int: [1, 3] }, heads: { choice: [1, 2, 4] }, "
            + "max_length: { choice: [50, 100, 200] }, dropout: { uniform: [0, 0.5] }, learning_rate: { log: [0.0002, 0.005] }, gbce_t: { uniform: [0, 1], when: { loss: gbce } }",
            SpaceOf("sasrec: auto"));
        Assert.Equal(SpaceOf("sasrec: auto"), SpaceOf("sasrec: { search: auto }"));
        string replaced = SpaceOf("sasrec: { search: auto, loss: bce, dimension: 64, dropout: { choice: [0.1, 0.2] } }");
        Assert.DoesNotContain("loss", replaced, StringComparison.Ordinal);
        Assert.DoesNotContain("dimension", replaced, StringComparison.Ordinal);
        Assert.DoesNotContain("gbce_t", replaced, StringComparison.Ordinal);
        Assert.Contains("dropout: { choice: [0.1, 0.2] }", replaced, StringComparison.Ordinal);
        Assert.Equal("dimension: { int: [16, 256], log: true }, learning_rate: { log: [0.01, 0.3] }, user_regularization: { log: [0.0001, 0.1] }, positive_regularization: { log: [0.0001, 0.1] }, negative_regularization: { log: [0.0001, 0.1] }, negative_exponent: { uniform: [0, 1] }",
            SpaceOf("matrix-factorization: { search: auto, algorithm: bpr }"));
    }

    [Fact]
    public void A_list_beside_a_distribution_makes_a_searched_entry_of_each_value()
    {
        IReadOnlyList<Configuration> rows = Read("trainers:\n  - matrix-factorization: { algorithm: [ials, bpr], dimension: [16, 32], learning_rate: { log: [0.01, 0.1], when: { algorithm: bpr } }, regularization: { log: [0.001, 0.1], when: { algorithm: ials } } }\n").Trainers;
        Assert.Equal(
            [
                "matrix-factorization (algorithm=ials, dimension=16)", "matrix-factorization (algorithm=ials, dimension=32)",
                "matrix-factorization (algorithm=bpr, dimension=16)", "matrix-factorization (algorithm=bpr, dimension=32)",
            ],
            rows.Select(row => row.Label));
        Assert.Equal(["regularization: { log: [0.001, 0.1] }", "learning_rate: { log: [0.01, 0.1] }"], rows.Select(row => row.Space!.ToString()).Distinct());
        Assert.Equal("matrix-factorization (algorithm=bpr, dimension=16, learning_rate=0.03162)", rows[2].At(rows[2].Space!.At([0.5])).Label);
    }

    [Fact]
    public void Auto_as_a_section_is_every_method_that_needs_nothing_else()
    {
        Experiment experiment = Read("trainers: auto\n");
        Assert.Equal(["matrix-factorization", "item2vec", "fism", "sasrec", "text-hashed", "alpharec"], experiment.Trainers.Select(trainer => trainer.Label));
        Assert.All(experiment.Trainers, trainer => Assert.NotNull(trainer.Space));
        Experiment reranked = ExperimentFile.Parse("name: x\ntask: conversation\ndataset: { path: d }\nllms: [gpt-4]\ntrainers: [sasrec]\nrerankers: auto\n", "x.yaml", ".", [], Catalogs.All).Require();
        Assert.Equal(Catalogs.All.Rerankers.Entries.Select(entry => entry.Name), reranked.Rerankers.Select(reranker => reranker.Label));
        Assert.All(reranked.Rerankers, reranker => Assert.NotNull(reranker.Space));
    }

    [Fact]
    public void Labels_of_searched_and_fixed_rows_differ() => Assert.Equal(
        ["sasrec", "sasrec (searched)", "sasrec (searched 2)"],
        Read("trainers:\n  - sasrec\n  - sasrec: auto\n  - sasrec: { dropout: { uniform: [0, 0.5] } }\n").Trainers.Select(trainer => trainer.Label));

    [Theory]
    [InlineData("sasrec", 1, "sasrec (searched)")]
    [InlineData("sasrec", 2, "sasrec (searched 2)")]
    [InlineData("fism (dimension=8)", 1, "fism (dimension=8, searched)")]
    [InlineData("sasrec (searched)", 1, "sasrec (searched)")]
    [InlineData("fism (dimension=8, searched 3)", 1, "fism (dimension=8, searched 3)")]
    public void A_label_says_once_that_it_is_searched(string label, int number, string expected) => Assert.Equal(expected, Configuration.SearchedLabel(label, number));

    [Fact]
    public void Settings_of_the_command_line_fix_and_search_options()
    {
        Configuration Read(string file, string setting) =>
            Assert.Single(ExperimentFile.Parse(Head + file, "x.yaml", ".", [setting], Catalogs.All).Require().Trainers);
        Assert.DoesNotContain("dimension", Read("trainers: [fism: auto]\n", "trainers.fism.dimension=64").Space!.ToString(), StringComparison.Ordinal);
        Assert.Equal("alpha: { uniform: [0, 0.5] }", Read("trainers: [fism]\n", "trainers.fism.alpha={ uniform: [0, 0.5] }").Space!.ToString());
        Assert.Equal(Read("trainers: [fism: auto]\n", "jobs=2").Space!.ToString(), Read("trainers: [fism]\n", "trainers.fism=auto").Space!.ToString());
        Assert.StartsWith("--set trainers.fism.alpha: `uniform` of `alpha` goes from 1 down to 0",
            Assert.Single(ExperimentFile.Parse(Head + "trainers: [fism: auto]\n", "x.yaml", ".", ["trainers.fism.alpha={ uniform: [1, 0] }"], Catalogs.All).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_run_is_never_proposed()
    {
        Configuration trainer = Assert.Single(Read("search: { sampler: random, trials: 30 }\ntrainers:\n  - sasrec: { dimension: { int: [16, 64] }, heads: { choice: [1, 3, 5] } }\n").Trainers);
        ISampler sampler = SamplerCatalog.Create(SamplerKind.Random, trainer.Space!, 1, 5);
        var seen = new List<Assignment>();
        while (seen.Count < 80 && sampler.Propose(seen.Count, [], seen) is { } one)
            seen.Add(one);
        Assert.Equal(49 + 16 + 9, seen.Count); // every multiple of 1, 3 and 5
        Assert.All(seen, one => trainer.At(one));
    }

    [Fact]
    public void The_search_has_its_keys_and_defaults()
    {
        Experiment plain = Read("trainers:\n  - sasrec: auto\n  - text-hashed: { words: { int: [1, 2] } }\n");
        Assert.Equal((SamplerKind.Tpe, 8, 5, null, null), (plain.Search.Sampler, plain.Search.Parallel, plain.Search.GridPoints, plain.Search.Halving, plain.Search.TrialTime));
        Assert.Equal([40, 2], plain.Trainers.Select(trainer => plain.Search.TrialsOf(trainer.Space!)));
        Assert.Equal(new BudgetOptions(), plain.Budget);

        Experiment full = Read(
            """
            trainers:
              - sasrec: auto
            search: { sampler: sobol, trials: 12, seed: 5, parallel: 2, patience: 20, min_gain: 0.001, trial_time: 10m, halving: { min_epochs: 2, factor: 4 } }
            budget: { time: 1.5h, trials: 100, cost: 2.5 }
            """);
        Assert.Equal(
            new SearchOptions { Sampler = SamplerKind.Sobol, Trials = 12, Seed = 5, Parallel = 2, Patience = 20, MinGain = 0.001, TrialTime = new Duration(TimeSpan.FromMinutes(10)), Halving = new HalvingOptions { MinEpochs = 2, Factor = 4 } },
            full.Search);
        Assert.Equal(new BudgetOptions { Time = new Duration(TimeSpan.FromMinutes(90)), Trials = 100, Cost = 2.5 }, full.Budget);
        Assert.Null(Read("trainers:\n  - sasrec: auto\nsearch: { halving: none }\n").Search.Halving);
        Assert.Equal(new HalvingOptions(), Read("trainers:\n  - sasrec: auto\nsearch: { halving: {} }\n").Search.Halving);
    }

    [Fact]
    public void The_schedule_of_an_entry_knows_its_epochs()
    {
        Experiment experiment = Read("trainers:\n  - matrix-factorization: { search: auto, iterations: 20 }\nsearch: { halving: { min_epochs: 5, factor: 2 }, trials: 6 }\n");
        SearchSchedule schedule = experiment.Search.Schedule(experiment.Trainers[0], 1);
        var jobs = new List<SearchJob>();
        while (schedule.Next() is { Kind: not SearchStepKind.Done } step)
        {
            Assert.Equal(SearchStepKind.Run, step.Kind);
            jobs.Add(step.Job!);
            schedule.Record(new SearchResult(step.Job!.Index, step.Job.Trial));
        }

        Assert.Equal(6, jobs.Count(job => job.Rung == 0));
        Assert.All(jobs, job => Assert.Equal(
            experiment.Trainers[0].At(job.Assignment).Options is MatrixFactorizationOptions { Algorithm: FactorizationAlgorithm.Ials } ? [5, 10, 20] : (int[])[5, 10, 20, 40, 60],
            new Halving(5, 2).Rungs(TrainingLength.Of(experiment.Trainers[0].At(job.Assignment).Options)!.Epochs).Select(epochs => epochs!.Value)));
        Assert.Contains(jobs, job => job.Epochs == 20);
    }

    [Theory]
    [InlineData("90s", 90, "90s")]
    [InlineData("30m", 1800, "30m")]
    [InlineData("1.5h", 5400, "90m")]
    [InlineData("2 d", 172800, "2d")]
    [InlineData("0.5s", 0.5, "0.5s")]
    public void A_duration_reads_back(string text, double seconds, string written) => Cultures.Each(() =>
    {
        Assert.True(Duration.TryParse(text, out Duration duration));
        Assert.Equal(seconds, duration.Time.TotalSeconds);
        Assert.Equal(written, duration.ToString());
        Assert.True(Duration.TryParse(written, out Duration again) && again == duration);
    });

    [Theory]
    [InlineData("30")]
    [InlineData("m")]
    [InlineData("")]
    [InlineData("-3m")]
    [InlineData("1,5h")]
    [InlineData("3 weeks")]
    [InlineData("0s")]
    [InlineData("999999d")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));
}
