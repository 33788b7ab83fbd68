using Data.Importers;

namespace Data.Linking;

/// <summary>The statistics that papers print of their datasets: interactions, users, items, density.</summary>
internal static class LinkCounts
{
    public static IEnumerable<DatasetCounts> Of(
        IReadOnlyList<RatingsSource> ratings,
        IReadOnlyList<int[]> ratingItems,
        ConversationSource? conversations,
        int[] conversationItems,
        IReadOnlyList<Item> items,
        int threads)
    {
        var one = new DatasetCounts[ratings.Count];
        for (int s = 0; s < one.Length; s++)
            one[s] = Ratings(ratings[s].Name, [ratings[s]], [ratingItems[s]], items, _ => true, threads);
        foreach (DatasetCounts counts in one)
            yield return counts;
        if (ratings.Count > 1)
            yield return Ratings("ratings together", ratings, ratingItems, items, _ => true, threads);
        if (conversations is null)
            yield break;
        yield return Mentions(conversations, conversationItems, items.Count);
        if (ratings.Count > 0)
            yield return Ratings("ratings of linked items", ratings, ratingItems, items, item => item.Origin == ItemOrigin.Both, threads);
    }

    private static DatasetCounts Ratings(
        string name, IReadOnlyList<RatingsSource> sources, IReadOnlyList<int[]> rows, IReadOnlyList<Item> items, Func<Item, bool> counts, int threads)
    {
        bool[] counted = [.. items.Select(counts)], seenItem = new bool[items.Count];
        long interactions = 0;
        int users = 0;
        for (int s = 0; s < sources.Count; s++)
        {
            RatingTable table = sources[s].Ratings;
            bool[] seenUser = new bool[sources[s].Users.Count];
            int[] rowOf = rows[s];

            // All threads write one thing only, true: no order matters.
            RowParts.Run(table.Count, threads, (_, begin, end) =>
            {
                int inPart = 0;
                ReadOnlySpan<int> itemRows = table.Items, userRows = table.Users;
                for (int r = begin; r < end; r++)
                {
                    int item = rowOf[itemRows[r]];
                    if (!counted[item])
                        continue;
                    inPart++;
                    int user = userRows[r];

                    // Lines of the cache that are not written to can be read by all threads at once.
                    if (!seenItem[item])
                        seenItem[item] = true;
                    if (!seenUser[user])
                        seenUser[user] = true;
                }

                Interlocked.Add(ref interactions, inPart);
            });

            users += seenUser.Count(seen => seen);
        }

        return new DatasetCounts(name, interactions, users, seenItem.Count(seen => seen));
    }

    /// <summary>Distinct pairs of seeker and item, of all turns; a dialogue without a known seeker is a seeker.</summary>
    private static DatasetCounts Mentions(ConversationSource conversations, int[] rows, int itemCount)
    {
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new HashSet<long>();
        bool[] seen = new bool[itemCount];
        int active = 0;
        foreach (Turn turn in conversations.Turns)
        {
            string seeker = turn.User is { } user ? "user " + user : "conversation " + turn.Conversation;
            foreach (int row in turn.Mentioned.Concat(turn.Targets).Concat(turn.Repeated))
            {
                if (users.TryAdd(seeker, active))
                    active++;
                seen[rows[row]] = true;
                pairs.Add(((long)users[seeker] * itemCount) + rows[row]);
            }
        }

        return new DatasetCounts($"{conversations.Name} (conversations)", pairs.Count, active, seen.Count(item => item));
    }
}
