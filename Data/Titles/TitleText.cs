using System.Globalization;
using System.Text.RegularExpressions;

namespace Data.Titles;

/// <summary>Reads titles as catalogues write them: "Shining, The (1980)", "Twelve Monkeys (a.k.a. 12 Monkeys) (1995)".</summary>
public static partial class TitleText
{
    // The first film was shot in 1888; a larger number in parentheses than this is no year of release.
    private const int FirstYear = 1880;
    private const int LastYear = 2099;

    /// <summary>
    /// Divides a title from its year. Other titles in parentheses stay, "(film)" and "(TV series)" go, runs of spaces become one.
    /// </summary>
    /// <returns>the title as written otherwise, and the year, or the first year of a span, if it ends with one in parentheses</returns>
    public static (string Title, int? Year) Parse(string text)
    {
        string title = Collapse(text);
        int? year = null;
        while (TrailingGroup(title) is { } group && group.Start > 0)
        {
            ReadOnlySpan<char> inside = title.AsSpan()[(group.Start + 1)..^1];
            if (year is null && YearOf(inside) is { } found)
                year = found;
            else if (!Qualifier().IsMatch(inside))
                break;
            title = title[..group.Start].TrimEnd();
        }

        return (title, year);
    }

    /// <summary>
    /// The main title and the other titles in parentheses at its end, without "a.k.a."; inner parentheses stay.
    /// A title that is all in parentheses, or begins so ("(500) Days of Summer"), is a main title.
    /// </summary>
    public static (string Main, IReadOnlyList<string> AlsoKnownAs) SplitAlsoKnownAs(string title)
    {
        string main = Collapse(title);
        if (TrailingGroup(main) is not { Start: > 0 })
            return (main, []);
        var others = new List<string>();
        while (TrailingGroup(main) is { } group && group.Start > 0)
        {
            string inside = main[(group.Start + 1)..^1];
            others.InsertRange(0, AlsoKnownAs().Split(inside).Select(other => other.Trim(' ', ',', ';', '/')).Where(other => other.Length > 0));
            main = main[..group.Start].TrimEnd();
        }

        return (main, others);
    }

    /// <summary>For reading: "Shining, The" becomes "The Shining", in other titles in parentheses too.</summary>
    public static string Display(string title)
    {
        (string main, IReadOnlyList<string> others) = SplitAlsoKnownAs(title);
        if (others.Count == 0)
            return Articles.MoveToFront(main);
        string kept = Collapse(title)[main.Length..];
        return Articles.MoveToFront(main) + ParenthesisedText().Replace(kept, match => Articles.MoveToFront(match.Value));
    }

    internal static string Collapse(string text) => HasRunOfSpaces(text) ? Spaces().Replace(text, " ").Trim() : text.Trim();

    /// <summary>Whether there is any space that is not a single blank.</summary>
    private static bool HasRunOfSpaces(string text)
    {
        char before = 'a';
        foreach (char letter in text)
        {
            if (char.IsWhiteSpace(letter) && (letter != ' ' || before == ' '))
                return true;
            before = letter;
        }

        return false;
    }

    /// <summary>Where the parenthesis that closes at the end of the text opens; null if there is none or it is unbalanced.</summary>
    private static (int Start, int Length)? TrailingGroup(string text)
    {
        if (text.Length < 2 || text[^1] is not (')' or ']'))
            return null;
        int depth = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            depth += text[i] switch { ')' or ']' => 1, '(' or '[' => -1, _ => 0 };
            if (depth == 0)
                return (i, text.Length - i);
        }

        return null;
    }

    /// <summary>The year that is all that parentheses hold, but for words like "film"; null if they hold something else.</summary>
    private static int? YearOf(ReadOnlySpan<char> inside)
    {
        // Nearly always four digits alone.
        if (inside.Length != 4 || inside.ContainsAnyExceptInRange('0', '9'))
        {
            string digits = YearGroup().Match(inside.ToString()).Groups["year"].Value;
            if (digits.Length == 0)
                return null;
            inside = digits;
        }

        int year = int.Parse(inside, NumberStyles.None, CultureInfo.InvariantCulture);
        return year is >= FirstYear and <= LastYear ? year : null;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    // "1995", "1995/II", "2001 film", "TV series 2006", "2006-2007", "2006- ", "1989 American film"
    [GeneratedRegex(
        @"^\s*(?:(?:tv|series|film|movie|video|mini-?series)\s+)*(?<year>[0-9]{4})(?:\s*/\s*[IVX]+)?(?:\s*[-\u2013\u2014]\s*(?:[0-9]{4})?)?(?:\s+[\w-]+)?(?:\s+(?:tv|film|movie|series|video|mini-?series|short))*\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex YearGroup();

    [GeneratedRegex(
        @"^\s*(?:\w+\s+)?(?:tv|film|movie|tv[ -]series|tv[ -]movie|tv[ -]film|tv[ -]mini-?series|mini-?series|video|v|vg)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"(?:^|[\s,;/]+)a\.?k\.?a\.?\s+|\s+/\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex AlsoKnownAs();

    [GeneratedRegex(@"[^()\[\]]+", RegexOptions.CultureInvariant)]
    private static partial Regex ParenthesisedText();
}
