using System.Diagnostics;
using System.Globalization;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Reports;
using Workbench.Search.Running;

namespace Workbench.Stages;

/// <summary>Puts rows, data, protocol and circumstances together.</summary>
internal static class LeaderboardAssembly
{
    internal static Leaderboard Of(
        Experiment experiment, LoadedDataset loaded, TaskData task, IReadOnlyDictionary<string, LlmLists> lists,
        IReadOnlyList<LeaderboardRow> rows, SearchedExperiment searched, TimeSpan elapsed)
    {
        var dataset = new LeaderboardDataset(
            loaded.Dataset.Name, loaded.Dataset.Provenance.Fingerprint, loaded.Dataset.Provenance.Synthetic, loaded.Dataset.Provenance.Sources,
            loaded.Dataset.Provenance.Licences, loaded.Dataset.Provenance.Linking, task.Counts, loaded.Dataset.Ratings.Density);
        using var process = Process.GetCurrentProcess();
        var provenance = new LeaderboardProvenance(
            Settings(experiment), Circumstances.Versions(), Circumstances.Machine(), elapsed.TotalSeconds, process.PeakWorkingSet64);
        return new Leaderboard(
            experiment.Name, OptionName.OfMember(experiment.Task), experiment.Objective.ToString(), [.. ReportedMetrics.Protocols(experiment), .. task.Repeated is null ? (string[])[] : [ReportedMetrics.Repeated]],
            ReportedMetrics.Names(experiment), dataset, provenance, rows,
            [.. loaded.Notes, .. task.Notes, .. lists.Values.SelectMany(list => list.Notes), .. searched.Notes])
        {
            Searches = searched.Histories,
        };
    }

    /// <summary>What all rows share. Threads and jobs are no part of it: they change no figure.</summary>
    private static Dictionary<string, string> Settings(Experiment experiment)
    {
        EvaluationOptions evaluation = experiment.Evaluation;
        FilterOptions filter = experiment.Filter;
        var settings = new Dictionary<string, string>
        {
            ["task"] = OptionName.OfMember(experiment.Task),
            ["objective"] = experiment.Objective.ToString(),
            ["ranking"] = "full: every candidate is ranked, no sampled negatives; score descending, then the language model's rank, then the item's row",
            ["catalogue"] = OptionName.OfMember(experiment.Catalogue),
            ["train_items"] = OptionName.OfMember(experiment.TrainItems),
            ["evaluated on"] = OptionName.OfMember(evaluation.Split),
            ["seen items"] = evaluation.ExcludeSeen ? "left out" : "ranked",
            ["depth of lists"] = evaluation.Depth.ToString(CultureInfo.InvariantCulture),
            ["bootstrap"] = evaluation.Bootstrap.ToString(CultureInfo.InvariantCulture),
            ["seeds"] = string.Join(", ", experiment.Seeds),
            ["fallback"] = experiment.Fallback?.Label ?? "popularity of the row's own training data",
        };
        if (filter != new FilterOptions())
        {
            settings["filter"] = string.Create(CultureInfo.InvariantCulture,
                $"min_rating {filter.MinRating}, min_item_ratings {filter.MinItemRatings}, min_user_ratings {filter.MinUserRatings}, {(filter.Iterate ? "iterated" : "one pass")}");
        }

        settings["split"] = experiment.Split.By == SplitBy.Dialogue
            ? string.Create(CultureInfo.InvariantCulture, $"by dialogue, seed {experiment.Seeds[0]}: validation {experiment.Split.ValidationShare}, test {experiment.Split.TestShare}")
            : OptionName.OfMember(experiment.Split.By!.Value);
        if (experiment.Task == TaskKind.NextItem)
        {
            settings["train_through"] = OptionName.OfMember(experiment.TrainThrough);
        }

        return settings;
    }
}
