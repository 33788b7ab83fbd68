using Data.Titles;

namespace Data.Importers.Conversations;

/// <summary>
/// INSPIRED's catalogue, by title: items of item_ids.json whose titles are the same, as He et al. (2023) write them, are one item,
/// because their recorded matches name titles and count a title that was mentioned as seen ("Blade Runner" the film and the franchise).
/// </summary>
/// <remarks>
/// Two items that one reply's <c>rec</c> holds side by side stay two: their table counts both. The one with a qualifier in its address keeps its
/// whole label as title. Years are those of the addresses, else those that the dialogues' <c>movie</c> lists name for the address most often.
/// </remarks>
internal static class InspiredCatalogue
{
    /// <param name="entities">the side files</param>
    /// <param name="rows">all rows of turns, for the pairs that stay apart</param>
    /// <param name="years">films that the dialogues name for an address, e.g. "Hustlers (2019)"</param>
    /// <param name="notes">told what was merged</param>
    public static EntityCatalogue Build(EntityTable entities, IEnumerable<TurnRow> rows, MovieVotes years, ImportNotes notes)
    {
        Dictionary<string, DbpediaName> names = entities.Items.ToDictionary(id => id, id => DbpediaName.Parse(entities.NameOf(id)));
        HashSet<string> apart = StayApart(rows, names);
        var items = new List<SourceItem>();
        var rowOf = new Dictionary<string, int>();
        var titles = new List<IReadOnlyList<string>>();
        foreach (IGrouping<string, string> group in entities.Items.GroupBy(id => apart.Contains(id) ? names[id].Label : names[id].PublishedTitle))
        {
            foreach (string id in group)
                rowOf.Add(id, items.Count);
            if (group.Count() > 1)
                notes.List(EntityTable.ItemsFile, "titles shared by several items, taken as one", $"{group.Key} ({group.Count()})");
            bool isApart = apart.Contains(group.First());
            (string title, int? year) = isApart ? (group.Key, null) : Name([.. group], names, entities, years);
            items.Add(new SourceItem(group.Key, year is null ? title : $"{title} ({year})", [], null)
            {
                More = new Dictionary<string, string> { [InspiredTitles.Column] = group.Key },
            });
            titles.Add(EntityCatalogue.Forms(new[] { title, group.Key }.Distinct()));
        }

        foreach (string id in apart)
            notes.List(EntityTable.ItemsFile, "items kept apart from another of their title, since one reply recommends both", names[id].Label);
        notes.Count(EntityTable.ItemsFile, "items by title", items.Count);
        notes.Count(EntityTable.ItemsFile, "items without a year", items.Count(item => TitleText.Parse(item.Title).Year is null));
        return new EntityCatalogue(items, rowOf, titles);
    }

    private static HashSet<string> StayApart(IEnumerable<TurnRow> rows, Dictionary<string, DbpediaName> names) =>
    [
        .. from row in rows
           from same in row.Rec.Distinct().GroupBy(id => names[id].PublishedTitle)
           from id in same.OrderBy(id => names[id].Label.Length).ThenBy(id => names[id].Label, StringComparer.Ordinal).Skip(1)
           select id,
    ];

    /// <summary>The film that the dialogues mean most often by these addresses, else what the addresses say.</summary>
    private static (string Title, int? Year) Name(string[] ids, Dictionary<string, DbpediaName> names, EntityTable entities, MovieVotes votes)
    {
        string first = ids.MaxBy(id => votes.CountOf(entities.NameOf(id)))!;
        DbpediaName name = names[first];
        (string Title, int? Year)? voted = votes.MostNamed(entities.NameOf(first)) is { } film ? TitleText.Parse(film) : null;
        string title = name.Label.Contains('/', StringComparison.Ordinal) && voted is not null ? voted.Value.Title : name.Title;
        int? year = name.Year ?? voted?.Year ?? ids.Select(id => names[id].Year).FirstOrDefault(known => known is not null);
        return (title, year);
    }
}
