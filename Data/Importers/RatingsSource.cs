using System.Collections.ObjectModel;

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
    public IReadOnlyDictionary<string, string> More { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>N ratings as columns, in the order of the file.</summary>
/// <param name="users">N rows in the source's users</param>
/// <param name="items">N rows in the source's items</param>
/// <param name="values">N ratings; NaN where there is none</param>
/// <param name="times">N Unix times, seconds</param>
/// <param name="count">N, where the columns are longer; null where N is their length</param>
public sealed class RatingTable(int[] users, int[] items, float[] values, long[] times, int? count = null)
{
    /// <summary>N.</summary>
    public int Count { get; } = count ?? users.Length;

    /// <summary>N rows in the source's users.</summary>
    public ReadOnlySpan<int> Users => users.AsSpan(0, Count);

    /// <summary>N rows in the source's items.</summary>
    public ReadOnlySpan<int> Items => items.AsSpan(0, Count);

    /// <summary>N ratings; NaN where there is none.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, Count);

    /// <summary>N Unix times, seconds.</summary>
    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    /// <summary>The columns; what is after the N-th row means nothing.</summary>
    internal (int[] Users, int[] Items, float[] Values, long[] Times) Columns => (users, items, values, times);
}
