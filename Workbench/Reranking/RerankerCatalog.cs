using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>A way to rank by comparing item embeddings.</summary>
public interface IReranker
{
    /// <param name="embeddings">of the I items</param>
    /// <param name="popularity">I weights, not negative: what the embeddings learned from</param>
    IQueryScorer Over(ItemEmbeddings embeddings, float[] popularity);
}

/// <summary>All rerankers: one typed line each.</summary>
public static class RerankerCatalog
{
    public static Catalog<IReranker> All { get; } = new(
        "reranker",
        Of<MaxPoolingOptions>("max-pool", "The highest similarity to any item of the list (Reddit-ML32M, section 2.2).", (options, embeddings, _) => new MaxPooling(embeddings, options)),
        Of<MeanPoolingOptions>("mean-pool", "The mean similarity to the list's items; of both kinds of items, the mean of their means.", (options, embeddings, _) => LinearPooling.Mean(embeddings, options)),
        Of<SumPoolingOptions>("sum-pool", "The summed similarity to all items; of the list alone it ranks as the mean does.", (options, embeddings, _) => LinearPooling.Sum(embeddings, options)),
        Of<SoftmaxPoolingOptions>("softmax-pool", "The mean similarity, where greater ones weigh more, by a softmax.", (options, embeddings, _) => new SoftmaxPooling(embeddings, options)),
        Of<RankPoolingOptions>("rank-pool", "The mean similarity, where the model's first items, and the last mentioned, weigh more.", (options, embeddings, _) => LinearPooling.Rank(embeddings, options)),
        Of<ReciprocalRankFusionOptions>("rrf", "Reciprocal rank fusion of the model's order with those by similarity and by popularity.", (options, embeddings, popularity) => new ReciprocalRankFusion(embeddings, popularity, options)));

    private static CatalogEntry<IReranker> Of<TOptions>(string name, string doc, Func<TOptions, ItemEmbeddings, float[], IQueryScorer> over)
        where TOptions : notnull, new() => CatalogEntry<IReranker>.Of<TOptions>(name, doc, options => new Unfitted((embeddings, popularity) => over(options, embeddings, popularity)));

    private sealed class Unfitted(Func<ItemEmbeddings, float[], IQueryScorer> over) : IReranker
    {
        public IQueryScorer Over(ItemEmbeddings embeddings, float[] popularity) => over(embeddings, popularity);
    }
}
