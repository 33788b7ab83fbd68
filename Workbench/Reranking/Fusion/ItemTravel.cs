using Data;
using Data.Titles;
using Trainers;
using Workbench.Reranking.Fusion.Boosting;
using Workbench.Reranking.Fusion.Fitting;

namespace Workbench.Reranking.Fusion;

/// <summary>Brings what was fitted over some items to others: the same film by IMDb id, by MovieLens id, or by title and year.</summary>
internal static class ItemTravel
{
    /// <summary>For each item there its row here, or -1. Ids decide before titles; what two items here would claim goes to the first.</summary>
    internal static int[] Rows(IReadOnlyList<Item> there, IReadOnlyList<Item> here)
    {
        Dictionary<string, int> imdb = Index(here, item => item.ImdbId), movieLens = Index(here, item => item.MovieLensId), titles = Index(here, Titled);
        return [.. there.Select(item =>
            item.ImdbId is { } id && imdb.TryGetValue(id, out int row) ? row
            : item.MovieLensId is { } other && movieLens.TryGetValue(other, out row) ? row
            : Titled(item) is { } title && titles.TryGetValue(title, out row) && !Contradicts(item.ImdbId, here[row].ImdbId) ? row
            : -1)];
    }

    /// <summary>The model over the items and features here.</summary>
    /// <param name="names">F features here</param>
    /// <param name="rows">as <see cref="Rows"/> gives them</param>
    internal static FusionModel Fit(FusionModel model, IReadOnlyList<string> names, int[] rows, int itemCount)
    {
        // A feature that is not here is the last one of all, which is always 0: but only a genre may be missing.
        var columns = names.Select((name, f) => (name, f)).ToDictionary(pair => pair.name, pair => pair.f);
        int[] places = [.. model.Linear.Names.Select(name => columns.GetValueOrDefault(name, names.Count))];
        for (int f = 0; f < places.Length; f++)
        {
            if (places[f] == names.Count && !model.Linear.Names[f].StartsWith("genre ", StringComparison.Ordinal))
                throw new UserErrorException($"the fitted fusion has a feature `{model.Linear.Names[f]}`, and there is nothing here to make it of: name the same trainers, in the same form, as where it was fitted");
        }

        var (weights, standardised) = (new float[names.Count], new float[names.Count]);
        for (int f = 0; f < places.Length; f++)
        {
            if (places[f] < names.Count)
                (weights[places[f]], standardised[places[f]]) = (model.Linear.Weights[f], model.Linear.Standardised[f]);
        }

        RegressionTree[] trees = [.. model.Trees.Select(tree => tree with { Features = [.. tree.Features.Select(f => f < 0 ? f : places[f])] })];
        return model with { Linear = new LinearWeights([.. names], weights, standardised, model.Linear.Ridge), Trees = trees, Statistics = model.Statistics?.Over(rows, itemCount) };
    }

    private static string? Titled(Item item) => item.Year is { } year ? FormattableString.Invariant($"{TitleNormalizer.Normalize(item.Title)} {year}") : null;

    private static bool Contradicts(string? one, string? other) => one is not null && other is not null && one != other;

    private static Dictionary<string, int> Index(IReadOnlyList<Item> items, Func<Item, string?> key)
    {
        var rows = new Dictionary<string, int>();
        for (int row = 0; row < items.Count; row++)
        {
            if (key(items[row]) is { } name)
                rows.TryAdd(name, row);
        }

        return rows;
    }
}
