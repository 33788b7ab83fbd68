using System.Text.Json.Nodes;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>The program's own catalogs, through the reader.</summary>
public sealed class CatalogsTests
{
    [Fact]
    public void The_template_of_each_kind_of_dataset_reads_back()
    {
        foreach (TemplateDataset dataset in (TemplateDataset[])[TemplateDataset.Synthetic("simulated"), new("linked", true, ["gpt-4"]), new("linked", false, [])])
        {
            string text = ExperimentTemplate.For("mine", dataset, Catalogs.All);
            Experiment experiment = ExperimentFile.Parse(text, "experiments.yaml", ".", [], Catalogs.All).Require();
            IEnumerable<string> baselines = Catalogs.All.Baselines.Entries.Select(entry => entry.Name);
            Assert.Equal(dataset.HasConversations ? baselines : baselines.Except(["conversational-popularity"]), experiment.Baselines.Select(baseline => baseline.Label));
            // Those that need a file, or a key to an endpoint, are for whoever has one.
            Assert.Equal(Catalogs.All.Trainers.Entries.Select(entry => entry.Name).Except(["text-endpoint", "text-vectors"]), experiment.Trainers.Select(trainer => trainer.Label));
        }
    }

    [Fact]
    public void The_schema_takes_the_template()
    {
        var validator = new SchemaValidator(JsonNode.Parse(ExperimentSchema.ToJson(Catalogs.All))!.AsObject());
        Assert.True(validator.IsValid(YamlToJson.Convert(ExperimentTemplate.For("mine", TemplateDataset.Synthetic("simulated"), Catalogs.All))));
        Assert.False(validator.IsValid(YamlToJson.Convert(ExperimentTemplate.For("Mine", TemplateDataset.Synthetic("simulated"), Catalogs.All))));
    }
}
