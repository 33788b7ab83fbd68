using System.Text.RegularExpressions;

namespace Workbench.Llm;

/// <summary>Titles within running text: in quotes, between commas, or with a year.</summary>
internal static partial class InlineTitles
{
    public static int CountQuoted(string line) => ListEntry.Quoted().Count(line);

    /// <summary>In running text bold and italics are quotes: "try **Heat** or *Ronin*".</summary>
    public static string QuoteEmphasised(string line) =>
        Emphasised().Replace(line, match => match.Length < line.Length && LooksLikeTitle(match.Groups["text"].Value) ? $"\u201C{match.Groups["text"].Value}\u201D" : match.Value);

    /// <summary>What stands in quotes; a whole quoted sentence is none.</summary>
    public static IEnumerable<FoundTitle> Quoted(string line) =>
        from match in ListEntry.Quoted().Matches(line)
        let end = match.Index + match.Length
        let year = ListEntry.Year().Match(line, end)
        let own = year.Success && year.Index == end ? year.Value : ""
        let title = ListEntry.Read(match.Groups["title"].Value.Trim() + own)
        where title is not null && LooksLikeTitle(title.Value.Title)
        select title.Value;

    /// <summary>A line of titles: the parts between commas if most of them look like titles, else the line itself if it does; else none.</summary>
    /// <param name="line">without its speaker</param>
    /// <param name="parts">how many parts look like titles, those included that say they are no film</param>
    public static IEnumerable<FoundTitle> Line(string line, out int parts)
    {
        string bare = LeadIn().Replace(line, "");
        string[] all = [.. Separators().Split(bare).Select(part => part.Trim()).Where(part => part.Length > 0)];
        string[] titles = [.. all.Where(LooksLikeTitle)];
        parts = titles.Length;
        if (all.Length > 1 && titles.Length * 3 >= all.Length * 2)
            return titles.Select(part => ListEntry.Read(part, inline: true)).OfType<FoundTitle>();
        parts = LooksLikeTitle(bare) ? 1 : 0;
        return parts == 1 && ListEntry.Read(bare) is { } title ? [title] : [];
    }

    /// <summary>Runs of capitalised words before a year in parentheses.</summary>
    public static IEnumerable<FoundTitle> Dated(string line) => DatedTitle().Matches(line).Select(match => ListEntry.Read(match.Value.Trim())).OfType<FoundTitle>();

    public static bool EndsWithYear(string line) => ListEntry.Year().Matches(line).Any(year => year.Index + year.Length == line.Length);

    /// <summary>Short, begins with a capital or a digit, ends unlike a sentence, and most of its words are written as in a title.</summary>
    public static bool LooksLikeTitle(string text)
    {
        string bare = Groups().Replace(text, "").Trim(' ', '.', '"', '\'', '*');
        string[] words = bare.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 10 || !(char.IsUpper(bare[0]) || char.IsDigit(bare[0])) || Sentence().IsMatch(bare))
            return false;
        int written = words.Count(word => !char.IsLower(word[0]) || Small().IsMatch(word));
        return written * 4 >= words.Length * 3;
    }

    // Commas inside parentheses divide nothing; nor do those of a number such as 20,000, nor one before "the": "The Good, the Bad and the Ugly".
    [GeneratedRegex(@"(?:,(?!\d{3}|\s+(?:the|his|her)\s)|;)\s*(?:and\s+|or\s+)?(?![^()]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    // "Sure! Here are 20 movies: ", "I would recommend "
    [GeneratedRegex(
        @"^(?:[^,:]*\b(?:recommend(?:ations?|ed)?|suggest(?:ions?)?|movies?|films?|titles|following|list)\b[^,:]*:\s*|.*?\b(?:recommend|suggest|try|watch|enjoy|like|such as|including)\s+(?:watching\s+)?(?=[\p{Lu}\d]))",
        RegexOptions.CultureInvariant)]
    private static partial Regex LeadIn();

    [GeneratedRegex(@"(?<![*\w])(?<mark>\*{1,3})(?<text>[^*\s][^*]*)\k<mark>(?![*\w])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Emphasised();

    [GeneratedRegex(@"\s*\([^()]*\)?", RegexOptions.CultureInvariant)]
    private static partial Regex Groups();

    [GeneratedRegex(
        @"^(?:sure|sorry|apologies|apology|unfortunately|please|i'm|i am|i'd|i don|i can|i need|i have|i couldn|as an|the (?:information|provided|context|conversation)|here (?:are|is)|certainly|based on|got it|okay|ok|yes|no|of course|thank)\b|:$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|vs\.?|v|is|de|la|le|du|des|el|y|and|as|into|than|n|my|your|you|up|it|me|i)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Small();

    [GeneratedRegex(
        @"(?:[\p{Lu}\d][\w'\u2019.!?&:/-]*)(?:\s+(?:[\p{Lu}\d&][\w'\u2019.!?&:/-]*|a|an|the|of|in|on|at|to|for|from|by|with|and|vs\.?|is|de|la|le|into|my|you|it|me)){0,14}\s*\((?:18|19|20)\d\d\)",
        RegexOptions.CultureInvariant)]
    private static partial Regex DatedTitle();
}
