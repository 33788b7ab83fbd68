using Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;
using Tests.Trainers;
using Tests.Workbench.Reranking;
using Trainers;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.MlNet;

public sealed class RankingCollectorTests
{
    private static Rankings Collect(IDataView view, int depth, int threads = 1) => RankingCollector.Collect(view, depth, threads, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("ranking")]
    [InlineData("list")]
    public void It_is_what_the_view_says_whatever_the_threads(string name)
    {
        Appending of = Appending.Of(name);
        IDataView view = of.Transformer.Transform(of.Input);
        int[][] rows = Ranked.Rows(view);
        float[][] scores = [.. view.GetColumn<float[]>("Scores")];
        Rankings one = Collect(view, 8);
        for (int query = 0; query < rows.Length; query++)
        {
            int length = Math.Min(8, rows[query].Length);
            Assert.Equal(length, one.LengthOf(query));
            Assert.Equal(rows[query][..length], one.ItemsOf(query)[..length].ToArray());
            Assert.Equal((scores[query] ?? []).Take(length), one.ScoresOf(query)[..length].ToArray());
        }

        foreach (int threads in (int[])[2, 3, 8])
        {
            Rankings several = Collect(view, 8, threads);
            Assert.Equal(one.Items, several.Items);
            Assert.Equal(one.Scores, several.Scores);
            Assert.Equal(one.TieRanks, several.TieRanks);
            Assert.Equal(one.CutsTie, several.CutsTie);
        }
    }

    [Fact]
    public void Ranking_in_blocks_is_ranking_row_by_row()
    {
        foreach (IQueryScorer scorer in (IQueryScorer[])[
            new MaxPooling(Vectors.Random(Appending.Items, 6, 2), new MaxPoolingOptions()),
            new HistoryScoring((IHistoryScorer)new MatrixFactorization(new MatrixFactorizationOptions { Dimension = 5, Iterations = 2 }).Train(Planted.Interactions(50, Appending.Items, seed: 3), new TrainingRun())),
            new HistoryScoring((IHistoryScorer)new Item2Vec(new Item2VecOptions { Dimension = 5, Epochs = 1 }).Train(Planted.Interactions(50, Appending.Items, seed: 3), new TrainingRun()))])
        {
            bool[] candidates = [.. Enumerable.Range(0, Appending.Items).Select(item => item % 5 != 0)];
            var options = new RankingOptions(12, Candidates: candidates, Fallback: [.. Enumerable.Range(0, Appending.Items).Select(item => (float)(item % 7))]);
            var (view, blocks) = (new RankingTransformer(scorer, options), new RankingTransformer(scorer, options));
            IDataView queries = Appending.Of("ranking").Input;
            Rankings expected = Collect(view.Transform(queries), 11);
            foreach (int threads in (int[])[1, 2, 5])
            {
                Rankings actual = RankingCollector.Collect(queries, blocks, 11, threads, TestContext.Current.CancellationToken);
                Assert.Equal(expected.Items, actual.Items);
                Assert.Equal(expected.Scores, actual.Scores);
                Assert.Equal(expected.TieRanks, actual.TieRanks);
                Assert.Equal(expected.CutsTie, actual.CutsTie);
            }

            Assert.True(view.FallbacksUsed > 0);
            Assert.Equal((3 * view.RowsRanked, 3 * view.FallbacksUsed), (blocks.RowsRanked, blocks.FallbacksUsed));
        }
    }

    [Fact]
    public void The_end_of_a_list_cuts_a_tie_only_if_the_next_one_is_equal()
    {
        // The list's items tie by score and are told apart by their rank; the others are not.
        float[] scores = [1, 1, 0, 0, 0];
        IDataView View(int top) => new RankingTransformer(new Constant(scores), new RankingOptions(top)).Transform(Ranked.Queries(5, ([], [1, 0])));
        Assert.False(Collect(View(2), 1).CutsTie[0]);
        Assert.False(Collect(View(3), 2).CutsTie[0]);
        Assert.True(Collect(View(4), 3).CutsTie[0]);
        Assert.False(Collect(View(5), 5).CutsTie[0]);
    }

    [Fact]
    public void A_title_that_is_no_item_keeps_its_place()
    {
        IDataView view = new ListTransformer(5, new RankingOptions()).Transform(Ranked.Queries(5, ([], [3, -1, 0])));
        Assert.Equal([3, Rankings.NoItem, 0, Rankings.None], Collect(view, 4).ItemsOf(0).ToArray());
    }

    [Fact]
    public void A_query_that_is_left_over_has_the_room_of_one()
    {
        Rankings lists = RankingCollector.Collect(
            Ranked.Queries(4, ([], [3])), new RankingTransformer(new Constant([1, 3, 2, 0]), new RankingOptions(3)), 2, 1, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], lists.ItemsOf(0).ToArray());
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        Appending of = Appending.Of("ranking");
        Assert.ThrowsAny<OperationCanceledException>(() => RankingCollector.Collect(of.Transformer.Transform(of.Input), 5, 2, new CancellationToken(canceled: true)));
    }

    private sealed class Constant(float[] scores) : global::Workbench.Reranking.IQueryScorer
    {
        public int ItemCount => scores.Length;

        public bool TryScore(global::Workbench.Reranking.Query query, Span<float> into)
        {
            Assert.Equal(ItemCount, into.Length);
            scores.CopyTo(into);
            return true;
        }
    }
}
