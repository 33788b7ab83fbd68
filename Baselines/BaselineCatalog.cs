using Trainers.Options;

namespace Baselines;

/// <summary>All baselines: one typed line each.</summary>
public static class BaselineCatalog
{
    public static Catalog<IBaseline> All { get; } = new(
        "baseline",
        CatalogEntry<IBaseline>.Of<RandomOrderOptions>("random", "A uniformly random order, another one for each query: what chance gives; it learns from nothing.", options => new RandomOrder(options)),
        CatalogEntry<IBaseline>.Of<MostPopularOptions>("most-popular", "The same order for everybody: how often each item was chosen, lately if so wished.", options => new MostPopular(options)),
        CatalogEntry<IBaseline>.Of<ConversationalPopularityOptions>("conversational-popularity", "The same order for everybody: how often each item was the target of a turn of the fit split.", options => new ConversationalPopularity(options)),
        CatalogEntry<IBaseline>.Of<ItemKnnOptions>("item-knn", "Cosine neighbours of the items of the history (Deshpande and Karypis 2004).", options => new ItemKnn(options)),
        CatalogEntry<IBaseline>.Of<PureSvdOptions>("pure-svd", "The history projected on the leading singular vectors (Cremonesi et al. 2010).", options => new PureSvd(options)),
        CatalogEntry<IBaseline>.Of<EaseOptions>("ease", "A linear autoencoder without a diagonal, in closed form (Steck 2019).", options => new Ease(options)));
}
