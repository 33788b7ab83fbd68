using Data;
using Data.Titles;

namespace Workbench.Llm;

/// <summary>
/// Maps the titles that a model names to items: by normalised title and year, then by bounded edit distance. Safe to call from several threads.
/// </summary>
public sealed class TitleMatcher
{
    /// <summary>Titles between commas are joined to at most so many parts: "Crazy, Stupid, Love" has three.</summary>
    private const int MostParts = 3;

    private readonly TitleIndex _index;
    private readonly TitleTie? _tie;
    private readonly int _maxDistance;

    /// <param name="index">of the catalogue</param>
    /// <param name="tie">decides among items of one title, such as remakes that the model names without a year; without it they are refused as ambiguous</param>
    /// <param name="maxDistance">the greatest edit distance, 0 for none; short titles allow less</param>
    public TitleMatcher(TitleIndex index, TitleTie? tie = null, int maxDistance = TitleDistance.Most)
    {
        ArgumentNullException.ThrowIfNull(index);
        (_index, _tie, _maxDistance) = (index, tie, maxDistance);
    }

    /// <summary>Over a catalogue, remakes decided by popularity.</summary>
    /// <param name="items">I items</param>
    /// <param name="counts">I counts, e.g. of ratings</param>
    public TitleMatcher(IReadOnlyList<Item> items, IReadOnlyList<int> counts)
        : this(TitleIndex.Of(items, byParts: true), TitleTies.MostPopular(counts))
    {
    }

    /// <summary>Parses the reply and matches its titles.</summary>
    public MatchedReply Match(string reply) => Match(ReplyParser.Parse(reply));

    /// <returns>distinct item rows in order of first naming, and the counts</returns>
    public MatchedReply Match(IReadOnlyList<NamedTitle> titles)
    {
        var items = new List<int>();
        (int named, int exact, int byDistance, int ambiguous, int unmatched) = (0, 0, 0, 0, 0);
        for (int i = 0; i < titles.Count; named++)
        {
            TitleMatch match = Joined(titles, i, out int parts) ?? Lookup(titles[i]);
            if (match.Status == TitleMatchStatus.NotFound && Halves(titles[i]) is { } halves)
                (titles, match) = ([.. titles.Take(i), .. halves, .. titles.Skip(i + 1)], Lookup(halves[0]));

            i += parts;
            switch (match.Status)
            {
                case TitleMatchStatus.Found when match.How == TitleMatchKind.EditDistance:
                    byDistance++;
                    break;
                case TitleMatchStatus.Found:
                    exact++;
                    break;
                case TitleMatchStatus.Ambiguous:
                    ambiguous++;
                    continue;
                default:
                    unmatched++;
                    continue;
            }

            if (!items.Contains(match.Item))
                items.Add(match.Item);
        }

        return new MatchedReply([.. items], named, exact, byDistance, ambiguous, unmatched);
    }

    /// <summary>One word without a year is matched exactly or not at all: models name genres too, and "Adventure" is not "The Adventurer".</summary>
    private TitleMatch Lookup(NamedTitle named)
    {
        int most = named.Year is null && !named.Title.Contains(' ', StringComparison.Ordinal) ? 0 : _maxDistance;
        TitleMatch match = _index.Lookup(named.Title, named.Year, _tie, maxDistance: 0);
        if (match.Status == TitleMatchStatus.NotFound)
            match = OtherReadings.Match(_index, named, _tie) ?? match;
        return match.Status == TitleMatchStatus.NotFound && most > 0 ? _index.Lookup(named.Title, named.Year, _tie, most) : match;
    }

    /// <summary>"Up and Heat" at the end of a list between commas is two titles if both are items'; null otherwise.</summary>
    private NamedTitle[]? Halves(NamedTitle named)
    {
        int and = named.Title.LastIndexOf(" and ", StringComparison.Ordinal);
        if (!named.Inline || and < 0)
            return null;
        NamedTitle[] halves = [named with { Title = named.Title[..and], Year = null, Inline = false }, named with { Title = named.Title[(and + 5)..], Inline = false }];
        return halves.All(half => _index.Lookup(half.Title, half.Year, _tie, maxDistance: 0).Status == TitleMatchStatus.Found) ? halves : null;
    }

    /// <summary>An item whose title holds the commas between these parts, the longest; null if none does.</summary>
    private TitleMatch? Joined(IReadOnlyList<NamedTitle> titles, int first, out int parts)
    {
        for (parts = Math.Min(MostParts, titles.Count - first); parts > 1; parts--)
        {
            NamedTitle[] run = [.. titles.Skip(first).Take(parts)];
            if (!run.All(title => title.Inline) || run[..^1].Any(title => title.Year is not null))
                continue;
            TitleMatch match = _index.Lookup(string.Join(", ", run.Select(title => title.Title)), run[^1].Year, _tie, maxDistance: 0);
            if (match.Status == TitleMatchStatus.Found)
                return match;
        }

        parts = 1;
        return null;
    }
}
