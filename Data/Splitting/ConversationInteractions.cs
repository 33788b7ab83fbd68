using Trainers;

namespace Data.Splitting;

/// <summary>
/// Conversations as interactions, for <c>train_on: conversations</c> and <c>both</c>: a user is a seeker, or a dialogue
/// whose seeker is not known; their items are those mentioned in the dialogue and those of its replies.
/// </summary>
public static class ConversationInteractions
{
    /// <summary>
    /// An item counts once in a dialogue, at its first mention, in the order of the dialogue; a seeker's dialogues follow each
    /// other by time where that is known, else in the order of the turns.
    /// </summary>
    /// <param name="turns">with targets and mentions</param>
    /// <param name="itemCount">I</param>
    /// <param name="splits">those to use; a model is fitted on train, or validation where there is no train, never on test</param>
    /// <returns>users x I, users in order of first occurrence, no ratings, times 0 where they are not known</returns>
    public static Interactions Build(IReadOnlyList<Turn> turns, int itemCount, params ReadOnlySpan<Split> splits)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var userNumbers = new Dictionary<(bool IsSeeker, string Id), int>();
        var seen = new Dictionary<string, (HashSet<int> Items, long Time)>(StringComparer.Ordinal);
        (List<int> users, List<int> items, List<long> times) = ([], [], []);
        foreach (Turn turn in turns)
        {
            if (!splits.Contains(turn.Split))
                continue;
            var key = turn.User is { } seeker ? (true, seeker) : (false, turn.Conversation);

            // Times never descend within a dialogue, so that sorting by time keeps its order.
            (HashSet<int> Items, long Time) dialogue = seen.GetValueOrDefault(turn.Conversation, ([], long.MinValue));
            dialogue.Time = Math.Max(dialogue.Time, turn.Time ?? (dialogue.Time == long.MinValue ? 0 : dialogue.Time));
            seen[turn.Conversation] = dialogue;
            foreach (int item in turn.Mentioned.Concat(turn.Targets))
            {
                if (!dialogue.Items.Add(item))
                    continue;
                if (!userNumbers.TryGetValue(key, out int user))
                    userNumbers.Add(key, user = userNumbers.Count);
                users.Add(user);
                items.Add(item);
                times.Add(dialogue.Time);
            }
        }

        var none = new float[items.Count];
        none.AsSpan().Fill(float.NaN);
        return InteractionsBuilder.Build(userNumbers.Count, itemCount, users.ToArray(), items.ToArray(), none, times.ToArray(), 1);
    }

    /// <summary>Ratings and conversations together: the users of the first, then those of the second.</summary>
    /// <param name="ratings">U1 x I</param>
    /// <param name="conversations">U2 x I</param>
    /// <returns>(U1 + U2) x I</returns>
    /// <exception cref="ArgumentException">They are not over the same items.</exception>
    public static Interactions Union(Interactions ratings, Interactions conversations)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(conversations);
        if (ratings.ItemCount != conversations.ItemCount)
            throw new ArgumentException($"{ratings.ItemCount} items and {conversations.ItemCount} items are not the same.", nameof(conversations));

        return new Interactions(
            ratings.UserCount + conversations.UserCount,
            ratings.ItemCount,
            [.. ratings.Offsets, .. conversations.Offsets.Skip(1).Select(offset => ratings.Count + offset)],
            [.. ratings.Items, .. conversations.Items],
            [.. ratings.Ratings, .. conversations.Ratings],
            [.. ratings.Times, .. conversations.Times]);
    }
}
