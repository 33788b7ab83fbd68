using Data.Importers;
using Data.Titles;

namespace Data.Linking;

/// <summary>The movies of all sources of ratings, each once: by id within an id space, else by IMDb id, else by title and year.</summary>
internal sealed class RatedMovies
{
    private readonly List<RatedMovie> movies = [];
    private readonly List<int[]> rows = [];
    private readonly List<ItemLeftAlone> ambiguous = [];
    private readonly Dictionary<string, Dictionary<string, int>> bySpaceAndId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byImdbId = new(StringComparer.Ordinal);

    public RatedMovies(IReadOnlyList<RatingsSource> sources, int threads)
    {
        foreach (RatingsSource source in sources)
        {
            rows.Add(Add(source, threads));
            ListedImdbIds.UnionWith(source.ListedImdbIds);
        }

        for (int s = 0; s < sources.Count; s++)
        {
            int[] counts = CountItems(sources[s].Ratings, rows[s].Length, threads);
            for (int item = 0; item < counts.Length; item++)
                movies[rows[s][item]].Ratings += counts[item];
        }
    }

    public IReadOnlyList<RatedMovie> All => movies;

    /// <summary>Per source: its item rows to movies.</summary>
    public IReadOnlyList<int[]> Rows => rows;

    public IReadOnlyList<ItemLeftAlone> Ambiguous => ambiguous;

    /// <summary>Of all links files; empty if no source had one.</summary>
    public HashSet<string> ListedImdbIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The movie with an IMDb id; the first that came with it.</summary>
    public int? Find(string imdbId) => byImdbId.TryGetValue(imdbId, out int movie) ? movie : null;

    /// <summary>All titles of all movies.</summary>
    public TitleIndex Index() => new(movies.SelectMany((movie, number) => movie.Titles.Select(title => new TitleEntry(number, title, movie.Year))));

    private static int[] CountItems(RatingTable ratings, int itemCount, int threads)
    {
        var ofParts = new int[Math.Max(1, threads)][];
        RowParts.Run(ratings.Count, ofParts.Length, (part, begin, end) =>
        {
            var counts = new int[itemCount];
            foreach (int item in ratings.Items[begin..end])
                counts[item]++;
            ofParts[part] = counts;
        });
        return [.. Enumerable.Range(0, itemCount).Select(item => ofParts.Sum(counts => counts[item]))];
    }

    private int[] Add(RatingsSource source, int threads)
    {
        // Titles matter only against other id spaces; within one, the id decides.
        bool otherSpaces = movies.Exists(movie => movie.IdSpace != source.IdSpace);
        TitleIndex? earlier = otherSpaces ? Index() : null;
        int[] rowsOfSource = new int[source.Items.Count];
        var titles = new (string Title, int? Year)[rowsOfSource.Length];
        RowParts.Run(titles.Length, threads, (_, begin, end) =>
        {
            for (int row = begin; row < end; row++)
                titles[row] = TitleText.Parse(source.Items[row].Title);
        });
        if (!bySpaceAndId.TryGetValue(source.IdSpace, out Dictionary<string, int>? byId))
            bySpaceAndId.Add(source.IdSpace, byId = new(rowsOfSource.Length, StringComparer.Ordinal));
        var taken = new HashSet<int>(rowsOfSource.Length);
        for (int row = 0; row < rowsOfSource.Length; row++)
        {
            SourceItem item = source.Items[row];
            int? known = byId.TryGetValue(item.Id, out int same) ? same : FindElsewhere(source, item, titles[row], earlier);

            // Two items of one source stay two.
            if (known is { } movie && taken.Add(movie))
            {
                movies[movie].Absorb(source.IdSpace, item, titles[row]);
            }
            else
            {
                movie = movies.Count;
                movies.Add(new RatedMovie(source.IdSpace, item));
                movies[movie].Absorb(source.IdSpace, item, titles[row]);
                taken.Add(movie);
            }

            byId.TryAdd(item.Id, movie);
            if (movies[movie].ImdbId is { } imdbId)
                byImdbId.TryAdd(imdbId, movie);
            rowsOfSource[row] = movie;
        }

        return rowsOfSource;
    }

    private int? FindElsewhere(RatingsSource source, SourceItem item, (string Title, int? Year) parsed, TitleIndex? earlier)
    {
        if (earlier is null)
            return null;
        if (item.ImdbId is { } imdbId && byImdbId.TryGetValue(imdbId, out int byImdb) && movies[byImdb].IdSpace != source.IdSpace)
            return byImdb;
        (string title, int? year) = parsed;
        if (year is null)
            return null;
        TitleMatch match = earlier.Lookup(title, year, maxDistance: 0);
        if (match.Status == TitleMatchStatus.Ambiguous)
            ambiguous.Add(new ItemLeftAlone($"{source.Name}:{item.Id}", item.Title, [.. match.Candidates.Select(candidate => movies[candidate].SourceTitle)]));
        bool contradicts = match.Status == TitleMatchStatus.Found && item.ImdbId is not null && movies[match.Item].ImdbId is { } other && other != item.ImdbId;
        return match is { Status: TitleMatchStatus.Found, How: TitleMatchKind.Exact or TitleMatchKind.YearOff } && !contradicts ? match.Item : null;
    }
}
