using Trainers.Options;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

public sealed class ExperimentTemplateTests
{
    public static TheoryData<string?, bool, string[]> Datasets => new()
    {
        { null, true, ["simulated"] },
        { "linked", true, ["gpt-4", "gpt-3.5-turbo"] },
        { "it's: a # path", true, [] },
        { "/data/ml-1m", false, [] },
    };

    [Theory]
    [MemberData(nameof(Datasets))]
    public void It_reads_back(string? path, bool hasConversations, string[] models)
    {
        Experiment experiment = TestCatalogs.Read(ExperimentTemplate.For("mine", new TemplateDataset(path, hasConversations, models), TestCatalogs.All)).Require();
        Assert.Equal("mine", experiment.Name);
        Assert.Equal(hasConversations ? TaskKind.Conversation : TaskKind.NextItem, experiment.Task);
        Assert.Equal(path is null ? null : Path.GetFullPath(path, Path.GetFullPath("/data")), experiment.Dataset.Path);
        Assert.Equal(path is null, experiment.Dataset.Synthetic is not null);
        Assert.Equal(models, experiment.Llms.Select(llm => llm.Name));
        Assert.Equal(["random", "most-popular"], experiment.Baselines.Select(baseline => baseline.Name));
        Assert.Equal(models.Length * 2 * 2, experiment.Combinations.Count);
        Assert.Equal(models.Length > 0 ? 2 : 0, experiment.Controls.Count);
    }

    [Fact]
    public void Its_commented_keys_are_the_defaults()
    {
        string text = ExperimentTemplate.For("mine", new TemplateDataset("d", false, []), TestCatalogs.All);
        int further = text.IndexOf("# Further keys", StringComparison.Ordinal);
        IEnumerable<string> uncommented = text[further..].Split('\n').Skip(1)
            .Where(line => !line.Contains(": ...", StringComparison.Ordinal))
            .Select(line => line.StartsWith("# ", StringComparison.Ordinal) ? line[2..] : line);

        Experiment expected = TestCatalogs.Read(text).Require();
        Experiment actual = TestCatalogs.Read(text[..further] + string.Join('\n', uncommented)).Require();
        Assert.Equal((expected.Jobs, expected.Filter, expected.Split, expected.Objective), (actual.Jobs, actual.Filter, actual.Split, actual.Objective));
        Assert.Equal(expected.Evaluation.Cutoffs, actual.Evaluation.Cutoffs);
        Assert.Equal(expected.Reports.Formats, actual.Reports.Formats);
    }

    [Fact]
    public void It_fits_what_the_dataset_lacks()
    {
        var dataset = new TemplateDataset("d", true, []) { HasRatings = false, IsDivided = false, Holds = ["5 items"] };
        string text = ExperimentTemplate.For("mine", dataset, Catalogs.All);
        Experiment experiment = ExperimentFile.Parse(text, "experiments.yaml", ".", [], Catalogs.All).Require();
        Assert.Equal((CandidateRule.All, SplitBy.Dialogue), (experiment.Catalogue, experiment.Split.By));
        Assert.All(experiment.Trainers, trainer => Assert.True(trainer.Options is not SourceOptions source || source.TrainOn == TrainOn.Conversations));
        Assert.Contains("  # 5 items\n", text, StringComparison.Ordinal);

        string searched = text.Replace("# - alpharec: auto  (", "- alpharec: auto # (", StringComparison.Ordinal);
        Assert.NotEqual(text, searched);
        Assert.Contains(ExperimentFile.Parse(searched, "experiments.yaml", ".", [], Catalogs.All).Require().Trainers, trainer => trainer.Space is not null);
    }

    [Fact]
    public void It_is_the_same_under_every_culture()
    {
        string expected = ExperimentTemplate.For("mine", TemplateDataset.Synthetic("m"), TestCatalogs.All);
        Assert.DoesNotContain('\r', expected);
        Cultures.Each(() => Assert.Equal(expected, ExperimentTemplate.For("mine", TemplateDataset.Synthetic("m"), TestCatalogs.All)));
    }
}
