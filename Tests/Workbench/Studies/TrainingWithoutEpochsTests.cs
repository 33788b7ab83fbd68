using Workbench;
using Workbench.Reports;
using Workbench.Studies;

namespace Tests.Workbench.Studies;

/// <summary>A method without epochs keeps no state between them, and is a row, or is searched, in a study as elsewhere.</summary>
public sealed class TrainingWithoutEpochsTests
{
    private const string Yaml =
        $$"""
        name: small
        task: next-item
        catalogue: all
        dataset: { synthetic: {{SmallRun.Data}} }
        {{SmallRun.Evaluation}}
        trainers:
          - matrix-factorization: { algorithm: libmf, dimension: 4, iterations: 2 }
          - matrix-factorization: { algorithm: libmf, dimension: 4, iterations: 2, regularization: { log: [0.001, 0.1] } }
        search: { trials: 2 }
        """;

    [Fact]
    public void It_is_the_same_with_a_study_and_without()
    {
        string folder = Directory.CreateTempSubdirectory("epochs").FullName;
        Leaderboard kept;
        using (Study study = Study.Open(folder, "small"))
            kept = Pipeline.Run(SmallRun.Read(Yaml), SmallRun.Context() with { Study = study }).Leaderboard;
        Directory.Delete(folder, recursive: true);
        Assert.Equal(["ok", "ok"], kept.Rows.Select(row => row.Status));
        Assert.All(Assert.Single(kept.Searches).Trials, trial => Assert.Equal(SearchedTrial.Ok, trial.Status));
        Assert.Equal(LeaderboardJson.WriteWithoutTimes(SmallRun.Of(Yaml).Leaderboard), LeaderboardJson.WriteWithoutTimes(kept));
    }
}
