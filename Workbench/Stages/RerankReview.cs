using Evaluation;
using Trainers.Sampling;
using Workbench.Experiments;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>Looks at what reranking did, list by list. Reads rows and lists, changes none.</summary>
/// <remarks>Legend: Q queries, K the objective's cut-off.</remarks>
internal sealed class RerankReview(Experiment experiment, LoadedDataset loaded, TaskData task, IReadOnlyDictionary<string, LlmLists> lists, IReadOnlyList<RowOutcome> outcomes)
{
    private const int MostItems = 3;

    private readonly int _k = experiment.Objective.Cutoff;

    /// <param name="rows">with their comparisons</param>
    /// <returns>null if no row reranks a language model's list</returns>
    internal RerankReport? Write(IReadOnlyList<LeaderboardRow> rows)
    {
        var before = outcomes.Where(outcome => outcome.Plan.Kind == RowPlan.Llm && outcome.Lists is not null).ToDictionary(outcome => outcome.Plan.Model!, outcome => outcome.Lists!);
        (RowOutcome Outcome, LeaderboardRow Row)[] reranked =
        [
            .. outcomes.Zip(rows).Where(pair => pair.First.Plan.Kind == RowPlan.Rerank && pair.First.Lists is not null && before.ContainsKey(pair.First.Plan.Model!)),
        ];
        if (reranked.Length == 0)
            return null;
        double persistence = experiment.Reports.RboP;
        return new RerankReport(
            experiment.Name, loaded.Dataset.Provenance.Synthetic, _k, persistence,
            [.. before.Select(model => new TargetFunnels(loaded.Dataset, task, _k).Of(model.Key, lists[model.Key], model.Value))],
            [.. reranked.Select(pair => Review(pair.Outcome, pair.Row, before[pair.Outcome.Plan.Model!], persistence))],
            [.. reranked.Length == 0 ? [] : Examples(reranked, before)]);
    }

    private RerankedRow Review(RowOutcome outcome, LeaderboardRow row, Rankings before, double persistence)
    {
        Rankings after = outcome.Lists!;
        var gains = new int[task.Items.Count];
        (double overlap, int withList, int fresh, int filled) = (0, 0, 0, 0);
        (int kept, int lifted, int found, int lost) = (0, 0, 0, 0);
        for (int q = 0; q < after.QueryCount; q++)
        {
            int[] old = Listed(before, q), now = Listed(after, q);
            int[] oldTop = [.. old.Take(_k)], nowTop = [.. now.Take(_k)];
            if (old.Length > 0)
                (overlap, withList) = (overlap + RankBiasedOverlap.Extrapolated(old, now, persistence), withList + 1);
            fresh += nowTop.Except(oldTop).Count();
            filled += nowTop.Length > 0 ? 1 : 0;
            foreach (int item in nowTop)
                gains[item]++;
            foreach (int item in oldTop)
                gains[item]--;
            foreach (int target in task.Holdout.Targets[q])
            {
                if (nowTop.Contains(target))
                    _ = oldTop.Contains(target) ? kept++ : old.Contains(target) ? lifted++ : found++;
                else
                    lost += oldTop.Contains(target) ? 1 : 0;
            }
        }

        return new RerankedRow(
            row.Row, outcome.Plan.Model!, [.. row.Comparisons.Where(comparison => comparison.Role == "llm list")],
            withList == 0 ? double.NaN : overlap / withList, filled == 0 ? 0 : fresh / (double)filled,
            kept + lifted + found, kept, lifted, found, lost, Extremes(gains, 1), Extremes(gains, -1), Popularity(row, after));
    }

    private (string Title, int Times)[] Extremes(int[] gains, int sign) =>
    [
        .. Enumerable.Range(0, gains.Length).Where(item => sign * gains[item] > 0)
            .OrderByDescending(item => sign * gains[item]).ThenBy(item => item).Take(MostItems).Select(item => (task.Items[item].TitleWithYear, gains[item])),
    ];

    private RecommendedPopularity? Popularity(LeaderboardRow row, Rankings lists)
    {
        if (row.Lists.FirstOrDefault(measures => measures.K == _k) is not { } measures)
            return null;
        int[] items = [.. Enumerable.Range(0, lists.QueryCount).SelectMany(q => Listed(lists, q).Take(_k))];
        return new RecommendedPopularity(measures.AveragePopularity, measures.Gini, measures.Coverage,
        [
            .. PopularityBand.Defaults.Select(band => (band.Name, items.Length == 0 ? double.NaN : items.Count(item => band.Contains(task.Popularity[item])) / (double)items.Length)),
        ]);
    }

    /// <summary>Turns drawn by the first seed, of the row that is best by the objective; turns with a target and a list only.</summary>
    private IEnumerable<RerankExample> Examples((RowOutcome Outcome, LeaderboardRow Row)[] reranked, Dictionary<string, Rankings> before)
    {
        string protocol = ReportedMetrics.Protocols(experiment)[0], objective = experiment.Objective.ToString();
        if (experiment.Reports.Examples == 0 || task.Queries.Turns is not { } turns)
            return [];
        RowOutcome best = reranked.Where(pair => pair.Outcome.Plan.Control is null).DefaultIfEmpty(reranked[0]).MaxBy(pair => pair.Row.Metrics[protocol][objective].Mean).Outcome;
        Rankings old = before[best.Plan.Model!];
        var random = new SplitMix64((ulong)experiment.Seeds[0]);
        ulong[] draws = [.. Enumerable.Range(0, turns.Count).Select(_ => random.NextUInt64())];
        return
        [
            .. Enumerable.Range(0, turns.Count).Where(q => task.Holdout.Targets[q].Length > 0 && Listed(old, q).Length > 0)
                .OrderBy(q => draws[q]).Take(experiment.Reports.Examples).Order()
                .Select(q => new RerankExample(
                    best.Plan.Label, turns[q].Id, [.. turns[q].Context.Select(said => $"{said.Role}: {said.Text}")],
                    Titles(task.Holdout.Targets[q]), Titles(Listed(old, q).Take(_k)), Titles(Listed(best.Lists!, q).Take(_k)))),
        ];
    }

    private string[] Titles(IEnumerable<int> items) => [.. items.Select(item => task.Items[item].TitleWithYear)];

    /// <summary>The items of a list, each once.</summary>
    internal static int[] Listed(Rankings rankings, int query) => [.. rankings.ItemsOf(query).ToArray().Where(item => item >= 0).Distinct()];
}
