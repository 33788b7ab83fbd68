using System.Text.Json;
using System.Text.RegularExpressions;
using Trainers;

namespace Data.Importers.Conversations;

/// <summary>ReDIAL's list of movies: movies.csv (<c>movieId,movieName</c>) with what id2info.json knows of each.</summary>
internal sealed partial class RedialMovies
{
    public const string NamesFile = "movies.csv";
    public const string InfoFile = "id2info.json";

    private static readonly string[] PeopleAndPlot = ["director", "writer", "star", "plot"];

    private readonly Dictionary<string, int> _rowOf = [];

    private RedialMovies(IReadOnlyList<SourceItem> items)
    {
        Items = items;
        for (int row = 0; row < items.Count; row++)
            _rowOf.Add(items[row].Id, row);
    }

    /// <summary>In the order of movies.csv; titles with their year where the list has it.</summary>
    public IReadOnlyList<SourceItem> Items { get; }

    /// <summary>The row of a movie id; null if the list lacks it.</summary>
    public int? RowOf(string id) => _rowOf.TryGetValue(id, out int row) ? row : null;

    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, NamesFile)) || File.Exists(Path.Combine(folder, InfoFile));

    /// <exception cref="UserErrorException">Both files are missing, or one is malformed.</exception>
    public static RedialMovies Load(string folder, ImportNotes notes)
    {
        var names = new Dictionary<string, string>();
        string namesPath = Path.Combine(folder, NamesFile);
        if (File.Exists(namesPath))
        {
            foreach ((string id, string name) in MovieNamesCsv.Read(namesPath, notes))
                names[id] = TextSearch.Clean(name);
        }
        else
            notes.Count(NamesFile, "names read: the file is missing, names come from " + InfoFile, 0);

        var items = new List<SourceItem>();
        using JsonDocument? info = !File.Exists(Path.Combine(folder, InfoFile)) && names.Count > 0
            ? null
            : SideFile.Open(folder, InfoFile, JsonValueKind.Object, "ReDIAL");
        Dictionary<string, JsonElement> infos = info is null ? [] : info.RootElement.EnumerateObject().ToDictionary(movie => movie.Name, movie => movie.Value);
        if (info is null)
            notes.Count(InfoFile, "movies with an IMDb id: the file is missing", 0);
        foreach ((string id, JsonElement movie) in infos)
            names.TryAdd(id, TextSearch.Clean(Text(movie, "name") ?? throw new UserErrorException($"movie {id} has no `name`", Path.Combine(folder, InfoFile))));
        foreach ((string id, string name) in names)
            items.Add(infos.TryGetValue(id, out JsonElement movie) ? Describe(id, name, movie, notes) : new SourceItem(id, name, [], null));
        Report(items, notes);
        return new RedialMovies(items);
    }

    private static void Report(List<SourceItem> items, ImportNotes notes)
    {
        notes.Count(NamesFile, "movies", items.Count);
        notes.Count(NamesFile, "movies with an IMDb id", items.Count(item => item.ImdbId is not null));
        int shared = items.Where(item => item.ImdbId is not null).GroupBy(item => item.ImdbId).Sum(group => group.Count() - 1);
        notes.Count(NamesFile, "movies whose IMDb id another movie has too", shared);
        notes.Count(NamesFile, "movies without a year", items.Count(item => !EndsWithYear().IsMatch(item.Title)));
        notes.Count(NamesFile, "movies with the name of another, told apart by id only", items.Count - items.DistinctBy(item => item.Title).Count());
    }

    private static SourceItem Describe(string id, string name, JsonElement movie, ImportNotes notes)
    {
        string? imdb = Text(movie, "imdb_id");
        if (imdb is not null && !ImdbId().IsMatch(imdb))
        {
            notes.List(InfoFile, "IMDb ids of another form, left out", imdb);
            imdb = null;
        }

        var more = new Dictionary<string, string>();
        foreach (string column in PeopleAndPlot)
        {
            if (Text(movie, column) is { Length: > 0 } text)
                more[column] = text;
        }

        string[] genres = Text(movie, "genre")?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new SourceItem(id, name, genres, imdb) { More = more };
    }

    /// <summary>A text, or a list of texts joined by "|"; null if absent.</summary>
    private static string? Text(JsonElement movie, string field)
    {
        if (movie.ValueKind != JsonValueKind.Object || !movie.TryGetProperty(field, out JsonElement value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Join('|', value.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString())),
            _ => null,
        };
    }

    [GeneratedRegex(@"^tt\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex ImdbId();

    [GeneratedRegex(@"\(\d{4}\)$", RegexOptions.CultureInvariant)]
    private static partial Regex EndsWithYear();
}
