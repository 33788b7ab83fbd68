using System.Globalization;

namespace Workbench.Reranking.Fusion;

/// <summary>What a fusion learned, for people to read.</summary>
/// <param name="Weights">features with their linear weights, of deviation 1 within a turn, means over the folds; the greatest first</param>
/// <param name="Ridges">by fold, as chosen</param>
/// <param name="Trees">by fold, as chosen; zeros for a linear ranker</param>
public sealed record FusionLesson(IReadOnlyList<(string Feature, float Weight)> Weights, IReadOnlyList<double> Ridges, IReadOnlyList<int> Trees)
{
    internal static FusionLesson Of(IReadOnlyList<FusionModel> models) => new(
        [.. models[0].Linear.Names
            .Select((name, f) => (Feature: name, Weight: models.Average(model => model.Linear.Standardised[f])))
            .OrderByDescending(pair => MathF.Abs(pair.Weight)).ThenBy(pair => pair.Feature, StringComparer.Ordinal)],
        [.. models.Select(model => model.Linear.Ridge)],
        [.. models.Select(model => model.Trees.Length)]);

    /// <summary>One sentence: the ridge, the trees, and so many of the greatest weights.</summary>
    public string Sentence(int weights)
    {
        string trees = Trees.Any(count => count > 0) ? $", {string.Join("/", Trees)} trees" : "";
        string greatest = string.Join(", ", Weights.Take(weights).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Feature} {pair.Weight:+0.00;-0.00}")));
        return string.Create(CultureInfo.InvariantCulture, $"chosen ridge {string.Join("/", Ridges)}{trees}; greatest weights per deviation: {greatest}");
    }
}
