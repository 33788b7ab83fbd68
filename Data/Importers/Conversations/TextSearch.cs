using System.Text.RegularExpressions;

namespace Data.Importers.Conversations;

/// <summary>Finds titles in what people wrote.</summary>
internal static partial class TextSearch
{
    /// <summary>Single spaces, and characters instead of %-codes: ReDIAL writes "Why Him%3F  (2016)".</summary>
    public static string Clean(string text) => Spaces().Replace(Uri.UnescapeDataString(text), " ").Trim();

    /// <summary>Where the title stands as whole words, in any case; -1 if it does not.</summary>
    public static int IndexOfWords(string text, string title)
    {
        for (int at = 0; title.Length > 0 && (at = text.IndexOf(title, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + title.Length;
            bool starts = at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(title[0]);
            bool ends = end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(title[^1]);
            if (starts && ends)
                return at;
        }

        return -1;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
