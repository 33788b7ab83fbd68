using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.MlNet;

public sealed class RankingTransformerTests
{
    private static readonly MLContext Ml = new(seed: 1);

    /// <summary>Scores that do not depend on the query; refuses one without a list if told to.</summary>
    private sealed class Fixed(bool needsList, params float[] scores) : IQueryScorer
    {
        public int ItemCount => scores.Length;

        public bool TryScore(Query query, Span<float> into)
        {
            scores.CopyTo(into);
            return !needsList || query.LlmItems.Length > 0;
        }
    }

    private static int[] Rank(RankingOptions options, float[] scores, int[] mentioned, int[] llm) =>
        Ranked.Items(new RankingTransformer(new Fixed(false, scores), options), mentioned, llm, scores.Length);

    [Fact]
    public void Order_is_by_score_then_the_lists_rank_then_the_row()
    {
        Assert.Equal([3, 4, 1, 0, 2], Rank(new RankingOptions(), [1, 1, 1, 2, 1], [], [4, 1]));
        Assert.Equal([1, 4], Rank(new RankingOptions(Top: 2), [0, 1, 0, 0, 1], [], []));
    }

    [Fact]
    public void Mentioned_items_and_those_that_are_no_candidates_are_left_out()
    {
        float[] scores = [5, 4, 3, 2, float.NegativeInfinity];
        Assert.Equal([1, 3], Rank(new RankingOptions(), scores, [0, 2], []));
        Assert.Equal([0, 1, 2, 3], Rank(new RankingOptions(ExcludeMentioned: false), scores, [0, 2], []));
        Assert.Equal([0, 3], Rank(new RankingOptions(Candidates: [true, false, true, true, true]), scores, [2], []));
        Assert.Empty(Rank(new RankingOptions(Candidates: new bool[5]), scores, [], []));
    }

    [Fact]
    public void The_fallback_is_used_and_counted_where_the_scorer_has_nothing()
    {
        var options = new RankingOptions(Fallback: [1, 3, 2, 0]);
        var transformer = new RankingTransformer(new Fixed(true, 9, 0, 0, 0), options);
        int[][] rows = Ranked.Rows(transformer.Transform(Ranked.Queries(4, ([], []), ([], [3]), ([1], []))));
        Assert.Equal([[1, 2, 0, 3], [0, 3, 1, 2], [2, 0, 3]], rows);
        Assert.Equal((2, 3), (transformer.FallbacksUsed, transformer.RowsRanked));

        var without = new RankingTransformer(new Fixed(true, 9, 0, 0, 0), new RankingOptions());
        Assert.Equal([[], [0, 3, 1, 2], []], Ranked.Rows(without.Transform(Ranked.Queries(4, ([], []), ([], [3]), ([1], [])))));
        Assert.Equal(2, without.FallbacksUsed);
    }

    [Fact]
    public void Scores_stand_beside_their_items()
    {
        IDataView view = new RankingTransformer(new Fixed(false, 1, 3, 2), new RankingOptions()).Transform(Ranked.Queries(3, ([1], [])));
        Assert.Equal([[2f, 1f]], view.GetColumn<float[]>(ColumnNames.Scores));
    }

    [Fact]
    public void One_row_is_ranked_once_for_both_columns()
    {
        var transformer = new RankingTransformer(new Fixed(false, 1, 3, 2), new RankingOptions());
        IDataView view = transformer.Transform(Ranked.Queries(3, ([1], []), ([], [])));
        Assert.Equal(0, transformer.RowsRanked);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<uint>> items = cursor.GetGetter<VBuffer<uint>>(view.Schema[ColumnNames.RankedItems]);
        ValueGetter<VBuffer<float>> scores = cursor.GetGetter<VBuffer<float>>(view.Schema[ColumnNames.Scores]);
        (VBuffer<uint> keys, VBuffer<float> values) = (default, default);
        for (int row = 1; cursor.MoveNext(); row++)
        {
            Assert.Equal(row - 1, transformer.RowsRanked);
            scores(ref values);
            items(ref keys);
            scores(ref values);
            Assert.Equal(row, transformer.RowsRanked);
        }
    }

    [Fact]
    public void Keys_become_titles_by_a_stock_transform()
    {
        IDataView queries = Ranked.Queries(3, ([1], []), ([], [2]));
        var chain = new RerankEstimator(new Fixed(false, 1, 3, 2), new RankingOptions()).Append(Ml.Transforms.Conversion.MapKeyToValue("Titles", ColumnNames.RankedItems));
        IDataView titles = chain.Fit(queries).Transform(queries);
        Assert.Equal([["Film 2 (1992)", "Film 0 (1990)"], ["Film 1 (1991)", "Film 2 (1992)", "Film 0 (1990)"]], titles.GetColumn<string[]>("Titles"));
    }

    public sealed class Asked
    {
        [KeyType(3)]
        public uint[] Mentioned { get; set; } = [];

        [KeyType(3)]
        public uint[] LlmItems { get; set; } = [];
    }

    public sealed class Answer
    {
        public uint[] RankedItems { get; set; } = [];

        public float[] Scores { get; set; } = [];
    }

    [Fact]
    public void One_query_at_a_time_goes_through_a_prediction_engine()
    {
        var transformer = new RankingTransformer(new Fixed(false, 1, 3, 2), new RankingOptions());
        using PredictionEngine<Asked, Answer> engine = Ml.Model.CreatePredictionEngine<Asked, Answer>(transformer);
        Assert.Equal([3, 1], engine.Predict(new Asked { Mentioned = [2] }).RankedItems);
        Assert.Equal([2, 3, 1], engine.Predict(new Asked { LlmItems = [1] }).RankedItems);
        Answer answer = engine.Predict(new Asked { Mentioned = [3, 1] });
        Assert.Equal([2u], answer.RankedItems);
        Assert.Equal([3f], answer.Scores);
        Assert.Equal(3, transformer.RowsRanked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Missing_keys_are_passed_over_in_dense_and_in_sparse_vectors(bool sparse)
    {
        // The list is: missing, item 2, missing, item 0; mentioned: item 1, missing.
        VBuffer<uint> list = sparse ? new(4, 2, [3u, 1u], [1, 3]) : new(4, [0, 3, 0, 1]);
        VBuffer<uint> mentioned = sparse ? new(2, 1, [2u], [0]) : new(2, [2, 0]);
        IDataView view = KeyView(list, mentioned);
        Assert.Equal([[2, 0, 3]], Ranked.Rows(new RankingTransformer(new Fixed(false, 1, 1, 1, 1), new RankingOptions()).Transform(view)));
        Assert.Equal([[-1, 2, -1, 0]], Ranked.Rows(new ListTransformer(4, new RankingOptions()).Transform(view)));
    }

    internal static IDataView KeyView(VBuffer<uint> list, VBuffer<uint> mentioned)
    {
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), 4));
        ViewColumn Column(string name, VBuffer<uint> value) => new(name, type, null, _ => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> into) => value.CopyTo(ref into)));
        return new ColumnarView(1, Column(ColumnNames.LlmItems, list), Column(ColumnNames.Mentioned, mentioned));
    }
}
