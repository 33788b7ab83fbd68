using Workbench.Reranking.Fusion.Texts;

namespace Workbench.Reranking.Fusion.Features;

/// <summary>All features that a tier may have, less what an ablation leaves out. Legend: F features, I items.</summary>
internal sealed class FeatureSet
{
    private readonly IReadOnlyList<FeatureSource> _sources;

    internal FeatureSet(FusionSources sources, FusionTier tier, FeatureGroup without)
    {
        ItemCount = sources.Items.Count;
        _sources = [.. All(sources, sources.Texts).Where(source => Allows(tier, source) && (source.Group != without || without == FeatureGroup.None) && !source.AlsoNeeds.Contains(without))];
        Names = [.. _sources.SelectMany(source => source.Names)];
        Leading = [.. LeadingColumns()];
    }

    internal int ItemCount { get; }

    internal IReadOnlyList<string> Names { get; }

    /// <summary>Columns whose greatest items are worth learning from.</summary>
    internal IReadOnlyList<int> Leading { get; }

    /// <param name="turn">the query</param>
    /// <param name="table">F x I</param>
    internal void Fill(FusionTurn turn, Span<float> table)
    {
        table.Clear();
        int at = 0;
        foreach (FeatureSource source in _sources)
        {
            int length = source.Names.Count * ItemCount;
            source.Fill(turn, new FeatureColumns(table.Slice(at, length), ItemCount));
            at += length;
        }
    }

    private IEnumerable<int> LeadingColumns()
    {
        int at = 0;
        foreach (FeatureSource source in _sources)
        {
            foreach (int column in source.Leading)
                yield return at + column;
            at += source.Names.Count;
        }
    }

    private static bool Allows(FusionTier tier, FeatureSource source) => tier switch
    {
        FusionTier.LlmCf => source.Group is FeatureGroup.None or FeatureGroup.Llm or FeatureGroup.Cf or FeatureGroup.Embeddings,
        FusionTier.NoDialogues => !source.NeedsStatistics,
        _ => true,
    };

    private static IEnumerable<FeatureSource> All(FusionSources sources, ItemTexts texts)
    {
        yield return new TurnFeatures();
        yield return new LlmListFeatures();
        foreach (EmbeddingSet set in sources.Embeddings)
        {
            var cosines = new CosineRows(set.Embeddings);
            yield return new EmbeddingFeatures(set.Name, cosines, llm: true);
            yield return new EmbeddingFeatures(set.Name, cosines, llm: false);
        }

        if (sources.Collaborative is { } collaborative)
        {
            yield return new CollaborativeFeatures(collaborative, llm: true);
            yield return new CollaborativeFeatures(collaborative, llm: false);
        }

        yield return new RatingFeatures(sources.Ratings);
        yield return new PopularityFeatures();
        yield return new CoMentionFeatures(llm: true);
        yield return new CoMentionFeatures(llm: false);
        yield return new SaidFeatures();
        yield return new NeighbourFeatures();
        yield return new GenreFeatures(texts);
        yield return new WordFeatures(texts);
        yield return new YearFeatures(sources.Items);
        yield return new GenrePriorFeatures(texts);
        yield return new ContentFeatures(texts, llm: true);
        yield return new ContentFeatures(texts, llm: false);
    }
}
