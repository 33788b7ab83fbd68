using Evaluation;
using Evaluation.Significance;
using Workbench.Experiments;
using Workbench.Reports;

namespace Workbench.Stages;

/// <summary>
/// Puts paired tests beside rows: every row against the best baseline and against the best row of all, the best row against the runner-up,
/// and every reranked row against the language model's own list and against the controls, which show what its gain is made of.
/// </summary>
internal static class Comparisons
{
    private const int Flips = 10_000;

    private sealed record Pair(RowOutcome Row, RowOutcome Other, string Role);

    internal static IReadOnlyList<LeaderboardRow> Add(IReadOnlyList<RowOutcome> outcomes, Holdout holdout, Experiment experiment)
    {
        string protocol = ReportedMetrics.Protocols(experiment)[0], objective = experiment.Objective.ToString();
        IReadOnlyList<string> metrics = ReportedMetrics.Names(experiment);
        var seed = (ulong)experiment.Seeds[0];
        RowOutcome[] done = [.. outcomes.Where(outcome => outcome.Lists is not null)];
        var found = outcomes.ToDictionary(outcome => outcome.Plan.Label, _ => new List<RowComparison>());
        var made = new Dictionary<(RowOutcome, RowOutcome, string), (PairedTest, WilcoxonResult)>();
        foreach (IGrouping<string, Pair> role in Pairs(done, protocol, objective).GroupBy(pair => pair.Role))
        {
            foreach (string metric in role.Key is RowComparison.BestBaseline or RowComparison.BestRow or RowComparison.RunnerUp ? [objective] : Tested(metrics, objective))
                Test([.. role], holdout, protocol, metric, seed, found, made);
        }

        return [.. outcomes.Select(outcome => outcome.Row with { Comparisons = found[outcome.Plan.Label] })];
    }

    private static IEnumerable<Pair> Pairs(RowOutcome[] done, string protocol, string objective)
    {
        RowOutcome? best = done
            .Where(outcome => outcome.Plan.Kind == RowPlan.Baseline)
            .MaxBy(outcome => outcome.Row.Metrics[protocol][objective].Mean);
        RowOutcome[] order = [.. done.OrderByDescending(outcome => outcome.Row.Metrics[protocol][objective].Mean)];
        if (order.Length > 1)
            yield return new Pair(order[0], order[1], RowComparison.RunnerUp);
        foreach (RowOutcome row in done)
        {
            if (best is not null && row != best)
                yield return new Pair(row, best, RowComparison.BestBaseline);
            if (row != order[0])
                yield return new Pair(row, order[0], RowComparison.BestRow);
            if (row.Plan.Kind != RowPlan.Rerank || row.Plan.Control is not null)
                continue;
            foreach (RowOutcome other in done.Where(other => other.Plan.Model == row.Plan.Model && other != row))
            {
                if (other.Plan.Kind == RowPlan.Llm)
                    yield return new Pair(row, other, "llm list");
                else if (other.Plan.Control is { } control)
                    yield return new Pair(row, other, control);
            }
        }
    }

    /// <summary>Hits beyond the first place, and the objective: cosine max pooling never changes who is first.</summary>
    private static IEnumerable<string> Tested(IReadOnlyList<string> metrics, string objective) =>
        metrics.Where(metric => metric == objective || (metric.StartsWith("hit@", StringComparison.Ordinal) && metric != "hit@1"));

    /// <param name="made">tests by row, other row and metric: the best baseline is often the best row too</param>
    private static void Test(
        Pair[] pairs, Holdout holdout, string protocol, string metric, ulong seed, Dictionary<string, List<RowComparison>> found,
        Dictionary<(RowOutcome, RowOutcome, string), (PairedTest, WilcoxonResult)> made)
    {
        var tests = new PairedTest[pairs.Length];
        var ranks = new WilcoxonResult[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (!made.TryGetValue((pairs[i].Row, pairs[i].Other, metric), out (PairedTest Flipped, WilcoxonResult Ranked) test))
            {
                double[] mine = pairs[i].Row.Units[(protocol, metric)], theirs = pairs[i].Other.Units[(protocol, metric)];
                int[] clusters = holdout.Clusters is { } of ? [.. pairs[i].Row.UnitQueries[protocol].Select(query => of[query])] : [];
                test = made[(pairs[i].Row, pairs[i].Other, metric)] = (RandomisationTest.Run(mine, theirs, seed, Flips, clusters), WilcoxonTest.Run(mine, theirs, clusters));
            }

            (tests[i], ranks[i]) = test;
        }

        double[] adjusted = Holm.Adjust([.. tests.Select(test => test.PValue)]);
        double[] adjustedRanks = Holm.Adjust([.. ranks.Select(test => test.PValue)]);
        for (int i = 0; i < pairs.Length; i++)
        {
            double other = pairs[i].Other.Row.Metrics[protocol][metric].Mean;
            found[pairs[i].Row.Plan.Label].Add(new RowComparison(
                pairs[i].Other.Plan.Label, pairs[i].Role, protocol, metric,
                tests[i].Difference, other == 0 ? double.NaN : tests[i].Difference / other, tests[i].PValue, adjusted[i])
            {
                WilcoxonP = ranks[i].PValue,
                AdjustedWilcoxonP = adjustedRanks[i],
            });
        }
    }
}
