using Trainers;

namespace Data.Splitting;

/// <summary>Which items are candidates of every row.</summary>
public enum CatalogueKind
{
    /// <summary>Items of the conversations with at least one rating: the paper's choice.</summary>
    Rated,

    /// <summary>Items of the conversations that are linked, rated or not.</summary>
    Linked,

    /// <summary>All items of conversations and ratings.</summary>
    All,
}

/// <summary>Which interactions train.</summary>
public enum TrainItems
{
    /// <summary>Those with items of the catalogue.</summary>
    Catalogue,

    /// <summary>All.</summary>
    All,
}

/// <summary>Chooses the catalogue.</summary>
public static class Catalogue
{
    /// <returns>whether each item is a candidate</returns>
    public static bool[] Choose(IReadOnlyList<Item> items, Interactions ratings, CatalogueKind kind)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(ratings);
        int[] counts = ratings.CountItems();
        var chosen = new bool[items.Count];
        for (int item = 0; item < chosen.Length; item++)
        {
            chosen[item] = kind switch
            {
                CatalogueKind.Rated => items[item].Origin.HasFlag(ItemOrigin.Conversations) && counts[item] > 0,
                CatalogueKind.Linked => items[item].Origin == ItemOrigin.Both,
                _ => true,
            };
        }

        return chosen;
    }
}
