using Trainers.Options;

namespace Trainers;

/// <summary>Every trainer that YAML can name: a new one is a file and a line here.</summary>
public static class TrainerCatalog
{
    public static Catalog<IItemEmbeddingTrainer> All { get; } = new(
        "trainer",
        CatalogEntry<IItemEmbeddingTrainer>.Of<MatrixFactorizationOptions>(
            "matrix-factorization",
            "Vectors of users and items whose product is high for what was observed and low elsewhere (iALS, BPR, LIBMF).",
            options => new MatrixFactorization(options)),
        CatalogEntry<IItemEmbeddingTrainer>.Of<Item2VecOptions>(
            "item2vec",
            "Vectors of items that predict the other items of a user (skip-grams with negative sampling).",
            options => new Item2Vec(options)),
        CatalogEntry<IItemEmbeddingTrainer>.Of<FismOptions>(
            "fism",
            "Vectors of items such that the sum of a history's is near the next one (FISM).",
            options => new Fism(options)),
        CatalogEntry<IItemEmbeddingTrainer>.Of<SasrecOptions>(
            "sasrec",
            "The next item by causal self-attention over the user's last items (SASRec).",
            options => new Sasrec(options)));
}
