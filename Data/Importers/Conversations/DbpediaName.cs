using System.Globalization;
using System.Text.RegularExpressions;

namespace Data.Importers.Conversations;

/// <summary>What a DBpedia address says of a film: <c>&lt;http://dbpedia.org/resource/It_(2017_film)&gt;</c>.</summary>
/// <param name="Label">"It (2017 film)"</param>
/// <param name="Title">"It", without what stands in parentheses at the end</param>
/// <param name="Year">2017, if the parentheses name one</param>
internal sealed partial record DbpediaName(string Label, string Title, int? Year)
{
    private const string Prefix = "<http://dbpedia.org/resource/";

    /// <summary>
    /// The title as He et al. (2023) derive it and as their recorded matches write it: the last part of the path, hyphens as spaces,
    /// nothing from the first parenthesis on. "Spider Man", and "Matrix" for <c>Black/Matrix</c>.
    /// </summary>
    public string PublishedTitle
    {
        get
        {
            string last = LastSegment(Label).Replace('-', ' ');
            int parenthesis = last.IndexOf(" (", StringComparison.Ordinal);
            return parenthesis > 0 && last.EndsWith(')') ? last[..parenthesis] : last;
        }
    }

    public static DbpediaName Parse(string address)
    {
        string label = address.StartsWith(Prefix, StringComparison.Ordinal) && address.EndsWith('>') ? address[Prefix.Length..^1] : address;
        label = Uri.UnescapeDataString(label).Replace('_', ' ').Trim();
        Match match = Qualified().Match(label);
        if (!match.Success)
            return new DbpediaName(label, label, null);
        Match year = YearWithin().Match(match.Groups["qualifier"].Value);
        return new DbpediaName(label, match.Groups["title"].Value, year.Success ? int.Parse(year.Value, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>What follows the last slash: some titles were linked to an address of which they are only that part.</summary>
    public static string LastSegment(string label) => label[(label.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^(?<title>.+?) \((?<qualifier>[^()]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\b(18|19|20)\d\d\b", RegexOptions.CultureInvariant)]
    private static partial Regex YearWithin();
}
