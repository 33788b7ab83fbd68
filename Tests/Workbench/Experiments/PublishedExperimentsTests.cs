using System.Runtime.CompilerServices;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

/// <summary>experiments.yaml and everything in experiments/ of this repository.</summary>
public sealed class PublishedExperimentsTests
{
    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [Fact]
    public void Every_published_experiment_reads_without_an_error()
    {
        string[] files = [Path.Combine(Root(), "experiments.yaml"), .. Directory.GetFiles(Path.Combine(Root(), "experiments"), "*.yaml").Order(StringComparer.Ordinal)];
        Assert.True(files.Length >= 5);
        Assert.All(files, file => Assert.Equal("", string.Join('\n', ExperimentFile.Read(file, [], Catalogs.All).Errors)));
    }

    [Fact]
    public void A_linked_folder_can_take_the_place_of_any_dataset()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Root(), "experiments"), "*.yaml").Append(Path.Combine(Root(), "experiments.yaml")))
        {
            Experiment experiment = ExperimentFile.Read(file, ["dataset.path=linked"], Catalogs.All).Require();
            Assert.Equal(Path.GetFullPath("linked"), experiment.Dataset.Path);
            Assert.Null(experiment.Dataset.Synthetic);
            Assert.Empty(experiment.Dataset.Ratings);
        }
    }
}
