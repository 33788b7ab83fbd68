using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>Defaults that depend on what is predicted.</summary>
public sealed class DefaultsByTaskTests
{
    [Theory]
    [InlineData("next-item", "", CandidateRule.All)]
    [InlineData("next-item", "catalogue: rated\n", CandidateRule.Rated)]
    [InlineData("conversation", "", CandidateRule.Rated)]
    [InlineData("conversation", "catalogue: all\n", CandidateRule.All)]
    public void The_catalogue_is_that_of_the_task(string task, string given, CandidateRule expected)
    {
        string text = $"name: a\ntask: {task}\n{given}dataset: {{ path: d }}\nbaselines: [random]\n";
        Assert.Equal(expected, ExperimentFile.Parse(text, "a.yaml", ".", [], Catalogs.All).Require().Catalogue);
    }

    [Fact]
    public void A_template_for_ratings_alone_names_nothing_that_needs_conversations()
    {
        string text = ExperimentTemplate.For("a", new TemplateDataset("d", HasConversations: false, []), Catalogs.All);
        Experiment experiment = ExperimentFile.Parse(text, "a.yaml", ".", [], Catalogs.All).Require();
        Assert.Equal(CandidateRule.All, experiment.Catalogue);
        Assert.DoesNotContain("conversational-popularity", experiment.Baselines.Select(row => row.Name));
        Assert.Contains("most-popular", experiment.Baselines.Select(row => row.Name));
    }
}
