using Data.Views;
using Microsoft.ML;
using Tests.Trainers;
using Tests.Workbench.Reranking;
using Workbench.MlNet;
using Workbench.Reranking;

namespace Tests.Workbench.MlNet;

/// <summary>A transformer of ours with what it is applied to.</summary>
/// <param name="Transformer">appends columns</param>
/// <param name="Input">200 rows or more of 40 items</param>
/// <param name="Reads">the columns that it computes from</param>
/// <param name="Appends">the names of its columns</param>
internal sealed record Appending(ITransformer Transformer, IDataView Input, string[] Reads, string[] Appends)
{
    public const int Items = 40;

    public static string[] Names { get; } = ["ranking", "list", "embedding"];

    public static Appending Of(string name) => name switch
    {
        "ranking" => new(
            new RankingTransformer(new MaxPooling(Vectors.Random(Items, 6, 2), new MaxPoolingOptions()), new RankingOptions(12, Fallback: new float[Items])),
            Queries(), [ColumnNames.Mentioned, ColumnNames.LlmItems], [ColumnNames.RankedItems, ColumnNames.Scores]),
        "list" => new(
            new ListTransformer(Items, new RankingOptions(12)),
            Queries(), [ColumnNames.Mentioned, ColumnNames.LlmItems], [ColumnNames.RankedItems, ColumnNames.Scores]),
        _ => new(new ItemEmbeddingTransformer(Vectors.Random(Items, 6, 2)), Interactions(), [ColumnNames.Item], [ColumnNames.Embedding]),
    };

    private static IDataView Queries()
    {
        var random = new Random(4);
        int[] Some(int most) => [.. Enumerable.Range(0, Items).OrderBy(_ => random.Next()).Take(random.Next(0, most))];
        return Ranked.Queries(Items, [.. Enumerable.Range(0, 300).Select(_ => (Some(5), Some(9)))]);
    }

    public static IDataView Interactions(int users = 50) => DatasetViews.OfInteractions(
        Planted.Interactions(users, Items, seed: 3), [.. Enumerable.Range(0, users).Select(user => $"u{user}")], Ranked.Items(Items));
}
