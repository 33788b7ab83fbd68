using Trainers.Options;

namespace Workbench.Reranking;

/// <summary>A way to fill a language model's list up without looking at the conversation.</summary>
public interface IListControl
{
    /// <param name="popularity">I weights of the items, not negative</param>
    IQueryScorer Over(float[] popularity, ulong seed);
}

/// <summary>Options of <c>fill-popular</c>.</summary>
public sealed record PopularFillOptions : SourceOptions;

/// <summary>Options of <c>fill-random</c>: it has none.</summary>
public sealed record RandomFillOptions;

/// <summary>All control rows: one typed line each.</summary>
public static class ControlCatalog
{
    public static Catalog<IListControl> All { get; } = new(
        "control",
        CatalogEntry<IListControl>.Of<PopularFillOptions>(
            "fill-popular", "The language model's list, filled up with the most popular items.", _ => new PopularFill()),
        CatalogEntry<IListControl>.Of<RandomFillOptions>(
            "fill-random", "The language model's list, filled up at random.", _ => new RandomFill()));

    private sealed class PopularFill : IListControl
    {
        public IQueryScorer Over(float[] popularity, ulong seed) => ListFilling.Popular(popularity);
    }

    private sealed class RandomFill : IListControl
    {
        public IQueryScorer Over(float[] popularity, ulong seed) => ListFilling.Random(popularity.Length, seed);
    }
}
