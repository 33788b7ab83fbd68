using System.Text.RegularExpressions;

namespace Workbench.Llm;

/// <summary>A row of a markdown table as an entry of a list: "| 1 | Heat | 1995 |" is Heat (1995).</summary>
internal static partial class TableRow
{
    /// <summary>Null for what is no row of a table; empty for its head and its rule.</summary>
    public static string? Read(string line)
    {
        if (line.Length < 3 || line[0] != '|' || line[^1] != '|')
            return null;
        string[] cells = [.. line[1..^1].Split('|').Select(cell => cell.Trim())];
        if (cells.All(cell => Rule().IsMatch(cell)) || cells.Any(cell => Head().IsMatch(cell)))
            return "";
        string title = cells.FirstOrDefault(cell => cell.Length > 0 && !Number().IsMatch(cell)) ?? "";
        string year = cells.FirstOrDefault(cell => Year().IsMatch(cell)) ?? "";
        return title.Length > 0 && year.Length > 0 ? $"{title} ({year})" : title;
    }

    [GeneratedRegex(@"^:?-+:?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(?:#|title|movie|film|name|year)s?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Head();

    [GeneratedRegex(@"^#?\d{1,3}[.)]?$|^(?:18|19|20)\d\d$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:18|19|20)\d\d$", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
