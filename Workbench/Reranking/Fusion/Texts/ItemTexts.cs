using Data;
using Data.Titles;

namespace Workbench.Reranking.Fusion.Texts;

/// <summary>What is known of items in words, indexed. Columns that a dataset does not have index nothing.</summary>
internal sealed class ItemTexts
{
    private static readonly string[] PeopleColumns = ["director", "writer", "star", "stars", "actors", "cast", "directors", "writers"];
    private static readonly string[] PlotColumns = ["plot", "overview", "description", "synopsis"];

    internal ItemTexts(IReadOnlyList<Item> items)
    {
        Items = items;
        Titles = new TermIndex([.. items.Select(item => SpokenWords.Of(item.Title).Where(SpokenWords.IsSaid))]);
        Genres = new TermIndex([.. items.Select(item => item.Genres.SelectMany(genre => SpokenWords.Of(genre)))]);
        People = new TermIndex([.. items.Select(PeopleOf)]);
        Plots = new TermIndex([.. items.Select(item => PlotColumns.SelectMany(column => SpokenWords.Of(item.More.GetValueOrDefault(column, ""))).Where(SpokenWords.IsSaid))]);
        Stems = new TermIndex([.. items.Select(item => TitleStem.Of(item.Title))]);
        Names = new TermIndex([.. items.Select(item => PeopleOf(item).SelectMany(name => name.Split(' ')).Where(part => part.Length > 3))]);
    }

    internal IReadOnlyList<Item> Items { get; }

    /// <summary>Words of titles.</summary>
    internal TermIndex Titles { get; }

    /// <summary>Words of genres: "sci" and "fi" are two.</summary>
    internal TermIndex Genres { get; }

    /// <summary>Full names, their words divided by single spaces.</summary>
    internal TermIndex People { get; }

    /// <summary>Parts of names.</summary>
    internal TermIndex Names { get; }

    internal TermIndex Plots { get; }

    /// <summary>Titles without what tells the parts of a series apart.</summary>
    internal TermIndex Stems { get; }

    private static IEnumerable<string> PeopleOf(Item item) => PeopleColumns
        .SelectMany(column => item.More.GetValueOrDefault(column, "").Split('|', ';'))
        .Select(name => string.Join(' ', SpokenWords.Of(name)))
        .Where(name => name.Contains(' ', StringComparison.Ordinal))
        .Distinct();
}

/// <summary>What the titles of a series share.</summary>
internal static class TitleStem
{
    /// <summary>One stem, or none where nothing but a number would be left: the title up to its first colon or dash, without numbers at the end.</summary>
    internal static string[] Of(string title)
    {
        int cut = title.IndexOfAny([':', '(']);
        if (cut < 0)
            cut = title.IndexOf(" - ", StringComparison.Ordinal);
        List<string> words = [.. TitleNormalizer.Normalize(cut > 2 ? title[..cut] : title).Split(' ')];
        while (words.Count > 1 && (char.IsAsciiDigit(words[^1][0]) || words[^1] == "part"))
            words.RemoveAt(words.Count - 1);
        string stem = string.Join(' ', words);
        return stem.Length > 2 ? [stem] : [];
    }
}
