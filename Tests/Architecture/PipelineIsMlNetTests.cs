using System.Text.RegularExpressions;

namespace Tests.Architecture;

/// <summary>The program trains and ranks through its estimators and transformers only.</summary>
public sealed partial class PipelineIsMlNetTests
{
    // A trainer's Train, a history scorer's Score, a query scorer's TryScore, and a baseline's Fit, which takes data and a run where an estimator's takes views.
    [GeneratedRegex(@"\.(Train|TryScore|Score)\(|\.Fit\((?:[^(),]|\([^()]*\))*,(?! \w+\.Validation\))")]
    private static partial Regex Bypass();

    private static IEnumerable<SourceFile> Program() => SourceFile.All(".cs").Where(file => file.Path.StartsWith("Workbench/", StringComparison.Ordinal));

    [Fact]
    public void Only_estimators_train_and_only_transformers_score()
    {
        // Trainers over texts, and the scorers that they make, are what the estimators call.
        string[] found = [.. Program()
            .Where(file => !file.Path.StartsWith("Workbench/MlNet/", StringComparison.Ordinal) && !file.Path.StartsWith("Workbench/Reranking/", StringComparison.Ordinal)
                && !file.Path.StartsWith("Workbench/Llm/Embeddings/", StringComparison.Ordinal))
            .SelectMany(file => file.Lines.Select((line, i) => (Place: $"{file.Path}:{i + 1}: {line.Trim()}", line)))
            .Where(numbered => Bypass().IsMatch(numbered.line))
            .Select(numbered => numbered.Place)];
        Assert.Empty(found);
    }

    /// <summary>The pipeline, after the choice; the search, with the validation split; `fit_on`, of another dataset.</summary>
    [Fact]
    public void Queries_and_targets_are_prepared_in_three_places() => Assert.Equal(
        ["Workbench/Pipeline.cs", "Workbench/Search/Running/SearchStage.cs", "Workbench/Stages/FusionGround.cs"],
        Program().Where(file => file.Text.Contains("TaskPreparation.Prepare(", StringComparison.Ordinal)).Select(file => file.Path).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("trainer.Train(interactions, run)", true)]
    [InlineData("BaselineCatalog.All[name].Create(options).Fit(interactions, run).Score([], 0, scores);", true)]
    [InlineData("scorer.TryScore(query, scores)", true)]
    [InlineData("baseline.Fit(data, run)", true)]
    [InlineData("estimator.Fit(data.View)", false)]
    [InlineData("baseline.Fit(data, run.Validation, run)", true)]
    [InlineData("estimator.Fit(Views(one, two))", false)]
    [InlineData("estimator.Fit(data.View, data.Validation)", false)]
    [InlineData("new ItemEmbeddingEstimator(trainer, run).Fit(sources.For(trainer.Options).View)", false)]
    [InlineData("new RerankEstimator(scorer, Ranking(data)).Fit(queries)", false)]
    public void The_fence_knows_a_bypass(string line, bool bypass) => Assert.Equal(bypass, Bypass().IsMatch(line));

    [Fact]
    public void Estimators_and_transformers_are_what_the_stages_use()
    {
        string stages = string.Concat(Program().Where(file => file.Path.StartsWith("Workbench/Stages/", StringComparison.Ordinal)).Select(file => file.Text));
        foreach (string name in (string[])["new ItemEmbeddingEstimator(", "new BaselineEstimator(", "new RerankEstimator(", "new ListTransformer(", "RankingCollector.Collect("])
            Assert.Contains(name, stages, StringComparison.Ordinal);
        Assert.Single(Program(), file => file.Text.Contains("new ItemEmbeddingEstimator(", StringComparison.Ordinal) && file.Path.StartsWith("Workbench/Stages/", StringComparison.Ordinal));
    }
}
