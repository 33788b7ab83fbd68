using System.Globalization;
using System.Text.RegularExpressions;
using Data.Titles;

namespace Workbench.Llm;

/// <summary>What a named title may mean that is not in the catalogue as it stands: "Adam Sandler: Happy Gilmore (1996)", "Heat 1995".</summary>
/// <remarks>
/// With a year, every reading counts that some item has under exactly that year. Without one a colon is trusted only where it cannot
/// divide a title from its subtitle: after a genre, or after something that is no title and no sequel's number ("Avengers: Endgame" never means "Endgame").
/// </remarks>
internal static partial class OtherReadings
{
    /// <returns>the match of the first reading that has one; null if none does</returns>
    public static TitleMatch? Match(TitleIndex index, NamedTitle named, TitleTie? tie)
    {
        if (named.Year is { } year)
        {
            return Dated(named.Title).Select(title => index.Lookup(title, year, tie, maxDistance: 0))
                .FirstOrDefault(match => match is { Status: TitleMatchStatus.Found, How: TitleMatchKind.Exact });
        }

        if (EndsWithYear().Match(named.Title) is { Success: true, Index: > 0 } dated
            && index.Lookup(named.Title[..dated.Index], int.Parse(dated.Groups["year"].Value, CultureInfo.InvariantCulture), tie, 0) is { Status: TitleMatchStatus.Found, How: TitleMatchKind.Exact } exact)
        {
            return exact;
        }

        return Undated(index, named.Title).Select(title => index.Lookup(title, null, tie, maxDistance: 0)).FirstOrDefault(match => match.Status == TitleMatchStatus.Found);
    }

    private static IEnumerable<string> Dated(string title)
    {
        foreach (Match colon in Colon().Matches(title).Cast<Match>())
            yield return title[(colon.Index + colon.Length)..];
        foreach (Match colon in Colon().Matches(title).Cast<Match>())
            yield return title[..colon.Index];
        foreach (string name in title.Split(" / "))
            yield return name;
        string bare = ListEntry.WithoutRemark(title);
        if (bare.Length > 0 && bare.Length < title.Length)
            yield return bare;
    }

    private static IEnumerable<string> Undated(TitleIndex index, string title)
    {
        if (People().Match(title) is { Success: true, Index: > 0 } people)
            yield return title[..people.Index];
        foreach (string name in title.Contains(" / ", StringComparison.Ordinal) ? title.Split(" / ") : [])
            yield return name;
        Match colon = Colon().Match(title);
        if (!colon.Success)
            yield break;
        string before = title[..colon.Index], after = title[(colon.Index + colon.Length)..].Trim('"', '\u201C', '\u201D', ' ');
        if (GenreWords.IsGenre(before))
            yield return after;
        else if (GenreWords.IsGenre(after))
            yield return before;
        else if (!index.Knows(before) && !before.Any(char.IsAsciiDigit) && TitleNormalizer.Normalize(after).Contains(' ', StringComparison.Ordinal))
            yield return after;
    }

    // "Happy Gilmore with Adam Sandler"
    [GeneratedRegex(@"\s+with\s+\p{Lu}[\w.'-]*(?:\s+\p{Lu}[\w.'-]*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex People();

    [GeneratedRegex(@"\s*:\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Colon();

    [GeneratedRegex(@"\s+(?<year>(?:18|19|20)\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EndsWithYear();
}
