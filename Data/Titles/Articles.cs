using System.Collections.Frozen;

namespace Data.Titles;

/// <summary>Articles, which catalogues move behind a comma and people leave out.</summary>
internal static class Articles
{
    /// <summary>Dropped from the front of a key. Articles that begin other titles as well ("Die Hard", "Los Angeles") are not here.</summary>
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "the", "a", "an", "le", "la", "les", "el", "il", "gli", "der", "das",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Moved to the front when they follow a comma at the end of a title.</summary>
    private static readonly FrozenSet<string> Moved = Dropped.Concat(
    [
        "l'", "lo", "i", "un", "une", "uno", "una", "los", "las", "die", "den", "dem", "det", "de", "het", "ein", "eine",
        "o", "os", "as", "um", "uma", "en", "et", "ett", "dei",
    ]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsDropped(string word) => Dropped.Contains(word);

    /// <summary>The article that a key drops, in lower case; empty if the title has none.</summary>
    public static string Leading(string title)
    {
        string moved = MoveToFront(title.TrimStart());
        int space = moved.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && IsDropped(moved[..space]) ? moved[..space].ToLowerInvariant() : "";
    }

    /// <summary>"Shining, The" to "The Shining", "Avventura, L'" to "L'Avventura"; anything else as it is.</summary>
    public static string MoveToFront(string title)
    {
        int comma = title.LastIndexOf(',');
        if (comma <= 0)
            return title;
        string article = title[(comma + 1)..].Trim().Replace('\u2019', '\'');
        if (!Moved.Contains(article))
            return title;
        string rest = title[..comma].TrimEnd();
        return article.EndsWith('\'') ? article + rest : $"{article} {rest}";
    }
}
