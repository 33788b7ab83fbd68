using System.Collections.ObjectModel;

namespace Data;

/// <summary>Where an item is known from.</summary>
[Flags]
public enum ItemOrigin
{
    None = 0,
    Ratings = 1,
    Conversations = 2,

    /// <summary>Linked: known from both.</summary>
    Both = Ratings | Conversations,
}

/// <summary>A catalogue item: one row of items.csv. Its position in the list of items is its number everywhere else.</summary>
/// <param name="Id">unique within the dataset</param>
/// <param name="Title">without the year</param>
/// <param name="Year">of release, if known</param>
/// <param name="Genres">may be empty</param>
/// <param name="MovieLensId">in the id space of MovieLens-1M and later, if linked</param>
/// <param name="ImdbId">with its prefix, e.g. <c>tt0114709</c></param>
/// <param name="Origin">known from ratings, conversations or both</param>
public sealed record Item(
    string Id,
    string Title,
    int? Year,
    IReadOnlyList<string> Genres,
    string? MovieLensId,
    string? ImdbId,
    ItemOrigin Origin)
{
    /// <summary>Further columns of items.csv, such as people and plot: name to text.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The column of <see cref="More"/> that holds other titles of the item, divided by <see cref="AlsoKnownAsSeparator"/>.</summary>
    public const string AlsoKnownAsColumn = "also_known_as";

    public const char AlsoKnownAsSeparator = '|';

    /// <summary>"Heat (1995)", or the title alone if the year is not known.</summary>
    public string TitleWithYear => Year is { } year ? $"{Title} ({year})" : Title;
}
