namespace Data.Importers;

/// <summary>What an importer of ratings has read, before linking.</summary>
/// <param name="Name">e.g. <c>ml-1m</c></param>
/// <param name="IdSpace">sources with one id space share item ids: <c>movielens</c> for 1M and later, the source's own name otherwise</param>
/// <param name="Items">the catalogue, in the order of its file</param>
/// <param name="Users">prefixed by the source: <c>ml-1m:42</c></param>
/// <param name="Ratings">in the order of the file</param>
/// <param name="Licence">one line</param>
/// <param name="SkippedRows">malformed rows left out, on request only</param>
public sealed record RatingsSource(
    string Name,
    string IdSpace,
    IReadOnlyList<SourceItem> Items,
    IReadOnlyList<string> Users,
    RatingTable Ratings,
    string Licence,
    long SkippedRows)
{
    /// <summary>Every IMDb id that the links files list, of movies that are not here as well: ids that somebody has checked.</summary>
    public IReadOnlySet<string> ListedImdbIds { get; init; } = new HashSet<string>();
}

/// <summary>An item as one source knows it.</summary>
/// <param name="Id">in the source</param>
/// <param name="Title">as the source writes it, with the year in parentheses if it is written so</param>
/// <param name="Genres">may be empty</param>
/// <param name="ImdbId">with its prefix, e.g. <c>tt0114709</c>, if known</param>
public sealed record SourceItem(string Id, string Title, IReadOnlyList<string> Genres, string? ImdbId)
{
    /// <summary>Further columns, such as people and plot.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();
}

/// <summary>N ratings as columns, in the order of the file.</summary>
/// <param name="Users">N rows in the source's users</param>
/// <param name="Items">N rows in the source's items</param>
/// <param name="Values">N ratings; NaN where there is none</param>
/// <param name="Times">N Unix times, seconds</param>
public sealed record RatingTable(int[] Users, int[] Items, float[] Values, long[] Times)
{
    public int Count => Users.Length;
}
