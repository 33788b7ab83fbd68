using Evaluation.Significance;
using Workbench;
using Workbench.Reports;
using Workbench.Stages;

namespace Tests.Workbench;

/// <summary>The whole program on small synthetic data.</summary>
public sealed class PipelineTests
{
    private static readonly Lazy<RunProduct> Conversation = new(() => SmallRun.Of(SmallRun.Conversation));

    private static readonly Lazy<RunProduct> NextItem = new(() => SmallRun.Of(SmallRun.NextItem));

    [Fact]
    public void Every_configuration_is_a_row_in_the_order_of_the_file()
    {
        Leaderboard leaderboard = Conversation.Value.Leaderboard;
        string[] expected =
        [
            "baseline random", "baseline most-popular", "baseline conversational-popularity", "baseline item-knn", "baseline pure-svd (dimension=8)", "baseline ease",
            "trainer matrix-factorization (dimension=8, iterations=3)", "llm simulated-llm",
            "rerank simulated-llm + fill-popular", "rerank simulated-llm + fill-random", "rerank simulated-llm + matrix-factorization (dimension=8, iterations=3), max-pool",
        ];
        Assert.Equal(expected, leaderboard.Rows.Select(row => $"{row.Kind} {row.Row}"));
        Assert.All(leaderboard.Rows, row => Assert.Equal((LeaderboardRow.Ok, null), (row.Status, row.Error)));
        Assert.Equal(["per-item", "per-turn"], leaderboard.Protocols);
        Assert.Equal("ndcg@10", leaderboard.Objective);
        Assert.True(leaderboard.Dataset.Synthetic);
        Assert.Matches("^[0-9a-f]{64}$", leaderboard.Dataset.Fingerprint);
    }

    [Fact]
    public void Every_figure_is_a_share_with_its_error_and_interval()
    {
        foreach (RunProduct product in (RunProduct[])[Conversation.Value, NextItem.Value])
        {
            Leaderboard leaderboard = product.Leaderboard;
            Assert.Equal(18, leaderboard.Metrics.Count);
            foreach (LeaderboardRow row in leaderboard.Rows)
            {
                foreach (string protocol in leaderboard.Protocols)
                {
                    foreach (string name in leaderboard.Metrics)
                    {
                        RowMetric metric = row.Metrics[protocol][name];
                        Assert.InRange(metric.Mean, 0, 1);
                        Assert.InRange(metric.Se, 0, 1);
                        Assert.InRange(metric.Pessimistic, 0, metric.Mean);
                        Assert.True(metric.Low <= metric.Mean && metric.Mean <= metric.High, $"{row.Row} {name}: {metric}");
                        Assert.True(metric.N > 20);
                        Assert.Null(metric.SeedDeviation);
                    }

                    Assert.True(row.Metrics[protocol]["hit@1"].Mean <= row.Metrics[protocol]["hit@5"].Mean);
                    Assert.True(row.Metrics[protocol]["hit@5"].Mean <= row.Metrics[protocol]["hit@10"].Mean);
                }
            }
        }
    }

    [Fact]
    public void Rows_learn_what_was_planted()
    {
        double Of(RunProduct product, string row) => product.Leaderboard.Rows.First(other => other.Row.StartsWith(row, StringComparison.Ordinal)).Metrics.First().Value["ndcg@10"].Mean;
        Assert.True(Of(NextItem.Value, "ease") > 1.2 * Of(NextItem.Value, "random"));
        Assert.True(Of(NextItem.Value, "matrix-factorization") > 1.2 * Of(NextItem.Value, "random"));
        Assert.True(Of(Conversation.Value, "simulated-llm") > 1.2 * Of(Conversation.Value, "random"));
    }

    [Fact]
    public void Rows_are_compared_with_the_best_baseline_the_list_and_the_controls()
    {
        IReadOnlyList<LeaderboardRow> rows = Conversation.Value.Leaderboard.Rows;
        LeaderboardRow reranked = rows[^1];
        Assert.Equal(["best baseline", "best row", "fill-popular", "fill-random", "llm list"], reranked.Comparisons.Select(c => c.Role).Distinct().Order(StringComparer.Ordinal));
        LeaderboardRow best = rows.Where(row => row.Kind == "baseline").MaxBy(row => row.Metrics["per-item"]["ndcg@10"].Mean)!;
        Assert.DoesNotContain(best.Comparisons, c => c.Role == RowComparison.BestBaseline);
        foreach (LeaderboardRow row in rows.Where(row => row != best))
        {
            RowComparison comparison = Assert.Single(row.Comparisons, c => c.Role == "best baseline");
            Assert.Equal(best.Row, comparison.Against);
            Assert.Equal(row.Metrics["per-item"]["ndcg@10"].Mean - best.Metrics["per-item"]["ndcg@10"].Mean, comparison.Difference, 1e-12);
            Assert.InRange(comparison.P, 0, comparison.AdjustedP);
            Assert.InRange(comparison.AdjustedP, 0, 1);
        }
    }

    [Fact]
    public void Rows_are_compared_with_the_best_row_by_both_tests_and_the_best_with_the_runner_up()
    {
        RunProduct product = Conversation.Value;
        Leaderboard leaderboard = product.Leaderboard;
        IReadOnlyList<LeaderboardRow> ranked = leaderboard.Ranked();
        Assert.Equal(ranked[1].Row, Assert.Single(ranked[0].Comparisons, c => c.Role == RowComparison.RunnerUp).Against);
        Assert.DoesNotContain(ranked[0].Comparisons, c => c.Role == RowComparison.BestRow);
        Assert.False(ranked[0].IsLikeTheBest);
        RowComparison[] behind = [.. ranked.Skip(1).Select(row => Assert.Single(row.Comparisons, c => c.Role == RowComparison.BestRow))];
        Assert.All(behind, c => Assert.Equal((ranked[0].Row, "per-item", "ndcg@10"), (c.Against, c.Protocol, c.Metric)));

        // The tests as they are, over the conversations of the units, and Holm over all rows.
        RowOutcome OutcomeOf(LeaderboardRow row) => product.Outcomes.Single(outcome => outcome.Row.Row == row.Row);
        double[] best = OutcomeOf(ranked[0]).Units[("per-item", "ndcg@10")];
        int[] conversations = [.. OutcomeOf(ranked[0]).UnitQueries["per-item"].Select(query => product.Holdout.Clusters![query])];
        Assert.True(conversations.Distinct().Count() < conversations.Length);
        double[] wilcoxon = [.. ranked.Skip(1).Select(row => WilcoxonTest.Run(OutcomeOf(row).Units[("per-item", "ndcg@10")], best, conversations).PValue)];
        Assert.Equal(wilcoxon, behind.Select(c => c.WilcoxonP));
        Assert.Equal(Holm.Adjust(wilcoxon), behind.Select(c => c.AdjustedWilcoxonP));
        Assert.Equal(Holm.Adjust([.. behind.Select(c => c.P)]), behind.Select(c => c.AdjustedP));
        Assert.Equal(behind.Select(c => c.AdjustedP >= 0.05), ranked.Skip(1).Select(row => row.IsLikeTheBest));
        Assert.Contains(ranked, row => row.Row == "random" && !row.IsLikeTheBest);
    }

    [Fact]
    public void Rows_that_train_in_epochs_keep_their_learning_curve()
    {
        LeaderboardRow trained = Conversation.Value.Leaderboard.Rows.Single(row => row.Kind == "trainer");
        Assert.Equal([1, 2, 3], trained.Learning.Select(point => point.Epoch));
        Assert.All(trained.Learning, point => Assert.True(point.Loss > 0));
        Assert.All(Conversation.Value.Leaderboard.Rows.Where(row => row.Kind != "trainer"), row => Assert.Empty(row.Learning));
    }

    [Fact]
    public void The_report_says_what_a_row_learned_from()
    {
        foreach (LeaderboardRow row in Conversation.Value.Leaderboard.Rows)
        {
            if (row.Row is "random" or "simulated-llm" or "simulated-llm + fill-random")
                Assert.Null(row.LearnedFrom);
            else
                Assert.StartsWith(row.Row == "conversational-popularity" ? "targets of the train conversations: " : "ratings: ", row.LearnedFrom, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_file_and_seed_give_one_leaderboard_whatever_threads_and_jobs(bool conversation)
    {
        string expected = LeaderboardJson.WriteWithoutTimes((conversation ? Conversation : NextItem).Value.Leaderboard);
        string yaml = conversation ? SmallRun.Conversation : SmallRun.NextItem;
        foreach ((int threads, int jobs) in ((int, int)[])[(1, 1), (3, 1), (2, 2)])
            Assert.Equal(expected, LeaderboardJson.WriteWithoutTimes(SmallRun.Of(SmallRun.Read(yaml, $"jobs={jobs}"), threads).Leaderboard));
        Assert.NotEqual(expected, LeaderboardJson.WriteWithoutTimes(SmallRun.Of(yaml, "seeds=[2]").Leaderboard));
    }

    [Fact]
    public void A_row_that_fails_is_a_row_with_its_error_and_stops_no_other()
    {
        Leaderboard leaderboard = SmallRun.Of(SmallRun.NextItem, "memory=60kB", "jobs=2", "trainers=[]", "baselines=[random, ease, most-popular]").Leaderboard;
        LeaderboardRow failed = leaderboard.Rows[1];
        Assert.Equal(["random", "ease", "most-popular"], leaderboard.Rows.Select(row => row.Row));
        Assert.Equal(["ok", "failed", "ok"], leaderboard.Rows.Select(row => row.Status));
        Assert.Contains("memory", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Error!);
        Assert.Empty(failed.Metrics);
        Assert.Empty(failed.Comparisons);
        Assert.Equal([RowComparison.BestBaseline, RowComparison.BestRow], leaderboard.Rows[0].Comparisons.Select(comparison => comparison.Role));
    }

    [Fact]
    public void Several_seeds_give_one_row_with_the_deviation_over_them()
    {
        string[] rows = ["trainers=[]", "baselines=[random, most-popular]"];
        LeaderboardRow[] single = [.. ((int[])[1, 2]).Select(seed => SmallRun.Of(SmallRun.NextItem, [.. rows, $"seeds=[{seed}]"]).Leaderboard.Rows[0])];
        IReadOnlyList<LeaderboardRow> both = SmallRun.Of(SmallRun.NextItem, [.. rows, "seeds=[1, 2]"]).Leaderboard.Rows;
        (double one, double two) = (single[0].Metrics["next-item"]["hit@10"].Mean, single[1].Metrics["next-item"]["hit@10"].Mean);
        RowMetric random = both[0].Metrics["next-item"]["hit@10"];
        Assert.NotEqual(one, two);
        Assert.Equal((one + two) / 2, random.Mean, 1e-12);
        Assert.Equal(Math.Abs(one - two) / Math.Sqrt(2), random.SeedDeviation!.Value, 1e-12);
        Assert.Equal(0, both[1].Metrics["next-item"]["hit@10"].SeedDeviation);
    }

    [Fact]
    public void Rows_can_be_judged_on_validation()
    {
        foreach (string yaml in (string[])[SmallRun.Conversation, SmallRun.NextItem])
        {
            Leaderboard leaderboard = SmallRun.Of(yaml, "evaluation.split=validation", "trainers=[]", "rerankers=[]").Leaderboard;
            Assert.All(leaderboard.Rows, row => Assert.Equal(LeaderboardRow.Ok, row.Status));
            Assert.Equal("validation", leaderboard.Provenance.Settings["evaluated on"]);
            Assert.NotEqual((yaml == SmallRun.Conversation ? Conversation : NextItem).Value.Leaderboard.Rows[1].Metrics.First().Value["ndcg@10"].Mean, leaderboard.Rows[1].Metrics.First().Value["ndcg@10"].Mean);
        }
    }

    [Fact]
    public void A_declared_fallback_ranks_what_gives_a_row_nothing_to_work_with()
    {
        string[] rows = ["baselines=[item-knn]", "trainers=[]", "llms=[]", "controls=[]", "rerankers=[]"];
        RowOutcome usual = SmallRun.Of(SmallRun.Conversation, rows).Outcomes[0];
        RunProduct product = SmallRun.Of(SmallRun.Conversation, [.. rows, "fallback=conversational-popularity"]);
        RowOutcome popular = SmallRun.Of(SmallRun.Conversation, ["baselines=[conversational-popularity]", .. rows[1..]]).Outcomes[0];
        RowOutcome declared = product.Outcomes[0];
        Assert.InRange(declared.Row.Fallbacks, 1, declared.Lists!.QueryCount - 1);
        Assert.Equal(usual.Row.Fallbacks, declared.Row.Fallbacks);
        int[] differing = [.. Enumerable.Range(0, declared.Lists.QueryCount).Where(query => !declared.Lists.ItemsOf(query).SequenceEqual(usual.Lists!.ItemsOf(query)))];
        Assert.NotEmpty(differing);
        Assert.True(differing.Length <= declared.Row.Fallbacks);
        Assert.All(differing, query => Assert.Equal(popular.Lists!.ItemsOf(query).ToArray(), declared.Lists.ItemsOf(query).ToArray()));
        Assert.Equal("conversational-popularity", product.Leaderboard.Provenance.Settings["fallback"]);
    }
}
