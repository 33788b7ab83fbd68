using Data.Importers;
using Data.Titles;

namespace Data.Linking;

/// <summary>Which rated movie each item of the conversations is, and why the others are none.</summary>
internal sealed class ConversationLinks
{
    /// <summary>C rows: the rated movie, or -1.</summary>
    public required int[] Movies { get; init; }

    /// <summary>C rows, meaningful where there is a movie.</summary>
    public required LinkStage[] Stages { get; init; }

    public List<ItemLeftAlone> Unlinked { get; } = [];

    public List<ItemLeftAlone> Ambiguous { get; } = [];

    public List<ItemLeftAlone> Contradicted { get; } = [];

    public static ConversationLinks Of(IReadOnlyList<SourceItem> items, RatedMovies rated, LinkOptions options)
    {
        TitleIndex index = rated.Index();
        var links = new ConversationLinks { Movies = new int[items.Count], Stages = new LinkStage[items.Count] };
        for (int row = 0; row < items.Count; row++)
            (links.Movies[row], links.Stages[row]) = links.Link(items[row], rated, index, options) ?? (-1, default);
        return links;
    }

    private (int Movie, LinkStage Stage)? Link(SourceItem item, RatedMovies rated, TitleIndex index, LinkOptions options)
    {
        if (item.ImdbId is { } imdbId && rated.Find(imdbId) is { } known)
            return (known, LinkStage.ImdbId);

        (string title, int? year) = TitleText.Parse(item.Title);
        TitleMatch match = index.Lookup(title, year, maxDistance: 0);
        LinkStage? stage = match.How switch
        {
            TitleMatchKind.Exact => LinkStage.TitleAndYear,
            TitleMatchKind.YearOff when options.YearOff => LinkStage.YearOff,
            TitleMatchKind.TitleAlone when options.TitleAlone => LinkStage.TitleAlone,
            _ => null,
        };
        if (match.Status == TitleMatchStatus.NotFound || stage is null)
        {
            Unlinked.Add(new ItemLeftAlone(item.Id, item.Title, []));
            return null;
        }

        var left = new ItemLeftAlone(item.Id, item.Title, [.. match.Candidates.Select(candidate => rated.All[candidate].SourceTitle)]);
        if (match.Status == TitleMatchStatus.Ambiguous)
        {
            Ambiguous.Add(left);
            return null;
        }

        if (item.ImdbId is not null && rated.All[match.Item].ImdbId is not null)
        {
            Contradicted.Add(left);
            return null;
        }

        return (match.Item, stage.Value);
    }
}
