using Data.Titles;

namespace Data.Importers.Conversations;

/// <summary>Finds the entities that INSPIRED's tables mean: they name films by title and year, the catalogue has DBpedia's addresses.</summary>
/// <remarks>
/// By title as <see cref="InspiredCatalogue"/> has it, for which items of one title are one. Of several addresses the one with the film's year counts,
/// else one without a year, else the first.
/// </remarks>
internal sealed class InspiredFilms
{
    private readonly Dictionary<string, List<(string Address, int? Year)>> addresses = new(StringComparer.Ordinal);

    public InspiredFilms(EntityTable entities)
    {
        foreach (string id in entities.Items)
        {
            var name = DbpediaName.Parse(entities.NameOf(id));
            foreach (string key in new[] { Exact(name.Title), Exact(name.PublishedTitle), Loose(name.PublishedTitle) }.Distinct())
            {
                if (!addresses.TryGetValue(key, out List<(string, int?)>? list))
                    addresses.Add(key, list = []);
                list.Add((entities.NameOf(id), name.Year));
            }
        }
    }

    /// <summary>The same dialogues with films linked to entities; a film that no item is called stays without a link.</summary>
    public InspiredDialogues[] Link(IEnumerable<InspiredDialogues> files) =>
    [
        .. files.Select(file => file with
        {
            Dialogues = [.. file.Dialogues.Select(dialogue => (dialogue.Place, (IReadOnlyList<InspiredDialogues.Message>)[.. dialogue.Messages.Select(Link)]))],
        }),
    ];

    /// <summary>Each film of the tables an item of its own.</summary>
    public static EntityCatalogue Catalogue(EntityTable films, ImportNotes notes)
    {
        notes.Count("movies", "films that the dialogues name, each an item", films.Items.Count);
        return new EntityCatalogue(
            [.. films.Items.Select(film => new SourceItem(film, film, [], null))],
            films.Items.Select((film, row) => (film, row)).ToDictionary(item => item.film, item => item.row),
            [.. films.Items.Select(film => EntityCatalogue.Forms([TitleText.Parse(film).Title]))]);
    }

    private InspiredDialogues.Message Link(InspiredDialogues.Message message) => message with
    {
        Films = [.. from film in message.Films let address = Find(film.Link) where address is not null select (film.Name, address)],
    };

    private string? Find(string film)
    {
        (string title, int? year) = TitleText.Parse(film);
        if (!addresses.TryGetValue(Exact(title), out List<(string Address, int? Year)>? found) && !addresses.TryGetValue(Loose(title), out found))
            return null;
        return found.OrderBy(entity => entity.Year == year ? 0 : entity.Year is null ? 1 : 2).First().Address;
    }

    // "The Arrival" is found under "Arrival" too, but after the film that is called so.
    private static string Exact(string title) => "=" + TitleNormalizer.NormalizeWithArticle(title);

    private static string Loose(string title) => TitleNormalizer.Normalize(title);
}
