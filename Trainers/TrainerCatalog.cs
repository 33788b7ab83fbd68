using Trainers.Options;

namespace Trainers;

/// <summary>Every trainer that YAML can name: a new one is a file and a line here.</summary>
public static class TrainerCatalog
{
    public static Catalog<IItemEmbeddingTrainer> All { get; } = new(
        "trainer",
        CatalogEntry<IItemEmbeddingTrainer>.Of<MatrixFactorizationOptions>(
            "matrix-factorization",
            "Vectors of users and items whose product is 1 for what was observed and 0 elsewhere (iALS).",
            options => new MatrixFactorization(options)),
        CatalogEntry<IItemEmbeddingTrainer>.Of<SasrecOptions>(
            "sasrec",
            "The next item by causal self-attention over the user's last items (SASRec).",
            options => new Sasrec(options)));
}
