using Trainers.Options;

namespace Workbench.Reranking.Fusion;

/// <summary>All rerankers that are fitted on turns with replies: one typed line each.</summary>
public static class FittedRerankerCatalog
{
    public static Catalog<FittedOptions> All { get; } = new(
        "reranker",
        CatalogEntry<FittedOptions>.Of<FusionOptions>(
            "fusion", "A learned ranker over the language model's list, embeddings, CF, popularity, co-mention, words and metadata; cross-fitted by dialogue.", options => options));
}
