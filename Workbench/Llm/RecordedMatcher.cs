using Data;
using Data.Importers.Conversations;

namespace Workbench.Llm;

/// <summary>
/// Takes the matches that the publisher of the replies recorded, instead of matching anew: a title counts if its nearest name in their
/// catalogue is within their bound.
/// </summary>
/// <remarks>
/// He et al. (2023): names at distance at most 2 are kept, in the order of the reply, repeats included, and a name that is an entity but no
/// item (an actor) takes a rank as well. To reach their figures keep all that, and drop the items mentioned before. Deviation: none.
/// </remarks>
public sealed class RecordedMatcher
{
    /// <summary>Their bound.</summary>
    public const int PublishedDistance = 2;

    private readonly Dictionary<string, int> _rowOf = new(StringComparer.Ordinal);
    private readonly int _maxDistance;

    /// <param name="titles">I titles, as the recorded matches write them, null for none; of equal ones the first counts</param>
    /// <param name="maxDistance">the greatest distance at which a nearest name counts</param>
    public RecordedMatcher(IReadOnlyList<string?> titles, int maxDistance = PublishedDistance)
    {
        ArgumentNullException.ThrowIfNull(titles);
        _maxDistance = maxDistance;
        for (int row = 0; row < titles.Count; row++)
        {
            if (titles[row] is { } title)
                _rowOf.TryAdd(title, row);
        }
    }

    /// <summary>
    /// Over a catalogue: by the column <c>recorded_title</c> if items have it (others, rated films of which nobody talks, then have no
    /// recorded title), else by title.
    /// </summary>
    /// <param name="items">I items</param>
    /// <param name="maxDistance">the greatest distance at which a nearest name counts</param>
    public static RecordedMatcher Of(IReadOnlyList<Item> items, int maxDistance = PublishedDistance)
    {
        bool recorded = items.Any(item => item.More.ContainsKey(InspiredTitles.Column));
        return new([.. items.Select(item => recorded ? item.More.GetValueOrDefault(InspiredTitles.Column) : item.Title)], maxDistance);
    }

    /// <summary>The recorded matches of a reply as item rows.</summary>
    /// <param name="reply">with <see cref="LlmReply.Matches"/></param>
    /// <param name="asPublished">keep repeats, and <see cref="MatchedReply.OffCatalogue"/> where the nearest name is no item; otherwise distinct items only</param>
    /// <exception cref="ArgumentException">The reply has no recorded matches.</exception>
    public MatchedReply Match(LlmReply reply, bool asPublished = true)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Matches is not { } matches)
            throw new ArgumentException($"The reply to turn {reply.Turn} has no recorded matches.", nameof(reply));
        var items = new List<int>();
        (int exact, int byDistance, int unmatched) = (0, 0, 0);
        foreach (RecordedMatch match in matches)
        {
            if (match.Distance > _maxDistance)
            {
                unmatched++;
                continue;
            }

            int row = _rowOf.GetValueOrDefault(match.Nearest, MatchedReply.OffCatalogue);
            if (row == MatchedReply.OffCatalogue)
                unmatched++;
            else if (match.Distance == 0)
                exact++;
            else
                byDistance++;
            if (asPublished || (row != MatchedReply.OffCatalogue && !items.Contains(row)))
                items.Add(row);
        }

        return new MatchedReply([.. items], matches.Count, exact, byDistance, 0, unmatched);
    }
}
