using Data;
using Data.Storage;
using Data.Synthetic;
using Tests.Data;
using Workbench;
using Workbench.Reranking.Fusion;
using Workbench.Stages;

namespace Tests.Workbench.Reranking.Fusion;

/// <summary>A dialogue is ranked by what other dialogues taught.</summary>
public sealed class FusionLeakageTests
{
    private static readonly LinkedDataset Whole = SyntheticDataset.Generate(new SyntheticOptions { Users = 150, Items = 100, Ratings = 2500, Conversations = 120 });

    private static string Yaml(string options) =>
        $"name: small\ntask: conversation\ndataset: {{ path: . }}\n{SmallRun.Evaluation}\ntrainers: [{{ matrix-factorization: {{ dimension: 8, iterations: 2 }} }}]\nllms: [simulated-llm]\nrerankers: [{{ fusion: {{ {options} }} }}]\n";

    [Theory]
    [InlineData("tier: all")]
    [InlineData("tier: all, ranker: boosted")]
    [InlineData("tier: validation")]
    [InlineData("tier: no-dialogues")]
    [InlineData("tier: llm-cf")]
    public void The_answers_of_a_fold_do_not_change_its_own_rankings(string options)
    {
        Turn[] asked = [.. Whole.Turns.Where(turn => turn.Split == Split.Test)];
        var folds = new DialogueFolds(asked.Select(turn => turn.Conversation), 5, 1);
        int next = 0;
        LinkedDataset other = Whole with
        {
            Turns = [.. Whole.Turns.Select(turn => turn.Split != Split.Test || folds.Of(turn.Conversation) != 2 ? turn
                : turn with { Targets = [.. asked[++next % asked.Length].Targets.Except(turn.Mentioned)], Repeated = [] })],
        };
        (RowOutcome before, RowOutcome after) = (Fused(Whole, options), Fused(other, options));
        (int same, int different) = (0, 0);
        for (int query = 0; query < asked.Length; query++)
        {
            bool equal = before.Lists!.ItemsOf(query).SequenceEqual(after.Lists!.ItemsOf(query)) && before.Lists.ScoresOf(query).SequenceEqual(after.Lists.ScoresOf(query));
            if (folds.Of(asked[query].Conversation) == 2)
                Assert.True(equal, $"turn {asked[query].Id} knows the answers of its own fold");
            (same, different) = (same + (equal ? 1 : 0), different + (equal ? 0 : 1));
        }

        // The other folds did learn from them.
        Assert.True(different > 0 && same > 0, $"{same} the same, {different} different");
    }

    [Fact]
    public void Threads_change_no_list()
    {
        RowOutcome one = Fused(Whole, "ranker: boosted", 1), four = Fused(Whole, "ranker: boosted", 4);
        Assert.Equal(one.Lists!.Items, four.Lists!.Items);
        Assert.Equal(one.Lists.Scores, four.Lists.Scores);
    }

    [Fact]
    public void The_row_says_that_it_is_cross_fitted_and_on_what()
    {
        RowOutcome row = Fused(Whole, "tier: validation");
        Assert.Equal("simulated-llm + fusion (tier=validation), cross-fitted", row.Plan.Label);
        Assert.Contains("5 folds by dialogue", row.Row.LearnedFrom, StringComparison.Ordinal);
        Assert.Contains("train and validation conversations", row.Row.LearnedFrom, StringComparison.Ordinal);
    }

    [Fact]
    public void A_turn_without_a_reply_has_a_list_all_the_same()
    {
        LinkedDataset silent = Whole with { Replies = new Dictionary<string, IReadOnlyList<LlmReply>> { ["simulated-llm"] = [.. Whole.Replies["simulated-llm"].Where((_, i) => i % 3 > 0)] } };
        RowOutcome row = Fused(silent, "");
        Assert.All(Enumerable.Range(0, row.Lists!.QueryCount), query => Assert.Equal(20, row.Lists.LengthOf(query)));
        Assert.Equal(0, row.Row.Fallbacks);
    }

    private static RowOutcome Fused(LinkedDataset dataset, string options, int threads = 2)
    {
        using var folder = new TemporaryFolder();
        DatasetWriter.Write(dataset, folder["data"]);
        RunProduct product = SmallRun.Of(SmallRun.Read(Yaml(options)) with { Dataset = new() { Path = folder["data"] } }, threads);
        RowOutcome fused = Assert.Single(product.Outcomes, outcome => outcome.Plan.Label.Contains("fusion", StringComparison.Ordinal));
        Assert.Null(fused.Row.Error);
        return fused;
    }
}
