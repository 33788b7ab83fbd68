using Workbench.Experiments;
using Workbench.Llm;

namespace Tests.Workbench.Experiments;

public sealed class ExperimentFileTests
{
    [Fact]
    public void Every_key_is_read()
    {
        Experiment experiment = TestCatalogs.Read(ExampleFile.Text).Require();

        Assert.Equal(("synthetic", TaskKind.Conversation, 2, 4, 8_000_000_000), (experiment.Name, experiment.Task, experiment.Jobs, experiment.Threads, experiment.Memory?.Bytes));
        Assert.Equal([1, 2, 3], experiment.Seeds);
        Assert.Equal((100_000, 1000, 600, 400, 7L), (experiment.Dataset.Synthetic!.Ratings, experiment.Dataset.Synthetic.Users, experiment.Dataset.Synthetic.Items, experiment.Dataset.Synthetic.Conversations, experiment.Dataset.Synthetic.Seed));
        Assert.Equal((CandidateRule.Linked, TrainItems.All, TrainThrough.Validation), (experiment.Catalogue, experiment.TrainItems, experiment.TrainThrough));
        Assert.Equal(new FilterOptions { MinItemRatings = 5, MinUserRatings = 2, Iterate = true, MinRating = 3.5 }, experiment.Filter);
        Assert.Equal(SplitBy.Dataset, experiment.Split.By);
        Assert.Equal([ProtocolKind.PerTurn, ProtocolKind.PerItem], experiment.Evaluation.Protocols);
        Assert.Equal((100, false, 200, EvaluationSplit.Validation), (experiment.Evaluation.Depth, experiment.Evaluation.ExcludeSeen, experiment.Evaluation.Bootstrap, experiment.Evaluation.Split));
        Assert.Equal([ReportFormat.Md, ReportFormat.Json], experiment.Reports.Formats);
        Assert.True(experiment.Reports.Trec);
        Assert.Equal(30, Assert.IsType<PopularTestOptions>(experiment.Fallback!.Options).HalfLifeDays);
        Assert.Equal([MatchSource.Own, MatchSource.Recorded], experiment.Llms.Select(llm => ((LlmOptions)llm.Options).Matches));
        Assert.Equal("experiments.yaml", experiment.File);
    }

    [Fact]
    public void The_objective_is_among_the_reported_metrics()
    {
        Experiment experiment = TestCatalogs.Read(ExampleFile.Text).Require();
        Assert.Equal(new Objective("mrr", 10), experiment.Objective);
        Assert.Equal(["hit", "ndcg", "mrr"], experiment.Evaluation.Metrics);
        Assert.Equal([1, 5, 10, 20], experiment.Evaluation.Cutoffs);
    }

    [Fact]
    public void Lists_of_values_become_rows_in_the_order_of_the_file_the_first_axis_slowest()
    {
        Experiment experiment = TestCatalogs.Read(ExampleFile.Text).Require();
        Assert.Equal(
            [
                "matrix-factorization (dimension=64, regularization=0.01, algorithm=bpr, layers=[8])",
                "matrix-factorization (dimension=64, regularization=0.01, algorithm=bpr, layers=[8, 4])",
                "matrix-factorization (dimension=64, regularization=0.001, algorithm=bpr, layers=[8])",
                "matrix-factorization (dimension=64, regularization=0.001, algorithm=bpr, layers=[8, 4])",
                "matrix-factorization (dimension=128, regularization=0.01, algorithm=bpr, layers=[8])",
                "matrix-factorization (dimension=128, regularization=0.01, algorithm=bpr, layers=[8, 4])",
                "matrix-factorization (dimension=128, regularization=0.001, algorithm=bpr, layers=[8])",
                "matrix-factorization (dimension=128, regularization=0.001, algorithm=bpr, layers=[8, 4])",
                "item2vec",
            ],
            experiment.Trainers.Select(trainer => trainer.Label));
        Assert.Equal(["random", "most-popular (half_life_days=0)", "most-popular (half_life_days=365)"], experiment.Baselines.Select(baseline => baseline.Label));
        Assert.Equal([8, 4], Assert.IsType<FactorizationTestOptions>(experiment.Trainers[1].Options).Layers);
        Assert.All(experiment.Trainers, trainer => Assert.Equal("trainer", trainer.Kind));
        Assert.Equal(3 + 9 + 2 + 3 + 2, experiment.Configurations.Count);
    }

    [Fact]
    public void Rerankers_meet_every_model_and_trainer_unless_they_say_which()
    {
        Experiment experiment = TestCatalogs.Read(ExampleFile.Text).Require();
        IReadOnlyList<RerankCombination> rows = experiment.Combinations;
        Assert.Equal(2 + (2 * 9), rows.Count);
        Assert.Equal(
            ["max-pool (similarity=cosine) gpt-4 item2vec", "max-pool (similarity=dot) gpt-4 item2vec"],
            rows.Take(2).Select(row => $"{row.Reranker.Label} {row.Llm.Name} {row.Trainer.Label}"));
        Assert.All(rows.Skip(2), row => Assert.Equal("mean-pool", row.Reranker.Label));
    }

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        Experiment conversation = TestCatalogs.Read("{ name: a, task: conversation, dataset: { synthetic: }, baselines: [random] }").Require();
        Assert.Equal([1], conversation.Seeds);
        Assert.Equal(SplitBy.Dataset, conversation.Split.By);
        Assert.Equal([ProtocolKind.PerItem, ProtocolKind.PerTurn], conversation.Evaluation.Protocols);
        Assert.Equal("ndcg@10", conversation.Objective.ToString());
        Assert.Equal(new global::Data.Synthetic.SyntheticOptions(), conversation.Dataset.Synthetic);
        Assert.Null(conversation.Threads);
        Assert.Null(conversation.Memory);
        Assert.Null(conversation.Fallback);

        Experiment next = TestCatalogs.Read("{ name: a, task: next-item, dataset: { ratings: x }, baselines: [random], evaluation: { cutoffs: [3, 20] } }").Require();
        Assert.Equal(SplitBy.LeaveLastOut, next.Split.By);
        Assert.Equal([ProtocolKind.NextItem], next.Evaluation.Protocols);
        Assert.Equal("ndcg@3", next.Objective.ToString());
    }

    [Fact]
    public void Paths_are_relative_to_the_folder_of_the_file()
    {
        DatasetOptions dataset = TestCatalogs.Read("""
            name: a
            task: conversation
            dataset: { ratings: [ml-1m, ../small], imdb_links: links.csv, conversations: /redial }
            baselines: [random]
            """).Require().Dataset;
        string folder = Path.GetFullPath("/data");
        Assert.Equal([Path.Combine(folder, "ml-1m"), Path.GetFullPath("/small")], dataset.Ratings);
        Assert.Equal(Path.Combine(folder, "links.csv"), dataset.ImdbLinks);
        Assert.Equal(Path.GetFullPath("/redial"), dataset.Conversations);
    }

    [Fact]
    public void A_single_value_is_a_list_of_one()
    {
        Experiment experiment = TestCatalogs.Read("{ name: a, task: conversation, dataset: { path: x }, baselines: random, seed: 5, trainers: }").Require();
        Assert.Equal([5], experiment.Seeds);
        Assert.Equal("random", Assert.Single(experiment.Baselines).Name);
        Assert.Empty(experiment.Trainers);
    }

    [Fact]
    public void Nothing_is_a_value_where_the_option_can_be_without()
    {
        Experiment experiment = TestCatalogs.Read("""
            name: a
            task: conversation
            dataset: { path: x }
            trainers:
              - item2vec: { epochs: [none, 3] }
              - matrix-factorization: { epochs: ~, note: none }
            """).Require();
        Assert.Equal([null, 3, null], experiment.Trainers.Select(trainer => ((FactorizationTestOptions)trainer.Options).Epochs));
        Assert.Equal("none", ((FactorizationTestOptions)experiment.Trainers[2].Options).Note);
    }

    [Fact]
    public void Every_mistake_is_reported_at_once_in_the_order_of_the_file()
    {
        ExperimentFileResult result = TestCatalogs.Read("""
            name: A B
            task: conversaton
            seeds: [1, x]
            evaluation: { cutofs: [1], depth: 0 }
            trainers: [ matrix-factorization: { dimensoin: 3, regularization: [0, 1] } ]
            """, "jobs=0", "datset.path=x");

        Assert.Null(result.Experiment);
        string[] expected =
        [
            "experiments.yaml:1:1: the key `dataset` is missing",
            "experiments.yaml:1:7: `name` must be lower-case letters",
            "experiments.yaml:2:7: `task` must be one of conversation, next-item, not conversaton; did you mean `conversation`?",
            "experiments.yaml:3:12: `seeds` must be a whole number of at least 0, not x",
            "experiments.yaml:4:15: there is no option `cutofs` of `evaluation`; did you mean `cutoffs`? (known: protocols, metrics, ",
            "experiments.yaml:4:35: `depth` must be a whole number from 1 to 10000, not 0",
            "experiments.yaml:5:37: there is no option `dimensoin` of `matrix-factorization`; did you mean `dimension`? (known: dimension, ",
            "experiments.yaml:5:68: `regularization` must be a number greater than 0, not 0",
            "--set jobs: `jobs` must be a whole number from 1 to 1024, not 0",
            "--set datset.path: there is no option `datset`; did you mean `dataset`?",
        ];
        Assert.Equal(expected.Length, result.Errors.Count);
        Assert.All(expected.Zip(result.Errors), pair => Assert.StartsWith(pair.First, pair.Second.ToString(), StringComparison.Ordinal));
    }
}
