using Trainers;

namespace Data.Splitting;

/// <summary>Which items are the candidates of every row.</summary>
public enum CatalogueKind
{
    /// <summary>Conversation items that are linked to at least one rating, as the 22,014 of Reddit-ML32M.</summary>
    Rated,

    /// <summary>Conversation items with a link.</summary>
    Linked,

    /// <summary>These and every rated item.</summary>
    All,
}

/// <summary>A dataset over the items of a catalogue.</summary>
/// <param name="Dataset">items renumbered, in their old order; what is outside is gone from ratings and turns</param>
/// <param name="RowOf">for each item of the whole dataset its new number, or -1</param>
/// <param name="Candidates">a flag per new item: may it be ranked; null if all may</param>
public sealed record Catalogue(LinkedDataset Dataset, int[] RowOf, bool[]? Candidates);

/// <summary>Restricts a dataset to a catalogue.</summary>
public static class CatalogueRestriction
{
    /// <param name="trainAll">keeps the ratings of items outside the catalogue for training; those items are no candidates</param>
    /// <exception cref="UserErrorException">The catalogue is empty.</exception>
    public static Catalogue Apply(LinkedDataset dataset, CatalogueKind kind, bool trainAll)
    {
        int[] counts = dataset.Ratings.CountItems();
        bool[] candidate = [.. dataset.Items.Select((item, i) => kind switch
        {
            CatalogueKind.Rated => item.Origin.HasFlag(ItemOrigin.Conversations) && counts[i] > 0,
            CatalogueKind.Linked => item.Origin == ItemOrigin.Both,
            _ => true,
        })];
        if (!candidate.Contains(true))
        {
            throw new UserErrorException(
                $"the catalogue `{kind.ToString().ToLowerInvariant()}` of `{dataset.Name}` is empty: no conversation item is linked to ratings; use `catalogue: all`, or link first");
        }

        bool[] keep = [.. candidate.Select((may, i) => may || (trainAll && counts[i] > 0))];
        var rowOf = new int[keep.Length];
        var items = new List<Item>();
        for (int i = 0; i < keep.Length; i++)
        {
            rowOf[i] = keep[i] ? items.Count : -1;
            if (keep[i])
                items.Add(dataset.Items[i]);
        }

        bool[] candidates = [.. candidate.Where((_, i) => keep[i])];
        LinkedDataset restricted = dataset with
        {
            Items = items,
            Ratings = items.Count == keep.Length ? dataset.Ratings : Ratings(dataset.Ratings, rowOf, items.Count),
            Turns = [.. dataset.Turns.Select(turn => Restrict(turn, rowOf, candidate))],
        };
        return new Catalogue(restricted, rowOf, candidates.Contains(false) ? candidates : null);
    }

    /// <summary>Users keep their numbers, also those who are left without interactions.</summary>
    private static Interactions Ratings(Interactions ratings, int[] rowOf, int items)
    {
        var offsets = new long[ratings.UserCount + 1];
        for (int user = 0; user < ratings.UserCount; user++)
        {
            int kept = 0;
            foreach (int item in ratings.ItemsOf(user))
                kept += rowOf[item] >= 0 ? 1 : 0;
            offsets[user + 1] = offsets[user] + kept;
        }

        var (rows, stars, times) = (new int[offsets[^1]], new float[offsets[^1]], new long[offsets[^1]]);
        int next = 0;
        ReadOnlySpan<int> allItems = ratings.Items;
        ReadOnlySpan<float> allStars = ratings.Ratings;
        ReadOnlySpan<long> allTimes = ratings.Times;
        for (int p = 0; p < allItems.Length; p++)
        {
            if (rowOf[allItems[p]] >= 0)
                (rows[next], stars[next], times[next++]) = (rowOf[allItems[p]], allStars[p], allTimes[p]);
        }

        return new Interactions(ratings.UserCount, items, offsets, rows, stars, times);
    }

    private static Turn Restrict(Turn turn, int[] rowOf, bool[] candidate)
    {
        return turn with
        {
            Context = [.. turn.Context.Select(said => said with { Items = Kept(said.Items) })],
            Mentioned = Kept(turn.Mentioned),
            Targets = Kept(turn.Targets),
            Repeated = Kept(turn.Repeated),
        };

        int[] Kept(int[] items) => [.. items.Where(item => candidate[item]).Select(item => rowOf[item])];
    }
}
