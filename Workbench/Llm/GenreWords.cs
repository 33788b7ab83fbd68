using System.Collections.Frozen;

namespace Workbench.Llm;

/// <summary>Names of genres, which models put among their titles: "Crime fiction", "Romantic comedy films".</summary>
internal static class GenreWords
{
    // "movie" is not here: "Superhero Movie" and "Scary Movie" are titles.
    private static readonly FrozenSet<string> Words = SetOf(
        """
        action adventure animation biography biopic comedies comedy crime documentaries documentary drama dramas fantasies fantasy
        fiction film films genre genres history horror humor humour melodrama movies music musical musicals mysteries mystery noir
        novel novels parody rom-com romance romances satire sci-fi slapstick suspense television thriller thrillers western westerns family
        """);

    /// <summary>Alone they are titles ("Spy", "Black"), before one of the others they are not.</summary>
    private static readonly FrozenSet<string> Qualifiers = SetOf(
        """
        animated arts biographical black children classic com coming-of-age contemporary cult dark dramatic dystopian epic erotic
        fi heist historical independent indie kids literary martial neo of period political psychological rom romantic satirical sci science
        spy sports superhero supernatural teen tv war and &
        """);

    /// <summary>True if every word is one that names a kind of films, or qualifies such a one.</summary>
    public static bool IsGenre(string text)
    {
        string[] words = text.Split([' ', '/', '-'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 5 && words.Any(Words.Contains) && words.All(word => Words.Contains(word) || Qualifiers.Contains(word))
            || Words.Contains(text);
    }

    private static FrozenSet<string> SetOf(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
