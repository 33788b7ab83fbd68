using Data;
using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.MlNet;

/// <summary>Queries as views, and rankings of them.</summary>
internal static class Ranked
{
    public static Item[] Items(int count) => [.. Enumerable.Range(0, count).Select(i => new Item($"i{i}", $"Film {i}", 1990 + i, [], null, null, ItemOrigin.Both))];

    /// <summary>One row per query: Turn, Conversation, Context, Mentioned, Targets, LlmItems.</summary>
    public static IDataView Queries(int items, params (int[] Mentioned, int[] Llm)[] queries) => DatasetViews.OfTurns(
        [.. queries.Select((query, i) => new Turn($"t{i}", $"c{i}", Split.Test, null, null, [], query.Mentioned, [], []))],
        Items(items), [.. queries.Select(query => query.Llm)]);

    public static int[] Items(IQueryScorer scorer, int[] mentioned, int[] llm) => Items(new RankingTransformer(scorer, new RankingOptions(Top: 100)), mentioned, llm, scorer.ItemCount);

    /// <summary>Of every row: the items, best first.</summary>
    public static int[][] Rows(IDataView ranked) =>
        [.. ranked.GetColumn<uint[]>(ColumnNames.RankedItems).Select(keys => (keys ?? []).Select(key => (int)key - 1).ToArray())];

    public static int[] Items(RankingTransformer transformer, int[] mentioned, int[] llm, int items) => Rows(transformer.Transform(Queries(items, (mentioned, llm))))[0];
}
