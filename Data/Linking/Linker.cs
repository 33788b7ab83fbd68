using Data.Importers;
using Data.Titles;

namespace Data.Linking;

/// <summary>
/// Makes one catalogue of ratings and conversations. Sources of ratings that share an id space are joined by id, others by IMDb id or by
/// title and year; items of the conversations by IMDb id where both sides have one, else by title and year.
/// </summary>
/// <remarks>
/// Refused, and listed in the report: titles that fit several movies, and ids and titles that contradict each other.
/// Items of the conversations that are one rated movie, or have one IMDb id, become one item.
/// </remarks>
public static class Linker
{
    /// <param name="ratings">earlier sources name a movie first; may be empty</param>
    /// <param name="conversations">null if there are only ratings</param>
    /// <param name="options">which weaker links are made</param>
    /// <param name="threads">at most so many</param>
    public static LinkResult Link(IReadOnlyList<RatingsSource> ratings, ConversationSource? conversations, LinkOptions? options = null, int threads = 1)
    {
        var rated = new RatedMovies(ratings, threads);
        IReadOnlyList<SourceItem> spoken = conversations?.Items ?? [];
        var links = ConversationLinks.Of(spoken, rated, options ?? new LinkOptions());
        List<List<int>> groups = Group(spoken, links);

        var items = new LinkedItems();
        int[] conversationItems = new int[spoken.Count];
        int[] movieItems = new int[rated.All.Count];
        movieItems.AsSpan().Fill(-1);
        var merged = new List<MergedItems>();
        foreach (List<int> group in groups)
        {
            int movie = links.Movies[group[0]];
            int item = items.Add(conversations!.Name, [.. group.Select(row => spoken[row])], movie < 0 ? null : rated.All[movie]);
            foreach (int row in group)
                conversationItems[row] = item;
            if (movie >= 0)
                movieItems[movie] = item;
            if (group.Count > 1)
                merged.Add(new MergedItems(item, [.. group.Select(row => spoken[row].Title)]));
        }

        int[] alone = [.. Enumerable.Range(0, movieItems.Length).Where(movie => movieItems[movie] < 0)];
        int next = items.Add([.. alone.Select(movie => rated.All[movie])], threads);
        foreach (int movie in alone)
            movieItems[movie] = next++;

        int[][] ratingItems = [.. rated.Rows.Select(rows => Array.ConvertAll(rows, movie => movieItems[movie]))];
        var report = new LinkReport(
            conversations?.Name,
            spoken.Count,
            rated.All.Count,
            [.. Links(spoken, links, rated, conversationItems)],
            links.Movies.Count(movie => movie >= 0 && rated.All[movie].Ratings > 0),
            links.Unlinked,
            links.Ambiguous,
            links.Contradicted,
            merged,
            rated.Ambiguous,
            [.. LinkCounts.Of(ratings, ratingItems, conversations, conversationItems, items.All, threads)]);
        return new LinkResult(items.All, ratingItems, conversationItems, report);
    }

    /// <summary>Items of the conversations that are one movie, in the order of the first of each: one rated movie, or one IMDb id under one title.</summary>
    private static List<List<int>> Group(IReadOnlyList<SourceItem> spoken, ConversationLinks links)
    {
        var groups = new List<List<int>>();
        var byMovie = new Dictionary<int, List<int>>();
        var byImdbId = new Dictionary<(string, string), List<int>>();
        for (int row = 0; row < spoken.Count; row++)
        {
            List<int>? group = null;
            (string, string)? named = spoken[row].ImdbId is { } imdbId ? (imdbId, TitleNormalizer.Normalize(TitleText.Parse(spoken[row].Title).Title)) : null;
            if (links.Movies[row] >= 0)
                byMovie.TryGetValue(links.Movies[row], out group);
            else if (named is { } name)
                byImdbId.TryGetValue(name, out group);

            // Remakes that were given one IMDb id stay apart.
            if (links.Movies[row] < 0 && group is not null && YearsApart(spoken[row], spoken[group[0]]) > 1)
                group = null;
            if (group is null)
                groups.Add(group = []);
            group.Add(row);
            if (links.Movies[row] >= 0)
                byMovie.TryAdd(links.Movies[row], group);
            else if (named is { } own)
                byImdbId.TryAdd(own, group);
        }

        return groups;
    }

    private static int YearsApart(SourceItem one, SourceItem other) =>
        TitleText.Parse(one.Title).Year is { } a && TitleText.Parse(other.Title).Year is { } b ? Math.Abs(a - b) : 0;

    private static IEnumerable<ItemLink> Links(IReadOnlyList<SourceItem> spoken, ConversationLinks links, RatedMovies rated, int[] conversationItems)
    {
        for (int row = 0; row < spoken.Count; row++)
        {
            if (links.Movies[row] >= 0)
                yield return new ItemLink(links.Stages[row], conversationItems[row], spoken[row].Title, rated.All[links.Movies[row]].SourceTitle);
        }
    }
}
