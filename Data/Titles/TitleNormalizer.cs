using System.Text;

namespace Data.Titles;

/// <summary>
/// Makes keys under which the same title, written differently, is the same text: words in lower case, without accents, punctuation
/// and leading article, numbers as digits.
/// </summary>
public static class TitleNormalizer
{
    /// <summary>The key of one title without its year: words divided by single spaces. The key of a key is itself.</summary>
    /// <returns>never empty unless the title is blank: a title of signs alone is its own key</returns>
    public static string Normalize(string title)
    {
        string moved = Articles.MoveToFront(TitleText.Collapse(title));
        List<string> words = TitleWords.Of(Fold(moved));
        return words.Count == 0 ? TitleText.Collapse(Fold(moved)) : string.Join(' ', words);
    }

    /// <summary>The key with the article that it drops: "Arrival" and "The Arrival" are two films.</summary>
    public static string NormalizeWithArticle(string title) => $"{Articles.Leading(TitleText.Collapse(title))} {Normalize(title)}".TrimStart();

    /// <summary>
    /// All keys of a title, best first and each once: of the main title, of the whole with its parentheses if it has any,
    /// then of the other titles in parentheses.
    /// </summary>
    public static IReadOnlyList<string> Variants(string title)
    {
        (string main, IReadOnlyList<string> others) = TitleText.SplitAlsoKnownAs(title);
        var keys = new List<string>();
        Add(main);
        if (others.Count > 0)
            Add(title);
        foreach (string other in others)
            Add(other);
        return keys;

        void Add(string variant)
        {
            string key = Normalize(variant);
            if (key.Length > 0 && !keys.Contains(key))
                keys.Add(key);
        }
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char letter in text)
            LetterFolding.Append(letter, folded);
        return folded.ToString();
    }
}
