using Data;
using Data.Storage;
using Tests.Data;
using Trainers;
using Workbench.Reranking;
using Workbench.Reranking.Adapting;
using Workbench.Stages;
using static Tests.Workbench.Reranking.HalvedDialogues;

namespace Tests.Workbench.Reranking;

/// <summary><c>bias</c> and <c>gate</c>, fitted on other dialogues and applied unchanged.</summary>
public sealed class FittedAdaptionTests
{
    [Theory]
    [InlineData("bias")]
    [InlineData("gate")]
    public void What_was_saved_ranks_as_what_was_fitted_and_the_answers_here_change_nothing(string name)
    {
        using TemporaryFolder folder = new(), other = new();
        DatasetWriter.Write(Half(1), folder["there"]);
        RowOutcome fitted = Rerank(Half(0), folder, name, $"fit_on: '{folder["there"]}', save: '{folder["adaption.json"]}'");
        Assert.Null(fitted.Row.Error);
        Assert.DoesNotContain("cross-fitted", fitted.Plan.Label, StringComparison.Ordinal);
        Assert.Contains("applied unchanged", fitted.Row.LearnedFrom, StringComparison.Ordinal);
        LinkedDataset here = Half(0), changed = Answered(here);
        foreach (RowOutcome same in (RowOutcome[])[Rerank(here, folder, name, $"fit_on: '{folder["adaption.json"]}'"), Rerank(changed, other, name, $"fit_on: '{folder["there"]}'")])
        {
            Assert.Null(same.Row.Error);
            Assert.Equal(fitted.Lists!.Items, same.Lists!.Items);
            Assert.Equal(fitted.Lists.Scores, same.Lists.Scores);
        }

        // Cross-fitting, fitting elsewhere and the bare reranker are three things.
        RowOutcome crossed = Rerank(here, folder, name, "");
        Assert.Contains("cross-fitted", crossed.Plan.Label, StringComparison.Ordinal);
        Assert.NotEqual(crossed.Lists!.Scores, fitted.Lists!.Scores);
    }

    [Fact]
    public void Weights_travel_with_their_items_and_new_items_stay_as_they_are()
    {
        Item Film(string id, string imdb) => new(id, id, 2000, [], null, imdb, ItemOrigin.Both);
        var fitted = new FittedAdaption(new Adaption(new ItemBias([2, 3], [0.5f, -1]), 1), "max-pool", [Film("a", "tt1"), Film("b", "tt2")], "");
        IQueryScorer over = fitted.Over(new Same([-1, 0, 1]), null, [Film("new", "tt9"), Film("b", "tt2"), Film("a", "tt1")]);
        var scores = new float[3];
        Assert.True(over.TryScore(new Query([], [], 0) { Dialogue = new Dialogue("c", "") }, scores));
        float deviation = MathF.Sqrt(2f / 3);
        Assert.Equal([-1 / deviation, -1, (2 / deviation) + 0.5f], scores.Select(score => score), (one, two) => MathF.Abs(one - two) < 1e-5f);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Rerank(Half(0), folder, "bias", $"save: '{folder["bias.json"]}'").Row.Error);
        Assert.Contains("holds a bias of max-pool", Rerank(Half(0), folder, "gate", $"fit_on: '{folder["bias.json"]}'").Row.Error, StringComparison.Ordinal);
        Assert.Contains("holds a bias of max-pool", Rerank(Half(0), folder, "bias", $"of: mean-pool, fit_on: '{folder["bias.json"]}'").Row.Error, StringComparison.Ordinal);
        Assert.Contains("is no fitted fusion", Rerank(Half(0), folder, "fusion", $"fit_on: '{folder["bias.json"]}'").Row.Error, StringComparison.Ordinal);
        string text = File.ReadAllText(folder["bias.json"]);
        File.WriteAllText(folder["bent.json"], text.Replace("\"Weights\":[", "\"Weights\":[ ", StringComparison.Ordinal));
        Assert.Contains("checksum", Assert.Throws<UserErrorException>(() => FittedAdaption.Load(folder["bent.json"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => FittedAdaption.Load(folder["none.json"])).Message, StringComparison.Ordinal);
    }

    private sealed class Same(float[] values) : IQueryScorer
    {
        public int ItemCount => values.Length;

        public bool TryScore(Query query, Span<float> scores)
        {
            values.CopyTo(scores);
            return true;
        }
    }
}
