using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbench.Llm;

/// <summary>Takes the title out of one entry of a list: "**Heat** (1995), by Michael Mann - a classic" is Heat, 1995.</summary>
internal static partial class ListEntry
{
    private const int MostWords = 14;

    /// <summary>Null if the entry is empty, a remark, or says itself that it is no film.</summary>
    public static FoundTitle? Read(string entry, bool inline = false)
    {
        string text = Bare(entry);
        if (text.Length == 0 || text[0] == '[')
            return null;
        if (Quoted().Match(text) is { Success: true } quoted && IsTheTitle(text, quoted))
            return Title(quoted.Groups["title"].Value, Year().Match(text, quoted.Index), inline);

        Match year = Year().Match(text);
        if (year.Success && year.Index > 0)
            return Title(text[..year.Index], year, inline);
        if (SaysNoFilm().IsMatch(text))
            return null;
        Match bareYear = BareYear().Match(text);
        if (bareYear.Success && bareYear.Index > 0)
            return Title(text[..bareYear.Index], bareYear, inline);
        text = WithoutRemark(text);
        text = TrailingGroups().Replace(text, "");
        if (text.Split(' ').Length > MostWords)
            text = Description().Replace(text, "");
        return text.Split(' ').Length > MostWords || GenreWords.IsGenre(text) ? null : Title(text, null, inline);
    }

    /// <summary>True of "England, Heat, Ronin, Crime fiction": hardly a title has three commas.</summary>
    public static bool IsList(string entry)
    {
        string text = WithoutRemark(Bare(entry));
        return Comma().Count(text) >= 3 && !(Quoted().Match(text) is { Success: true } quoted && IsTheTitle(text, quoted));
    }

    /// <summary>"Heat - a classic", "Heat by Michael Mann" and "Heat, directed by Michael Mann" without what follows the title.</summary>
    public static string WithoutRemark(string text)
    {
        Match remark = Remark().Match(text);
        return remark.Success && !IsSubtitle(text, remark) ? text[..remark.Index] : text;
    }

    /// <summary>"Mission: Impossible - Fallout" goes on after its dash; "Kill Bill: Vol. 1 - a tale of revenge" does not.</summary>
    private static bool IsSubtitle(string text, Match remark) =>
        text.AsSpan(0, remark.Index).Contains(": ", StringComparison.Ordinal)
        && InlineTitles.LooksLikeTitle(remark.Value.TrimStart(' ', '-', '\u2013', '\u2014'));

    /// <summary>Without emphasis, links and escapes.</summary>
    private static string Bare(string entry)
    {
        string text = Link().Replace(Emphasis().Replace(entry, ""), "${text}").Trim();
        return Escape().IsMatch(text) ? Uri.UnescapeDataString(text) : text;
    }

    /// <summary>A quote is the title if it begins the entry or comes after a colon or a dash, as in "Romance: "Before Sunrise"".</summary>
    private static bool IsTheTitle(string text, Match quoted)
    {
        string before = text[..quoted.Index].TrimEnd();
        return before.Length == 0 || before[^1] is ':' or '-' or '\u2013' or '\u2014';
    }

    private static FoundTitle? Title(string text, Match? year, bool inline)
    {
        // One quote alone is the rest of a pair that was cut off; an apostrophe inside a title is not touched.
        string title = text.Trim().Trim('"', '\u201C', '\u201D').TrimEnd(' ', ',', ';', ':', '.', '-', '\u2013', '\u2014').TrimStart(',', ';', ' ');
        if (!title.Any(char.IsLetterOrDigit))
            return null;
        return new FoundTitle(title, year is { Success: true } ? int.Parse(year.Groups["year"].Value, CultureInfo.InvariantCulture) : null, inline);
    }

    [GeneratedRegex(@"\*\*|__|`|^\*+|\*+$", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();

    // "[Heat](https://...)"
    [GeneratedRegex(@"\[(?<text>[^\[\]]+)\]\([^()\s]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    // "What About Bob%3F"
    [GeneratedRegex("%[0-9A-Fa-f]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    // Those inside parentheses divide nothing.
    [GeneratedRegex(@",\s+(?![^()]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    // "Heat, 1995", "Heat - 1995"
    [GeneratedRegex(@"\s*(?:,|\s[-\u2013\u2014])\s+(?<year>(?:18|19|20)\d\d)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BareYear();

    // A single quote opens only before a word and closes only after one, so that "What's" holds none.
    [GeneratedRegex("[\"\u201C\u00AB](?<title>[^\"\u201C\u201D\u00AB\u00BB]+)[\"\u201D\u00BB]|(?<![\\w])['\u2018](?<title>[^\u2018\u2019]+?)['\u2019](?!\\w)", RegexOptions.CultureInvariant)]
    internal static partial Regex Quoted();

    // "(1995)", "[1995]", "(1995 film)", "(2010, UK)", "(TV series, 2006-2009)"
    [GeneratedRegex(@"\s*[(\[](?:[^()\[\]]*[^\d()\[\]])?(?<year>(?:18|19|20)\d\d)(?:\D[^()\[\]]*)?[)\]]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    internal static partial Regex Year();

    // "(actor)", "(genre of Clue)", "(production company)"; not "(Genre: Romance)" or "(Director: Michael Mann)", which speak of a film.
    [GeneratedRegex(
        @"\((?:related |sub|music |film |movie |lead )?(?:actor|actress|director|genre|writer|screenwriter|producer|composer|author|novelist|editor|editing|cinematographer|cinematography|music|executive producer|voice actor|star|starring|singer|band|musician|country|location|place|city|state|company|studio|distributor|network|production company|production|franchise|language|cast|person|theme|topic|book|novel|song)s?(?:[\s/,&](?!:)[^():]*)?\)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SaysNoFilm();

    // " - a classic", " by Michael Mann", ", directed by ..."; "Stand by Me" and "Manchester by the Sea" hold no name of two words.
    [GeneratedRegex(
        @"\s+[-\u2013\u2014]\s+.*$|,?\s+(?:[Dd]irected|[Ww]ritten|[Pp]roduced|[Ss]tarring|[Ff]eaturing)\s+.*$|,?\s+by\s+(?:director\s+)?\p{Lu}[\w.'-]*(?:\s+\p{Lu}[\w.'-]*)+\.?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?<=\S)(?:\s*\([^()]*\)?)+\s*\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingGroups();

    [GeneratedRegex(@":\s.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Description();
}
