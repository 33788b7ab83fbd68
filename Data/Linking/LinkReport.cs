namespace Data.Linking;

/// <summary>How an item of the conversations was linked, the surest first.</summary>
public enum LinkStage
{
    ImdbId,
    TitleAndYear,
    YearOff,
    TitleAlone,
}

/// <summary>One link, as the sources write both titles.</summary>
/// <param name="Stage">what linked it</param>
/// <param name="Item">row in the linked items</param>
/// <param name="ConversationTitle">as the conversations write it</param>
/// <param name="RatedTitle">as the ratings write it</param>
public sealed record ItemLink(LinkStage Stage, int Item, string ConversationTitle, string RatedTitle);

/// <summary>An item that was not linked.</summary>
/// <param name="Id">in its source</param>
/// <param name="Title">as its source writes it</param>
/// <param name="Candidates">rated movies that fit equally well, or the one that id or title alone would have linked; empty if there were none</param>
public sealed record ItemLeftAlone(string Id, string Title, IReadOnlyList<string> Candidates);

/// <summary>Several items of the conversations that are one movie.</summary>
/// <param name="Item">row in the linked items</param>
/// <param name="Titles">as the conversations write them, in their order</param>
public sealed record MergedItems(int Item, IReadOnlyList<string> Titles);

/// <summary>A row of the statistics of datasets.</summary>
/// <param name="Name">of the source, or what it is</param>
/// <param name="Interactions">ratings, or distinct pairs of seeker and item</param>
/// <param name="Users">with at least one interaction</param>
/// <param name="Items">with at least one interaction</param>
public sealed record DatasetCounts(string Name, long Interactions, int Users, int Items)
{
    /// <summary>Interactions / (users x items), 0 to 1.</summary>
    public double Density => Users == 0 || Items == 0 ? 0 : Interactions / ((double)Users * Items);
}

/// <summary>What linking did, item by item.</summary>
/// <param name="Conversations">name of the source of conversations; null if there is none</param>
/// <param name="ConversationItems">how many items it has</param>
/// <param name="RatedMovies">of all sources of ratings, after merging those that share an id space or a movie</param>
/// <param name="Links">items of the conversations that are linked, in their order</param>
/// <param name="WithRatings">items of the conversations that have at least one rating now</param>
/// <param name="Unlinked">items that fit no rated movie</param>
/// <param name="Ambiguous">items that fit several rated movies: refused</param>
/// <param name="Contradicted">items whose IMDb id and title speak for different movies: refused</param>
/// <param name="Merged">duplicates within the conversations</param>
/// <param name="AmbiguousRated">movies of a later source of ratings that fit several of an earlier one: kept apart</param>
/// <param name="Counts">each source, the ratings together, the conversations, and the ratings of linked items</param>
public sealed record LinkReport(
    string? Conversations,
    int ConversationItems,
    int RatedMovies,
    IReadOnlyList<ItemLink> Links,
    int WithRatings,
    IReadOnlyList<ItemLeftAlone> Unlinked,
    IReadOnlyList<ItemLeftAlone> Ambiguous,
    IReadOnlyList<ItemLeftAlone> Contradicted,
    IReadOnlyList<MergedItems> Merged,
    IReadOnlyList<ItemLeftAlone> AmbiguousRated,
    IReadOnlyList<DatasetCounts> Counts)
{
    /// <summary>How many items a stage linked.</summary>
    public int CountOf(LinkStage stage) => Links.Count(link => link.Stage == stage);

    /// <summary>The report as markdown: counts, the statistics of datasets, and every item that was not linked.</summary>
    public string ToMarkdown() => LinkReportMarkdown.Of(this);
}
