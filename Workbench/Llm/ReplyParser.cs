using Data.Titles;

namespace Workbench.Llm;

/// <summary>
/// Reads the titles that a language model's reply names, in order and each once: from a numbered list, bullets, quotes, commas, bare lines
/// or JSON, whichever the reply uses. A refusal, or chatter without titles, gives none. A reply that was cut off gives what it has.
/// </summary>
/// <remarks>
/// Models also play the whole conversation: lines that begin with "User:" are not theirs to recommend and are passed over, "System:" is
/// taken off. A list entry may be a person, a genre or a country: where the model says so ("Brad Pitt (actor)"), or the entry is nothing but
/// the name of a genre without quotes and without a year, it is left out, else the matcher finds no item for it.
/// </remarks>
public static class ReplyParser
{
    /// <summary>Fewer bare lines or parts between commas than this are a sentence and no list.</summary>
    private const int LeastInARow = 3;

    public static IReadOnlyList<NamedTitle> Parse(string reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (JsonReply.Read(reply) is { } listed)
            return Distinct(listed);
        ReplyLine[] lines = [.. ReplyLine.Split(reply)];
        return Distinct(Titles(lines));
    }

    private static IEnumerable<FoundTitle> Titles(ReplyLine[] lines)
    {
        if (lines.Any(line => line.Kind == ReplyLineKind.Numbered))
            return lines.SelectMany(FromNumberedList);

        if (lines.Any(line => line.Kind == ReplyLineKind.Bullet))
            return lines.Where(line => line.Kind == ReplyLineKind.Bullet).SelectMany(line => Entry(line.Text));

        string[] free = [.. lines.Select(line => Refusal.Without(InlineTitles.QuoteEmphasised(line.Text))).Where(line => line.Length > 0)];
        if (free.Sum(InlineTitles.CountQuoted) >= 2)
            return free.SelectMany(InlineTitles.Quoted);

        (List<FoundTitle> rows, int parts) = ([], 0);
        foreach (string line in free)
        {
            rows.AddRange(InlineTitles.Line(line, out int inLine));
            parts += inLine;
        }

        if (parts >= LeastInARow)
            return rows;
        return free.SelectMany(InlineTitles.Dated).Concat(free.SelectMany(InlineTitles.Quoted));
    }

    /// <summary>In a numbered list, bullets are remarks on an entry unless they hold a title in quotes or with a year.</summary>
    private static IEnumerable<FoundTitle> FromNumberedList(ReplyLine line) => line.Kind switch
    {
        ReplyLineKind.Numbered => Entry(line.Text),
        ReplyLineKind.Bullet when InlineTitles.CountQuoted(line.Text) > 0 || InlineTitles.EndsWithYear(line.Text) => Entry(line.Text),
        _ => [],
    };

    /// <summary>One title, or a list of its own between commas.</summary>
    private static IEnumerable<FoundTitle> Entry(string text) =>
        ListEntry.IsList(text) ? InlineTitles.Line(text, out _) : ListEntry.Read(text) is { } title ? [title] : [];

    private static List<NamedTitle> Distinct(IEnumerable<FoundTitle> titles)
    {
        var seen = new HashSet<(string, int?)>();
        var named = new List<NamedTitle>();
        foreach (FoundTitle found in titles)
        {
            if (seen.Add((TitleNormalizer.NormalizeWithArticle(found.Title), found.Year)))
                named.Add(new NamedTitle(found.Title, found.Year, named.Count, found.Inline));
        }

        return named;
    }
}

/// <summary>A title as found, before repeats are left out.</summary>
internal readonly record struct FoundTitle(string Title, int? Year, bool Inline);
