using Data;
using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Fitting;
using Workbench.Reranking.Fusion.Statistics;

namespace Workbench.Reranking.Fusion.Storage;

/// <summary>A fitted fusion as it is written: names of the file are those of the properties.</summary>
internal sealed record FusionRecord(
    string Description, FusionTier Tier, FusionRanker Ranker, FeatureGroup Without, LinearWeights Linear, IReadOnlyList<TreeRecord> Trees,
    IReadOnlyList<ItemRecord> Items, StatisticsRecord? Statistics)
{
    internal static FusionRecord Of(FittedFusion fusion) => new(
        fusion.Description, fusion.Options.Tier, fusion.Options.Ranker, fusion.Options.Without, fusion.Model.Linear,
        [.. fusion.Model.Trees.Select(tree => new TreeRecord(tree.Features, tree.Thresholds, tree.Left, tree.Values))],
        [.. fusion.Items.Select(ItemRecord.Of)],
        fusion.Model.Statistics is { } statistics ? StatisticsRecord.Of(statistics) : null);

    internal FittedFusion Fusion() => new(
        new FusionModel(
            new FusionOptions { Tier = Tier, Ranker = Ranker, Without = Without }, Linear,
            [.. Trees.Select(tree => new RegressionTree(tree.Features, tree.Thresholds, tree.Left, tree.Values))], Statistics?.Statistics()),
        [.. Items.Select(item => item.Item())],
        Description);
}

/// <inheritdoc cref="RegressionTree"/>
internal sealed record TreeRecord(int[] Features, float[] Thresholds, int[] Left, float[] Values);

/// <summary>What an item is found again by.</summary>
internal sealed record ItemRecord(string Id, string Title, int? Year, string? MovieLensId, string? ImdbId)
{
    internal static ItemRecord Of(Item item) => new(item.Id, item.Title, item.Year, item.MovieLensId, item.ImdbId);

    internal Item Item() => new(Id, Title, Year, [], MovieLensId, ImdbId, ItemOrigin.None);
}

/// <inheritdoc cref="SparseCounts"/>
internal sealed record CountsRecord(int[] Offsets, int[] Items, float[] Counts)
{
    internal static CountsRecord Of(SparseCounts counts) => new(counts.Offsets, counts.AllItems, counts.AllCounts);

    internal SparseCounts Sparse() => new(Offsets, Items, Counts);
}

/// <inheritdoc cref="DialogueStatistics"/>
internal sealed record StatisticsRecord(
    int Dialogues, float[] Recommended, float[] Occurring, CountsRecord Together, CountsRecord Following, IReadOnlyList<string> Words, float[] WordDialogues, CountsRecord Said,
    IReadOnlyList<string> Terms, CountsRecord Postings, CountsRecord DialogueItems)
{
    internal static StatisticsRecord Of(DialogueStatistics statistics) => new(
        statistics.Dialogues, statistics.Recommended, statistics.Occurring, CountsRecord.Of(statistics.Together), CountsRecord.Of(statistics.Following),
        statistics.Words, statistics.AllWordDialogues, CountsRecord.Of(statistics.AllSaid),
        statistics.Spoken.Terms, CountsRecord.Of(statistics.Spoken.Postings), CountsRecord.Of(statistics.Spoken.Recommended));

    internal DialogueStatistics Statistics() => new(Dialogues, Recommended, Occurring, Together.Sparse(), Following.Sparse(), Words, WordDialogues, Said.Sparse(),
        new SpokenDialogues(Terms, Postings.Sparse(), DialogueItems.Sparse()));
}
