namespace Data.Importers.Conversations;

/// <summary>A catalogue of which each item is one or more entities.</summary>
/// <param name="Items">the catalogue</param>
/// <param name="RowOf">entity id to row, for entities that are items</param>
/// <param name="Titles">per row, the titles under which texts may name the item, fullest first</param>
internal sealed record EntityCatalogue(
    IReadOnlyList<SourceItem> Items,
    IReadOnlyDictionary<string, int> RowOf,
    IReadOnlyList<IReadOnlyList<string>> Titles)
{
    /// <summary>A title and the shorter forms that people use: without the article, before the colon, after the colon.</summary>
    public static IReadOnlyList<string> Forms(IEnumerable<string> titles)
    {
        var forms = new List<string>();
        foreach (string title in titles)
        {
            Add(title);
            Add(title.Replace('-', ' '));
            Add(WithoutArticle(title));
            int colon = title.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            Add(title[(colon + 1)..].Trim());
            Add(WithoutArticle(title[(colon + 1)..].Trim()));
            Add(title[..colon].Trim());
        }

        return forms;

        // Shorter forms than this are words of any sentence.
        void Add(string form)
        {
            if (form.Length > 3 || forms.Count == 0)
                forms.Add(form);
        }
    }

    private static string WithoutArticle(string title) =>
        title.StartsWith("The ", StringComparison.OrdinalIgnoreCase) ? title[4..] : title.StartsWith("A ", StringComparison.OrdinalIgnoreCase) ? title[2..] : title;
}

/// <summary>
/// Takes a turn's items from its entity ids, and looks in the text only for where they are named: for INSPIRED and Reddit-Movie.
/// </summary>
internal sealed class EntityTurnLinker(EntityCatalogue catalogue, ImportNotes notes) : ITurnLinker
{
    public IReadOnlyList<SourceItem> Items => catalogue.Items;

    public TurnItems Link(TurnRow row)
    {
        var spots = new List<TitleSpot>[row.Context.Count];
        for (int i = 0; i < spots.Length; i++)
            spots[i] = [];
        var unplaced = new List<int>();
        string[] texts = [.. row.Context.Select(said => TextSearch.Clean(said.Text))];
        foreach (int item in RowsOf(row.Previous).Distinct())
        {
            if (!Place(item, texts, spots))
                unplaced.Add(item);
        }

        notes.Count(Path.GetFileName(row.Row.File), "items mentioned before a reply without their title in an utterance: taken as older than the rest", unplaced.Count);
        return new TurnItems([.. spots.Select(InOrder)], unplaced, [.. RowsOf(row.Rec)]);
    }

    /// <summary>Rows of those that are items.</summary>
    public IEnumerable<int> RowsOf(IEnumerable<string> entities) => entities.Where(catalogue.RowOf.ContainsKey).Select(id => catalogue.RowOf[id]);

    /// <summary>Every utterance that names the item by its fullest form found.</summary>
    private bool Place(int item, string[] texts, List<TitleSpot>[] spots)
    {
        foreach (string form in catalogue.Titles[item])
        {
            bool placed = false;
            for (int i = 0; i < texts.Length; i++)
            {
                int at = TextSearch.IndexOfWords(texts[i], form);
                if (at < 0)
                    continue;
                spots[i].Add(new TitleSpot(at, item));
                placed = true;
            }

            if (placed)
                return true;
        }

        return false;
    }

    private static int[] InOrder(List<TitleSpot> spots) => [.. spots.OrderBy(spot => spot.Position).Select(spot => spot.Item)];
}
