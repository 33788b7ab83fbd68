namespace Data.Titles;

public enum TitleMatchStatus
{
    NotFound,
    Found,

    /// <summary>Several items fit equally well, and nothing decided among them.</summary>
    Ambiguous,
}

/// <summary>How an item was found, the surest first.</summary>
public enum TitleMatchKind
{
    None,

    /// <summary>The same key and the same year.</summary>
    Exact,

    /// <summary>The same key, and years one apart: countries and festivals differ.</summary>
    YearOff,

    /// <summary>The same key, where one side names no year.</summary>
    TitleAlone,

    /// <summary>Keys a few letters apart, the years equal or one of them not known.</summary>
    EditDistance,
}

/// <summary>What a look-up found.</summary>
/// <param name="Status">found, not found or ambiguous</param>
/// <param name="Item">the item's number if found, else -1</param>
/// <param name="How">the stage that found it, or that found several</param>
/// <param name="Distance">Levenshtein's, between the keys; 0 except for <see cref="TitleMatchKind.EditDistance"/></param>
/// <param name="Candidates">the items that fit, ascending; one of them if found</param>
public sealed record TitleMatch(
    TitleMatchStatus Status,
    int Item,
    TitleMatchKind How,
    int Distance,
    IReadOnlyList<int> Candidates)
{
    public static TitleMatch NotFound { get; } = new(TitleMatchStatus.NotFound, -1, TitleMatchKind.None, 0, []);
}

/// <summary>Decides among items with the same title: the chosen number, or null to leave it ambiguous.</summary>
/// <param name="candidates">at least two items, ascending</param>
/// <param name="likelier">those of them with the article that was named; all of them where that says nothing</param>
public delegate int? TitleTie(IReadOnlyList<int> candidates, IReadOnlyList<int> likelier);

/// <summary>Ways to decide a tie.</summary>
public static class TitleTies
{
    /// <summary>People leave articles out: "Godfather" is the film that everybody knows, though another one lacks the article.</summary>
    private const double FarMore = 100;

    /// <summary>
    /// Takes the likelier item with the greatest count, or one that has a hundred times as much; equal counts stay undecided.
    /// </summary>
    /// <param name="counts">by item number</param>
    public static TitleTie MostPopular(IReadOnlyList<int> counts) => (candidates, likelier) =>
    {
        int most = candidates.Max(item => counts[item]);
        IReadOnlyList<int> among = most > FarMore * likelier.Max(item => counts[item]) && most >= FarMore / 4 ? candidates : likelier;
        int best = among.MaxBy(item => counts[item]);
        return among.Count(item => counts[item] == counts[best]) == 1 ? best : null;
    };
}
