using System.Globalization;
using Trainers.Options;
using Workbench.Search;

namespace Workbench.Experiments;

/// <summary>An explanation as lines for a terminal.</summary>
public static class ExplanationText
{
    public static IEnumerable<string> Of(Experiment experiment, Explanation explanation)
    {
        EvaluationOptions evaluation = experiment.Evaluation;
        yield return $"experiment: {experiment.Name}, task {OptionName.OfMember(experiment.Task)}";
        yield return $"dataset: {Dataset(experiment.Dataset)}";
        yield return $"protocol: {Names(evaluation.Protocols.Select(OptionName.OfMember))} on {OptionName.OfMember(evaluation.Split)}; {Names(evaluation.Metrics)} at {Names(evaluation.Cutoffs.Select(cutoff => Count(cutoff)))}; objective {experiment.Objective}";
        yield return $"seeds: {Names(experiment.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))}; jobs: {Count(experiment.Jobs)}; threads of a job: {(experiment.Threads is { } threads ? Count(threads) : "all")}; memory: {experiment.Memory?.ToString() ?? "three quarters of the machine's"}";
        yield return $"rows: {Count(explanation.Rows)}";
        foreach ((string kind, IEnumerable<string> labels) in Kinds(experiment))
        {
            if (labels.Any())
                yield return $"  {kind}: {Names(labels)}";
        }

        foreach (SearchedEntry search in explanation.Searches)
        {
            yield return $"searched: {search.Describe(experiment)}";
            foreach (SearchParameter parameter in search.Entry.Space!.Parameters)
                yield return $"  {parameter}";
        }

        yield return explanation.Searches.Count == 0
            ? $"trainings: {Count(explanation.Trainings)}"
            : $"trainings: up to {Count(explanation.Trainings)}; trials: up to {Count(explanation.Trials)}{Limits(experiment)}";
        if (Budget(experiment.Budget) is { Length: > 0 } budget)
            yield return $"budget: {budget}";
        yield return $"time: {Time(explanation, experiment.Jobs)}";
    }

    private static IEnumerable<(string Kind, IEnumerable<string> Labels)> Kinds(Experiment experiment) =>
    [
        ("baselines", experiment.Baselines.Select(Label)),
        ("trainers", experiment.Trainers.Select(Label)),
        ("language models", experiment.Llms.Select(one => one.Label)),
        ("controls", experiment.Controls.Select(one => $"{one.Label} ({Rows(experiment.Llms.Count)})")),
        ("rerankers", experiment.Rerankers.Select(one =>
            $"{Label(one)} ({Rows(experiment.Combinations.Count(row => ReferenceEquals(row.Reranker, one)))})")),
    ];

    private static string Label(Configuration one) => one.Space is null ? one.Label : Configuration.SearchedLabel(one.Label);

    private static string Dataset(DatasetOptions dataset) =>
        dataset.Synthetic is { } synthetic ? string.Create(CultureInfo.InvariantCulture, $"synthetic, {synthetic.Users:N0} users, {synthetic.Items:N0} items, {synthetic.Ratings:N0} ratings, {synthetic.Conversations:N0} conversations")
        : dataset.Path is { } path ? $"linked folder {path}"
        : $"linked on the fly: {Names([.. dataset.Ratings, .. dataset.Conversations is { } conversations ? [conversations] : Array.Empty<string>()])}";

    private static string Limits(Experiment experiment) => experiment.Search.Patience is { } patience ? $", fewer if {Count(patience)} bring no gain" : "";

    private static string Budget(BudgetOptions budget) => string.Join("; ", ((string?[])
    [
        budget.Time is { } time ? $"no trial begins after {time}" : null,
        budget.Trials is { } trials ? $"{Count(trials)} trials" : null,
        budget.Cost is { } cost ? $"{OptionText.Of(cost)} for language models" : null,
    ]).OfType<string>());

    private static string Time(Explanation explanation, int jobs)
    {
        if (explanation.Seconds is not { } seconds)
            return "unknown: nothing of this has been run before";
        string estimate = $"about {Duration(seconds / jobs)}";
        return explanation.Unknown.Count == 0 ? estimate : $"{estimate}, and what is not known of {Names(explanation.Unknown)}";
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    private static string Rows(int count) => count == 1 ? "1 row" : $"{Count(count)} rows";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
