using Data.Titles;

namespace Data.Importers.Conversations;

/// <summary>Reddit-Movie's catalogue: entity2id.json maps "Title (year)" to an IMDb id, which is the entity's id in the turns.</summary>
internal static class ImdbCatalogue
{
    /// <summary>True if the items' ids are IMDb's.</summary>
    public static bool Fits(EntityTable entities) => entities.Items.All(id => id.Length > 2 && id.StartsWith("tt", StringComparison.Ordinal) && id.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0);

    public static EntityCatalogue Build(EntityTable entities, ImportNotes notes)
    {
        var items = new List<SourceItem>();
        var rowOf = new Dictionary<string, int>();
        var titles = new List<IReadOnlyList<string>>();
        foreach (string id in entities.Items)
        {
            string name = entities.NameOf(id);
            rowOf.Add(id, items.Count);
            items.Add(new SourceItem(id, name, [], id));
            titles.Add(EntityCatalogue.Forms([name, TitleText.Parse(name).Title]));
        }

        notes.Count(EntityTable.ItemsFile, "movies, all with an IMDb id", items.Count);
        return new EntityCatalogue(items, rowOf, titles);
    }
}
