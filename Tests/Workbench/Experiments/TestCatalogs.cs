using Trainers;
using Trainers.Options;
using Workbench.Experiments;
using Workbench.Llm;

namespace Tests.Workbench.Experiments;

public enum TestAlgorithm
{
    Ials,
    Bpr,
    SampledSoftmax,
}

public sealed record FactorizationTestOptions
{
    [Option("length of a vector", Min = 1, Max = 1024)]
    [Search(Low = 8, High = 128, Log = true)]
    public int Dimension { get; init; } = 64;

    [Option("weight of the penalty", Min = 0, MinExclusive = true)]
    public double Regularization { get; init; } = 0.003;

    [Option("how it learns")]
    public TestAlgorithm Algorithm { get; init; } = TestAlgorithm.Ials;

    [Option("stops early")]
    public bool EarlyStop { get; init; }

    [Option("at most so many epochs", Min = 1)]
    [TrainingLength]
    public int? Epochs { get; init; }

    [Option("step", Min = 0)]
    [Search(Low = 0.01, High = 1, Log = true, When = nameof(Algorithm), Is = [TestAlgorithm.Bpr])]
    public float Rate { get; init; } = 0.5f;

    [Option("sizes of layers", Min = 1)]
    public IReadOnlyList<int> Layers { get; init; } = [];

    [Option("a note")]
    public string Note { get; init; } = "plain";
}

public sealed record PopularTestOptions
{
    [Option("half-life; 0 for none", Min = 0)]
    public double HalfLifeDays { get; init; }

    [Option("days that count; 0 for all", Min = 0)]
    public long WindowDays { get; init; }
}

public sealed record NoTestOptions;

public enum TestSimilarity
{
    Cosine,
    Dot,
}

public sealed record PoolTestOptions
{
    [Option("how alike two vectors are")]
    public TestSimilarity Similarity { get; init; }
}

/// <summary>Catalogs with every kind of option.</summary>
public static class TestCatalogs
{
    public static readonly ExperimentCatalogs All = new(
        new Catalog<object>(
            "baseline",
            CatalogEntry<object>.Of<NoTestOptions>("random", "any order", options => options),
            CatalogEntry<object>.Of<PopularTestOptions>("most-popular", "counts", CheckPopular)),
        new Catalog<object>(
            "trainer",
            CatalogEntry<object>.Of<FactorizationTestOptions>("matrix-factorization", "factors", options => options),
            CatalogEntry<object>.Of<FactorizationTestOptions>("item2vec", "skip-grams", options => options)),
        new Catalog<object>(
            "reranker",
            CatalogEntry<object>.Of<PoolTestOptions>("max-pool", "the nearest", options => options),
            CatalogEntry<object>.Of<PoolTestOptions>("mean-pool", "all of them", options => options)),
        new Catalog<object>(
            "control",
            CatalogEntry<object>.Of<NoTestOptions>("fill-popular", "filled up by popularity", options => options),
            CatalogEntry<object>.Of<NoTestOptions>("fill-random", "filled up at random", options => options)),
        typeof(LlmOptions),
        ["hit", "ndcg", "mrr", "recall"]);

    /// <summary>Reads a text as experiments.yaml in the folder <c>/data</c>.</summary>
    public static ExperimentFileResult Read(string text, params string[] settings) =>
        ExperimentFile.Parse(text, "experiments.yaml", Path.GetFullPath("/data"), settings, All);

    private static PopularTestOptions CheckPopular(PopularTestOptions options) => options is { HalfLifeDays: > 0, WindowDays: > 0 }
        ? throw new UserErrorException("half_life_days and window_days exclude each other")
        : options;
}
