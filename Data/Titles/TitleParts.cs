using System.Text.RegularExpressions;

namespace Data.Titles;

/// <summary>A part of a title by which people name the whole.</summary>
/// <param name="Title">the part</param>
/// <param name="NeedsYear">says too little without the year of release</param>
public readonly record struct TitlePart(string Title, bool NeedsYear);

/// <summary>Divides titles with subtitles: "Star Wars: Episode V - The Empire Strikes Back" is known by each of its parts.</summary>
public static partial class TitleParts
{
    /// <summary>Fewer words than this are a phrase that other films may be named by: "The Movie", "The Beginning".</summary>
    private const int LeastWords = 3;

    /// <summary>
    /// What comes before the last subtitle (alone if it counts, as "Terminator 2" and "Star Wars: Episode V" do, else only with the year),
    /// every subtitle to the end, and the first part with the last. None for a title without subtitles.
    /// </summary>
    public static IEnumerable<TitlePart> Of(string title)
    {
        Match[] divisions = [.. Division().Matches(title).Cast<Match>()];
        for (int i = 0; i < divisions.Length; i++)
        {
            string before = title[..divisions[i].Index], after = title[(divisions[i].Index + divisions[i].Length)..];
            string key = TitleNormalizer.Normalize(before);
            yield return new TitlePart(before, !(key.Any(char.IsAsciiDigit) && key.Any(char.IsLetter)));
            yield return new TitlePart(after, after.Split(' ').Length < LeastWords);
            if (i > 0)
                yield return new TitlePart($"{title[..divisions[0].Index]}: {after}", false);
        }
    }

    [GeneratedRegex(@"\s*:\s+|\s+[-\u2013\u2014]\s+|,?\s+[Oo]r:?\s+(?=\(|The\b|How\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Division();
}
