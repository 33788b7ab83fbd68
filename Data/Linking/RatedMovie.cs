using Data.Importers;
using Data.Importers.MovieLens;
using Data.Titles;

namespace Data.Linking;

/// <summary>A rated movie as all sources of ratings together know it.</summary>
internal sealed class RatedMovie(string idSpace, SourceItem first)
{
    private string[] titles = [];

    // Of all titles; made when conversations ask for them.
    private HashSet<string>? keys;
    private int? year;

    /// <summary>The id space and id under which it came first.</summary>
    public string IdSpace { get; } = idSpace;

    public string Id { get; } = first.Id;

    /// <summary>As the first source writes it.</summary>
    public string SourceTitle { get; } = first.Title;

    /// <summary>Without years, each once: the first source's first.</summary>
    public IReadOnlyList<string> Titles => titles;

    public int? Year => year;

    public string? ImdbId { get; private set; }

    public string? MovieLensId { get; private set; }

    public IReadOnlyList<string> Genres { get; private set; } = [];

    /// <summary>Of all sources.</summary>
    public long Ratings { get; set; }

    /// <summary>Whether a title, without its year, is one of this movie's, or a few letters from one.</summary>
    public bool IsCalled(string title) => TitleNormalizer.Variants(title).Select(Compact).Any(key => Keys.Contains(key) || Keys.Any(own =>
        TitleDistance.SameDigits(own, key) && EditDistance.Within(own, key, TitleDistance.Allowed(Math.Min(own.Length, key.Length), sameYear: true)) >= 0));

    /// <summary>Whether a title is the beginning of one of this movie's: "Anchorman".</summary>
    public bool BeginsWith(string title) => Compact(TitleNormalizer.Normalize(title)) is { Length: > 0 } key
        && Keys.Any(own => own.StartsWith(key, StringComparison.Ordinal));

    private HashSet<string> Keys => keys ??= titles.SelectMany(TitleNormalizer.Variants).Select(Compact).ToHashSet(StringComparer.Ordinal);

    private static string Compact(string key) => key.Replace(" ", "", StringComparison.Ordinal);

    /// <param name="space">of the item's id</param>
    /// <param name="item">one that is this movie</param>
    /// <param name="parsed">its title and year</param>
    public void Absorb(string space, SourceItem item, (string Title, int? Year) parsed)
    {
        (string title, int? itsYear) = parsed;
        if (!titles.Contains(title))
        {
            titles = [.. titles, title];
            keys = null;
        }

        year ??= itsYear;
        ImdbId ??= item.ImdbId;
        if (space == MovieLensSource.IdSpace)
            MovieLensId ??= item.Id;
        if (Genres.Count == 0)
            Genres = item.Genres;
    }
}
