using Trainers;
using Trainers.Options;
using Workbench.Reranking.Adapting;

namespace Workbench.Reranking.Fusion;

/// <summary>All rerankers that are fitted on turns with replies: one typed line each.</summary>
public static class FittedRerankerCatalog
{
    public static Catalog<FittedOptions> All { get; } = new(
        "reranker",
        CatalogEntry<FittedOptions>.Of<FusionOptions>(
            "fusion", "A learned ranker over the language model's list, embeddings, CF, popularity, co-mention, words and metadata; cross-fitted by dialogue.", options => options),
        CatalogEntry<FittedOptions>.Of<BiasOptions>(
            "bias", "Another reranker's scores with a weight and a bias for each item, cross-fitted by dialogue (He et al. 2025, Reindex-Then-Adapt).", Known),
        CatalogEntry<FittedOptions>.Of<GateOptions>(
            "gate", "Another reranker's scores mixed with collaborative filtering of the mentioned items, cross-fitted by dialogue (He et al. 2025, Reindex-Then-Adapt).", Known));

    private static T Known<T>(T options)
        where T : AdaptOptions => RerankerCatalog.All.Find(options.Of) is null ? throw new UserErrorException(RerankerCatalog.All.Unknown(options.Of)) : options;
}
