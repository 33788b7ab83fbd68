using Data;
using Data.Splitting;
using Trainers;
using Workbench.Experiments;

namespace Workbench.Stages;

/// <summary>A dataset's interactions after the filters of an experiment, items and users numbered anew.</summary>
/// <param name="Ratings">U x I</param>
/// <param name="Users">U names</param>
/// <param name="Items">I items</param>
/// <param name="Candidates">I flags, or null</param>
/// <param name="RowOf">for each item of the whole dataset its number, or <see cref="TaskData.OutsideCatalogue"/></param>
internal sealed record Filtered(Interactions Ratings, IReadOnlyList<string> Users, IReadOnlyList<Item> Items, bool[]? Candidates, int[] RowOf);

/// <summary>Which ratings count, as an experiment says.</summary>
internal static class RatingFilters
{
    internal static Filtered Compact(Catalogue catalogue, FilterOptions options)
    {
        FilteredInteractions kept = Filter(catalogue.Dataset.Ratings, options);
        var rows = new int[catalogue.Dataset.Items.Count];
        Array.Fill(rows, TaskData.OutsideCatalogue);
        for (int row = 0; row < kept.Items.Length; row++)
            rows[kept.Items[row]] = row;
        return new Filtered(
            kept.Interactions,
            [.. kept.Users.Select(user => catalogue.Dataset.Users[user])],
            [.. kept.Items.Select(item => catalogue.Dataset.Items[item])],
            catalogue.Candidates is { } candidates ? [.. kept.Items.Select(item => candidates[item])] : null,
            [.. catalogue.RowOf.Select(row => row < 0 ? TaskData.OutsideCatalogue : rows[row])]);
    }

    /// <summary>The same without new numbers: conversations go on naming items and users that the filters leave without ratings.</summary>
    internal static Interactions Apply(Interactions ratings, FilterOptions options)
    {
        if (options == new FilterOptions())
            return ratings;
        FilteredInteractions kept = Filter(ratings, options);
        var offsets = new long[ratings.UserCount + 1];
        for (int user = 0; user < kept.Users.Length; user++)
            offsets[kept.Users[user] + 1] = kept.Interactions.CountOf(user);
        for (int user = 0; user < ratings.UserCount; user++)
            offsets[user + 1] += offsets[user];
        return new Interactions(
            ratings.UserCount, ratings.ItemCount, offsets,
            Array.ConvertAll(kept.Interactions.Items.ToArray(), row => kept.Items[row]), kept.Interactions.Columns.Ratings, kept.Interactions.Columns.Times);
    }

    private static FilteredInteractions Filter(Interactions ratings, FilterOptions options) =>
        CountFilter.Apply(ratings, options.MinRating, options.MinItemRatings, options.MinUserRatings, options.Iterate);
}
