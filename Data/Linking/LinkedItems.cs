using System.Collections.ObjectModel;
using Data.Importers;
using Data.Titles;

namespace Data.Linking;

/// <summary>Builds the one list of items: those of the conversations in their order, then rated movies alone.</summary>
internal sealed class LinkedItems
{
    private readonly List<Item> items = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public IReadOnlyList<Item> All => items;

    /// <summary>Adds an item.</summary>
    /// <param name="source">name of the source of conversations</param>
    /// <param name="talkedAbout">the items of the conversations that are this movie, in their order; may be empty</param>
    /// <param name="movie">the rated movie that they are, if there is one</param>
    /// <returns>its row</returns>
    public int Add(string source, IReadOnlyList<SourceItem> talkedAbout, RatedMovie? movie)
    {
        (string Title, int? Year)[] spoken = [.. talkedAbout.Select(item => TitleText.Parse(item.Title))];
        return Add(source, talkedAbout, movie, spoken, TitlesOf([.. spoken.Select(item => item.Title), .. movie?.Titles ?? []]));
    }

    /// <summary>Adds rated movies that no conversation names.</summary>
    /// <returns>the row of the first</returns>
    public int Add(IReadOnlyList<RatedMovie> movies, int threads)
    {
        var titles = new (string Main, string[] AlsoKnownAs)[movies.Count];
        RowParts.Run(titles.Length, threads, (_, begin, end) =>
        {
            for (int movie = begin; movie < end; movie++)
                titles[movie] = TitlesOf(movies[movie].Titles);
        });
        int first = items.Count;
        for (int movie = 0; movie < titles.Length; movie++)
            Add("", [], movies[movie], [], titles[movie]);
        return first;
    }

    private int Add(
        string source, IReadOnlyList<SourceItem> talkedAbout, RatedMovie? movie, (string Title, int? Year)[] spoken, (string Main, string[] AlsoKnownAs) titles)
    {
        // The year that the ratings' publisher gives is the surer one.
        int? year = movie?.Year ?? spoken.Select(item => item.Year).FirstOrDefault(known => known is not null);
        string? imdbId = movie?.ImdbId ?? talkedAbout.Select(item => item.ImdbId).FirstOrDefault(known => known is not null);
        IReadOnlyList<string> genres = movie is { Genres.Count: > 0 } ? movie.Genres : talkedAbout.Select(item => item.Genres).FirstOrDefault(known => known.Count > 0) ?? [];
        ItemOrigin origin = (movie is null ? ItemOrigin.None : ItemOrigin.Ratings) | (talkedAbout.Count == 0 ? ItemOrigin.None : ItemOrigin.Conversations);

        items.Add(new Item(Identify(source, talkedAbout, movie, imdbId), titles.Main, year, genres, movie?.MovieLensId, imdbId, origin)
        {
            More = More(talkedAbout, titles.AlsoKnownAs),
        });
        return items.Count - 1;
    }

    /// <summary>Of all titles of an item the main one, which is the first's, for reading, and the others.</summary>
    private static (string Main, string[] AlsoKnownAs) TitlesOf(IReadOnlyList<string> titles)
    {
        (string title, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(titles[0]);
        string main = TitleText.Display(title);
        if (others.Count == 0 && titles.Count == 1)
            return (main, []);
        return (main, AlsoKnownAs(main, others, titles.Skip(1)));
    }

    /// <summary>Other titles whose keys differ from the main one's and from each other's.</summary>
    private static string[] AlsoKnownAs(string main, IReadOnlyList<string> own, IEnumerable<string> further)
    {
        HashSet<string>? keys = null;
        var kept = new List<string>();
        foreach (string title in own.Concat(further.SelectMany(Split)))
        {
            string clean = TitleText.Display(title.Replace(Item.AlsoKnownAsSeparator, ' '));
            if (clean == main)
                continue; // As for nearly all movies: no key is needed.
            keys ??= new HashSet<string>(StringComparer.Ordinal) { TitleNormalizer.Normalize(main) };
            if (keys.Add(TitleNormalizer.Normalize(clean)))
                kept.Add(clean);
        }

        return [.. kept];

        static IEnumerable<string> Split(string title)
        {
            (string first, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(title);
            return others.Prepend(first);
        }
    }

    private static IReadOnlyDictionary<string, string> More(IReadOnlyList<SourceItem> talkedAbout, string[] alsoKnownAs)
    {
        if (talkedAbout.Count == 0 && alsoKnownAs.Length == 0)
            return ReadOnlyDictionary<string, string>.Empty;
        var more = new Dictionary<string, string>();
        foreach (SourceItem item in talkedAbout)
        {
            foreach ((string column, string text) in item.More)
                more.TryAdd(column, text);
        }

        if (alsoKnownAs.Length > 0)
            more[Item.AlsoKnownAsColumn] = string.Join(Item.AlsoKnownAsSeparator, alsoKnownAs);
        return more;
    }

    /// <summary>The first of these that no item has yet: the IMDb id, the MovieLens id, the source's own id.</summary>
    private string Identify(string source, IReadOnlyList<SourceItem> talkedAbout, RatedMovie? movie, string? imdbId)
    {
        if (imdbId is not null && ids.Add(imdbId))
            return imdbId;
        if (movie?.MovieLensId is { } movieLensId && $"ml{movieLensId}" is var id && ids.Add(id))
            return id;
        string own = movie is { MovieLensId: null } ? $"{movie.IdSpace}:{movie.Id}" : talkedAbout.Count > 0 ? $"{source}:{talkedAbout[0].Id}" : $"ml{movie!.MovieLensId}";
        if (ids.Add(own))
            return own;

        // Only an id that mimics another source's form comes here.
        int copy = 2;
        while (!ids.Add($"{own}#{copy}"))
            copy++;
        return $"{own}#{copy}";
    }
}
