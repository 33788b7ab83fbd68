using System.Text.Json;
using Data.Titles;
using Trainers;

namespace Data.Importers.Conversations.Reddit;

/// <summary>Reddit-Movie's own catalogue, id2name.json: IMDb ids to titles with years, as the posts' <c>processed</c> texts refer to them.</summary>
internal sealed class RedditCatalogue
{
    public const string NamesFile = "id2name.json";

    // Shorter numbers after "tt" are no ids of IMDb's.
    private const int FewestDigits = 7;

    private readonly List<SourceItem> items = [];
    private readonly Dictionary<string, int> rowOf = new(StringComparer.Ordinal);

    private RedditCatalogue()
    {
    }

    public IReadOnlyList<SourceItem> Items => items;

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, NamesFile));

    /// <exception cref="UserErrorException">The file is missing or holds something else.</exception>
    public static RedditCatalogue Load(string folder, ImportNotes notes)
    {
        using JsonDocument names = SideFile.Open(folder, NamesFile, JsonValueKind.Object, "Reddit-Movie");
        string path = Path.Combine(folder, NamesFile);
        var catalogue = new RedditCatalogue();
        foreach (JsonProperty movie in names.RootElement.EnumerateObject())
        {
            if (!movie.Name.StartsWith("tt", StringComparison.Ordinal) || movie.Name.Length < 2 + FewestDigits || movie.Name.AsSpan(2).ContainsAnyExceptInRange('0', '9'))
                throw new UserErrorException($"\"{movie.Name}\" is no IMDb id: expected ids such as tt0113277, each with its title; restore the file from its source", path);
            if (movie.Value.ValueKind != JsonValueKind.String)
                throw new UserErrorException($"{movie.Name}: a title must be a text, found {movie.Value.ValueKind}", path);
            catalogue.Add(movie.Name, movie.Value.GetString()!);
        }

        if (catalogue.items.Count == 0)
            throw new UserErrorException("the list of movies is empty: restore the file from its source", path);
        notes.Count(NamesFile, "movies, all with an IMDb id", catalogue.items.Count);
        return catalogue;
    }

    /// <summary>The same with the items of entity2id.json that are not in it, as turns of He et al. (2023) refer to them.</summary>
    public EntityCatalogue With(EntityTable entities, ImportNotes notes)
    {
        int before = items.Count;
        foreach (string id in entities.Items)
            Add(id, entities.NameOf(id));
        notes.Count(EntityTable.ItemsFile, $"movies that {NamesFile} does not have", items.Count - before);
        return new EntityCatalogue(items, rowOf, [.. items.Select(item => EntityCatalogue.Forms([item.Title, TitleText.Parse(item.Title).Title]))]);
    }

    /// <summary>The items that a processed text refers to, each once, in its order.</summary>
    /// <param name="text">with ids such as tt0113277 in the place of titles, whatever letters stand before and after</param>
    /// <param name="unknown">told of ids that have no title</param>
    public int[] Find(string text, Action<string> unknown)
    {
        List<int>? found = null;
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> rows = rowOf.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int at = 0; (at = text.IndexOf("tt", at, StringComparison.Ordinal)) >= 0;)
        {
            int digits = text.AsSpan(at + 2).IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - at - 2 : digits;
            ReadOnlySpan<char> id = text.AsSpan(at, 2 + digits);
            if (digits < FewestDigits)
            {
                at++;
                continue;
            }

            if (!rows.TryGetValue(id, out int row))
                unknown(id.ToString());
            else if (!(found ??= []).Contains(row))
                found.Add(row);
            at += 2 + digits;
        }

        return found is null ? [] : [.. found];
    }

    private void Add(string id, string title)
    {
        if (rowOf.TryAdd(id, items.Count))
            items.Add(new SourceItem(id, TitleText.Collapse(title), [], id));
    }
}
