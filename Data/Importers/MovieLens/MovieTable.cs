using System.Text;
using Data.Text;
using Data.Storage;
using Data.Titles;
using Trainers;

namespace Data.Importers.MovieLens;

/// <summary>Movies as they are read: ids, titles, genres, and IMDb ids as they become known.</summary>
internal sealed class MovieTable
{
    private readonly List<(string Title, string[] Genres)> movies = [];
    private readonly List<long> lines = [];
    private readonly Dictionary<int, string> imdb = [];
    private readonly Dictionary<string, string[]> genresOfText = new(StringComparer.Ordinal);

    public NameTable Ids { get; } = new();

    /// <summary>All that links files list, of whatever movies.</summary>
    public HashSet<string> ListedImdbIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a movie.</summary>
    /// <returns>what is wrong with it, or null</returns>
    public string? Add(ReadOnlySpan<byte> id, string title, string[] genres, long line)
    {
        if (!NumberText.IsDigits(id))
            return $"\"{Encoding.UTF8.GetString(id)}\" is not a movie number";
        title = TitleText.Collapse(title);
        if (title.Length == 0)
            return "the movie has no title";
        int before = Ids.Find(id);
        if (before >= 0)
            return $"this movie number is on line {lines[before]} as well: keep one of the two";
        Ids.FindOrAdd(id, out _);
        movies.Add((title, genres));
        lines.Add(line);
        return null;
    }

    /// <summary><see cref="MovieLensSource.Genres"/>; movies of the same share one list.</summary>
    public string[] Genres(string text)
    {
        if (!genresOfText.TryGetValue(text, out string[]? genres))
            genresOfText.Add(text, genres = MovieLensSource.Genres(text));
        return genres;
    }

    /// <summary>Keeps the first IMDb id given for a movie.</summary>
    public void AddImdbId(ReadOnlySpan<byte> id, string imdbId)
    {
        ListedImdbIds.Add(imdbId);
        int movie = Ids.Find(id);
        if (movie >= 0)
            imdb.TryAdd(movie, imdbId);
    }

    /// <exception cref="UserErrorException">There is none.</exception>
    public void RequireAny(SourceFile file, string expected)
    {
        if (movies.Count == 0)
            throw new UserErrorException($"there are no movies in it: expected rows of {expected}", file.Path);
    }

    public SourceItem[] ToItems()
    {
        var items = new SourceItem[movies.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = new SourceItem(Encoding.UTF8.GetString(Ids[i]), movies[i].Title, movies[i].Genres, imdb.GetValueOrDefault(i));
        return items;
    }
}
