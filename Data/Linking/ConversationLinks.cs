using Data.Importers;
using Data.Titles;

namespace Data.Linking;

/// <summary>Which rated movie each item of the conversations is, and why the others are none.</summary>
/// <remarks>
/// IMDb ids of conversation datasets were partly found by searching for the title, and are wrong in about one case of fifty: remakes,
/// sequels, namesakes. So an id is held against title and year. The same title and the same year outweigh another id. An id is refused
/// if title and year both differ, and if another item with the same id has the movie's title and year and this one has not.
/// An id that no links file lists, where there are links files, does not speak against a title.
/// </remarks>
internal sealed class ConversationLinks
{
    /// <summary>Years of one film differ by so many at most: made, first shown, shown elsewhere.</summary>
    private const int YearsApart = 2;

    private readonly IReadOnlyList<SourceItem> items;
    private readonly RatedMovies rated;
    private readonly TitleIndex index;
    private readonly LinkOptions options;

    private ConversationLinks(IReadOnlyList<SourceItem> items, RatedMovies rated, LinkOptions options)
    {
        (this.items, this.rated, this.options) = (items, rated, options);
        index = items.Count == 0 ? new TitleIndex([]) : rated.Index();
        Movies = new int[items.Count];
        Stages = new LinkStage[items.Count];
        for (int row = 0; row < items.Count; row++)
            (Movies[row], Stages[row]) = Link(items[row]);
        RefuseFalseDuplicates();
    }

    /// <summary>C rows: the rated movie, or -1.</summary>
    public int[] Movies { get; }

    /// <summary>C rows, meaningful where there is a movie.</summary>
    public LinkStage[] Stages { get; }

    public List<ItemLeftAlone> Unlinked { get; } = [];

    public List<ItemLeftAlone> Ambiguous { get; } = [];

    public List<ItemLeftAlone> Contradicted { get; } = [];

    public static ConversationLinks Of(IReadOnlyList<SourceItem> items, RatedMovies rated, LinkOptions options) => new(items, rated, options);

    private (int Movie, LinkStage Stage) Link(SourceItem item)
    {
        (string title, int? year) = TitleText.Parse(item.Title);
        TitleMatch match = index.Lookup(title, year, maxDistance: 0);
        bool exact = match is { Status: TitleMatchStatus.Found, How: TitleMatchKind.Exact };
        if (item.ImdbId is { } imdbId && rated.Find(imdbId) is { } byId)
        {
            RatedMovie movie = rated.All[byId];
            int apart = year is { } a && movie.Year is { } b ? Math.Abs(a - b) : 0;
            bool sameTitle = movie.IsCalled(title);
            if (exact && match.Item != byId && !(sameTitle && apart == 0))
                return (match.Item, LinkStage.TitleAndYear);
            return apart > 1 && !sameTitle
                ? Refuse(Contradicted, item, [byId])
                : (byId, LinkStage.ImdbId);
        }

        LinkStage? stage = match.How switch
        {
            TitleMatchKind.Exact => LinkStage.TitleAndYear,
            TitleMatchKind.YearOff when options.YearOff => LinkStage.YearOff,
            TitleMatchKind.TitleAlone when options.TitleAlone => LinkStage.TitleAlone,
            _ => null,
        };
        if (stage is null)
            return Refuse(Unlinked, item, []);
        if (match.Status == TitleMatchStatus.Ambiguous)
            return Refuse(Ambiguous, item, match.Candidates);

        // A named year that the movie cannot confirm leaves the title alone to speak: then any other id is a doubt.
        bool unconfirmed = stage == LinkStage.TitleAlone && year is not null;
        return !exact && SpeaksAgainst(item.ImdbId, rated.All[match.Item], strictly: unconfirmed)
            ? Refuse(Contradicted, item, match.Candidates)
            : (match.Item, stage.Value);
    }

    private bool SpeaksAgainst(string? imdbId, RatedMovie movie, bool strictly) => imdbId is not null && movie.ImdbId is not null
        && (strictly || rated.ListedImdbIds.Count == 0 || rated.ListedImdbIds.Contains(imdbId));

    /// <summary>The movie's title or the beginning of it, and about its year or none.</summary>
    private static bool Fits(SourceItem item, RatedMovie movie)
    {
        (string title, int? year) = TitleText.Parse(item.Title);
        bool near = year is null || movie.Year is null || Math.Abs(year.Value - movie.Year.Value) <= YearsApart;
        return near && (movie.IsCalled(title) || movie.BeginsWith(title));
    }

    /// <summary>Of items that one IMDb id makes one movie, those that do not fit it are refused if one fits.</summary>
    private void RefuseFalseDuplicates()
    {
        foreach (IGrouping<int, int> group in Enumerable.Range(0, items.Count).Where(row => Movies[row] >= 0).GroupBy(row => Movies[row]).Where(group => group.Count() > 1))
        {
            bool[] fits = [.. group.Select(row => Fits(items[row], rated.All[group.Key]))];
            if (!fits.Contains(true))
                continue;
            foreach ((int row, bool own) in group.Zip(fits))
            {
                if (!own && Stages[row] == LinkStage.ImdbId)
                    (Movies[row], _) = Refuse(Contradicted, items[row], [group.Key]);
            }
        }
    }

    private (int Movie, LinkStage Stage) Refuse(List<ItemLeftAlone> list, SourceItem item, IReadOnlyList<int> candidates)
    {
        list.Add(new ItemLeftAlone(item.Id, item.Title, [.. candidates.Select(candidate => rated.All[candidate].SourceTitle)]));
        return (-1, default);
    }
}
