using Workbench.Experiments;
using Workbench.Llm;

namespace Tests.Workbench.Experiments;

public sealed class SettingTests
{
    private const string File = """
        name: x
        task: conversation
        seeds: [1, 2]
        dataset: { synthetic: { users: 10 } }
        evaluation: { cutoffs: [1, 5], depth: 60 }
        baselines:
          - random
          - most-popular
        trainers:
          - matrix-factorization: { dimension: [8, 16], epochs: 3 }
          - item2vec
          - matrix-factorization: { algorithm: bpr }
        llms:
          - gpt-3.5-turbo: { matches: own }
        """;

    private static Experiment Read(params string[] settings) => TestCatalogs.Read(File, settings).Require();

    [Fact]
    public void A_setting_replaces_a_value() => Cultures.Each(() =>
    {
        Assert.Equal([1, 3], Read("evaluation.cutoffs=[1,3]", "objective=hit@3").Evaluation.Cutoffs);
        Assert.Equal(3.5, Read("filter.min_rating=3.5").Filter.MinRating);
        Assert.Equal("y", Read("name=z", "name=y").Name);
        Assert.Equal(20, Read("evaluation={ depth: 20 }").Evaluation.Depth);
    });

    [Fact]
    public void The_rest_of_a_mapping_stays() => Assert.Equal(60, Read("evaluation.cutoffs=2").Evaluation.Depth);

    [Fact]
    public void A_key_that_the_file_does_not_have_is_made() => Assert.True(Read("reports.trec=true").Reports.Trec);

    [Fact]
    public void The_other_spelling_of_a_key_is_replaced() => Assert.Equal([7], Read("seed=7").Seeds);

    [Fact]
    public void Another_kind_of_dataset_replaces_that_of_the_file()
    {
        DatasetOptions dataset = Read("dataset.path=somewhere/linked").Dataset;
        Assert.Null(dataset.Synthetic);
        Assert.Equal(Path.GetFullPath("somewhere/linked"), dataset.Path);

        dataset = Read("dataset.ratings=[a, b]", "dataset.conversations=c").Dataset;
        Assert.Null(dataset.Synthetic);
        Assert.Equal([Path.GetFullPath("a"), Path.GetFullPath("b")], dataset.Ratings);
    }

    [Fact]
    public void Entries_of_a_list_have_positions()
    {
        Assert.Equal([1, 9], Read("seeds.1=9").Seeds);
        Assert.Equal([1, 2, 9], Read("seeds.2=9").Seeds);
        Experiment experiment = Read("trainers.0.matrix-factorization.dimension=32");
        Assert.Equal([32, 64, 64], experiment.Trainers.Select(trainer => ((FactorizationTestOptions)trainer.Options).Dimension));
        Assert.Equal(3, ((FactorizationTestOptions)experiment.Trainers[0].Options).Epochs);
        Assert.Equal("random", Assert.Single(TestCatalogs.Read("{ name: a, task: next-item, dataset: { path: x } }", "baselines.0=random").Require().Baselines).Name);
    }

    [Fact]
    public void A_name_means_every_entry_of_that_name()
    {
        Assert.Equal([32, 64, 32], Read("trainers.matrix-factorization.dimension=32").Trainers.Select(trainer => ((FactorizationTestOptions)trainer.Options).Dimension));
        Assert.Equal(7, ((PopularTestOptions)Read("baselines.most-popular.half_life_days=7").Baselines[1].Options).HalfLifeDays);
        Assert.Equal(MatchSource.Recorded, ((LlmOptions)Read("llms.gpt-3.5-turbo.matches=recorded").Llms[0].Options).Matches);
        Assert.Equal(MatchSource.Recorded, ((LlmOptions)Read("llms.0.gpt-3.5-turbo.matches=recorded").Llms[0].Options).Matches);
    }

    [Fact]
    public void A_value_may_have_equals_signs_and_dots() => Assert.Equal(Path.GetFullPath("a=b.c"), Read("dataset.path=a=b.c").Dataset.Path);

    [Fact]
    public void Every_key_of_a_record_can_be_set()
    {
        string[] settings =
        [
            "name=y", "task=next-item", "seeds=[4]", "jobs=3", "threads=2", "memory=500MB", "dataset.path=p", "catalogue=all", "train_items=all",
            "filter.min_item_ratings=1", "filter.min_user_ratings=2", "filter.iterate=true", "filter.min_rating=4", "split.by=global-time", "split.quantile=0.8",
            "train_through=validation", "evaluation.protocols=next-item", "evaluation.metrics=[recall]", "evaluation.cutoffs=[3]", "evaluation.depth=30",
            "evaluation.exclude_seen=false", "evaluation.bootstrap=0", "evaluation.split=validation", "objective=recall@3", "baselines=[random]", "trainers=[]",
            "llms=[]", "rerankers=[]", "controls=[]", "fallback=random", "reports.formats=[csv]", "reports.trec=true",
        ];
        Experiment experiment = Read(settings);
        Assert.Equal(("y", TaskKind.NextItem, 3, 2, 500_000_000), (experiment.Name, experiment.Task, experiment.Jobs, experiment.Threads, experiment.Memory!.Value.Bytes));
        Assert.Equal((SplitBy.GlobalTime, 0.8), (experiment.Split.By, experiment.Split.Quantile));
        Assert.Equal("random", experiment.Fallback!.Name);
        Assert.Equal([ReportFormat.Csv], experiment.Reports.Formats);
        Assert.Single(experiment.Configurations);
    }

    [Theory]
    [InlineData("jobs=0", "--set jobs: `jobs` must be a whole number from 1 to 1024, not 0")]
    [InlineData("dataset.pth=x", "--set dataset.pth: there is no option `pth` of `dataset`; did you mean `path`?")]
    [InlineData("datset.path=x", "--set datset.path: there is no option `datset`; did you mean `dataset`?")]
    [InlineData("evaluation.cutoffs=[1", "--set evaluation.cutoffs: not valid YAML")]
    [InlineData("evaluation.cutoffs=[1, x]", "--set evaluation.cutoffs: `cutoffs` must be a whole number from 1 to 10000, not x")]
    [InlineData("jobs", "--set jobs: a setting is written `--set key=value`")]
    [InlineData("=3", "--set : a setting is written `--set key=value`")]
    [InlineData("a..b=3", "--set a..b: a setting is written `--set key=value`")]
    [InlineData("name.first=3", "--set name.first: `name` is a single value and has no `first`")]
    [InlineData("seeds.5=3", "--set seeds.5: `seeds` has 2 entries, counted from 0")]
    [InlineData("trainers.fism.alpha=3", "--set trainers.fism.alpha: `trainers` is a list without an entry `fism`")]
    [InlineData("trainers.0.matrix-factorization.dimensoin=3", "--set trainers.0.matrix-factorization.dimensoin: there is no option `dimensoin` of `matrix-factorization`")]
    [InlineData("jobs=", "--set jobs: `jobs` must be a whole number from 1 to 1024, not empty")]
    [InlineData("jobs=*x", "--set jobs: the alias `*x` is not supported")]
    [InlineData("seed=1\n---\n2", "--set seed: a second document")]
    public void A_wrong_setting_is_named_by_its_key(string setting, string expected) => Cultures.Each(() =>
    {
        string error = Assert.Single(TestCatalogs.Read(File, setting).Errors).ToString();
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    });

    [Fact]
    public void Settings_that_exclude_each_other_are_refused() => Assert.Equal(
        "--set dataset.synthetic.users: `synthetic` and `path` exclude each other: keep one of them",
        Assert.Single(TestCatalogs.Read("{ name: a, task: conversation, dataset: { ratings: x, conversations: y }, baselines: random }", "dataset.path=a", "dataset.synthetic.users=5").Errors).ToString());
}
