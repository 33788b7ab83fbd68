using Trainers;
using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>A way to rank by comparing item embeddings.</summary>
public interface IReranker
{
    IQueryScorer Over(ItemEmbeddings embeddings);
}

/// <summary>All rerankers: one typed line each.</summary>
public static class RerankerCatalog
{
    public static Catalog<IReranker> All { get; } = new(
        "reranker",
        CatalogEntry<IReranker>.Of<MaxPoolingOptions>(
            "max-pool", "The highest similarity to any item of the list (Reddit-ML32M, section 2.2).", options => new MaxPool(options)));

    private sealed class MaxPool(MaxPoolingOptions options) : IReranker
    {
        public IQueryScorer Over(ItemEmbeddings embeddings) => new MaxPooling(embeddings, options);
    }
}
