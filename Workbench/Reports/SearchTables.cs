using System.Globalization;
using System.Text;
using Trainers.Options;
using Workbench.Reports.Importance;

namespace Workbench.Reports;

/// <summary>What was searched for each row, what was chosen, and what mattered.</summary>
internal static class SearchTables
{
    private const int MostReasons = 5;

    internal static void Write(StringBuilder text, Leaderboard leaderboard, bool withTimes)
    {
        if (leaderboard.Searches.Count == 0)
            return;
        text.Append("## Searches\n\nOptions were chosen by these values, which are of the validation split or of the other folds: they are not those of the leaderboard. ");
        text.Append("Halved: stopped before the last epoch, as others were better.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| row | sampler | trials | to the end | halved | failed | value of the chosen | chosen options |{(withTimes ? " s |" : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|---|---:|---:|---:|---:|---:|---|{(withTimes ? "---:|" : "")}\n");
        foreach (SearchHistory search in leaderboard.Searches)
            Line(text, search, withTimes);
        text.Append('\n');
        Importance(text, leaderboard.Searches);
        Failures(text, leaderboard.Searches);
    }

    private static void Line(StringBuilder text, SearchHistory search, bool withTimes)
    {
        int Count(string status) => search.Trials.Count(trial => trial.Status == status);
        SearchedTrial? chosen = search.Trials.FirstOrDefault(trial => trial.Number == search.Chosen);
        text.Append(CultureInfo.InvariantCulture, $"| {Cell.Escape(search.Row)} | {search.Sampler} | {search.Trials.Count} | {Count(SearchedTrial.Ok)} | {Count(SearchedTrial.Stopped)} | {Count(SearchedTrial.Failed)} ");
        text.Append(CultureInfo.InvariantCulture, $"| {(chosen?.Value is { } value ? $"{search.Objective} {Cell.Number(value)}" : "-")} | {Cell.Escape(chosen is null ? "none" : Options(search, chosen))} |");
        text.Append(withTimes ? $" {Cell.Seconds(search.Trials.Sum(trial => trial.Seconds))} |\n" : "\n");
    }

    private static string Options(SearchHistory search, SearchedTrial trial) =>
        string.Join(", ", search.Parameters.Where(trial.Options.ContainsKey).Select(name => $"{name}={OptionText.Of(trial.Options[name])}"));

    private static void Importance(StringBuilder text, IReadOnlyList<SearchHistory> searches)
    {
        text.Append("### What mattered\n\nShare of the variance over the searched space that an option explains by itself (functional ANOVA over a random forest, Hutter et al. 2014), ± standard deviation over trees.\n\n");
        foreach (SearchHistory search in searches)
        {
            SearchImportance importance = FunctionalAnova.Of(search);
            string said = importance.Remark ?? string.Join(", ", importance.Options.Where(option => option.Trials == importance.Trials).Select(option => Of(option, importance.Trials))
                .Append($"options together {Cell.Number(importance.Together, "0 %")}")
                .Concat(importance.Options.Where(option => option.Trials < importance.Trials).Select(option => Of(option, importance.Trials))));
            text.Append(CultureInfo.InvariantCulture, $"- {Cell.Escape(search.Row)}: {Cell.Escape(said)}\n");
        }

        text.Append('\n');
    }


    private static string Of(OptionImportance option, int trials) =>
        (double.IsNaN(option.Share) ? $"{option.Option} unknown" : $"{option.Option} {Cell.Number(option.Share, "0 %")} ± {Cell.Number(option.Deviation, "0 %")}")
        + (option.Trials == trials ? "" : string.Create(CultureInfo.InvariantCulture, $" among the {option.Trials} trials that have it"));

    /// <summary>Reasons with how many trials each took, the most frequent first.</summary>
    private static void Failures(StringBuilder text, IReadOnlyList<SearchHistory> searches)
    {
        if (searches.All(search => search.Trials.All(trial => trial.Status != SearchedTrial.Failed)))
            return;
        text.Append("### Trials that failed\n\n");
        foreach (SearchHistory search in searches)
        {
            (string Reason, int Count)[] reasons =
            [
                .. search.Trials.Where(trial => trial.Status == SearchedTrial.Failed).GroupBy(trial => trial.Reason ?? "no reason is known")
                    .Select(group => (group.Key, group.Count())).OrderByDescending(reason => reason.Item2),
            ];
            foreach ((string reason, int count) in reasons.Take(MostReasons))
                text.Append(CultureInfo.InvariantCulture, $"- {Cell.Escape(search.Row)}, {count} of {search.Trials.Count}: {Cell.Escape(reason)}\n");
            if (reasons.Length > MostReasons)
                text.Append(CultureInfo.InvariantCulture, $"- {Cell.Escape(search.Row)}: {reasons.Length - MostReasons} further reasons, see leaderboard.json\n");
        }

        text.Append('\n');
    }
}
