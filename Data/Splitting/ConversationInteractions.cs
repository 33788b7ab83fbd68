using Trainers;

namespace Data.Splitting;

/// <summary>Interactions with the names of their users.</summary>
public sealed record UserInteractions(Interactions Interactions, IReadOnlyList<string> Users);

/// <summary>What people say of items, as interactions: conversations to learn from.</summary>
/// <remarks>
/// The user is the seeker where known, else the dialogue. A turn's time is its own where known; all else keeps the order of the turns.
/// Ratings are NaN: a mention is no star.
/// </remarks>
public static class ConversationInteractions
{
    /// <summary>(seeker, item) for what a dialogue mentions or recommends, each item once per dialogue, in order.</summary>
    /// <param name="turns">of the splits that may be learned from</param>
    /// <param name="itemCount">I</param>
    public static UserInteractions Build(IReadOnlyList<Turn> turns, int itemCount)
    {
        var said = new HashSet<(string Conversation, int Item)>();
        return Collect(turns, itemCount, turn => ((int[])[.. turn.Mentioned, .. turn.Repeated, .. turn.Targets]).Where(item => said.Add((turn.Conversation, item))));
    }

    /// <summary>(seeker, target), one per turn and target: what is recommended, not what is talked about.</summary>
    public static UserInteractions Targets(IReadOnlyList<Turn> turns, int itemCount) => Collect(turns, itemCount, turn => turn.Targets);

    /// <summary>The raters, then the seekers, over the same items.</summary>
    public static UserInteractions Union(Interactions ratings, IReadOnlyList<string> raters, UserInteractions spoken)
    {
        Interactions said = spoken.Interactions;
        long[] offsets = [.. ratings.Offsets, .. said.Offsets.Skip(1).Select(offset => offset + ratings.Count)];
        var union = new Interactions(
            ratings.UserCount + said.UserCount, ratings.ItemCount, offsets,
            (int[])[.. ratings.Items, .. said.Items], (float[])[.. ratings.Ratings, .. said.Ratings], (long[])[.. ratings.Times, .. said.Times]);
        return new UserInteractions(union, [.. raters, .. spoken.Users]);
    }

    private static UserInteractions Collect(IReadOnlyList<Turn> turns, int itemCount, Func<Turn, IEnumerable<int>> itemsOf)
    {
        // A seeker and a dialogue may have the same id.
        var numbers = new Dictionary<(bool Known, string Id), int>();
        var (users, items, times) = (new List<int>(), new List<int>(), new List<long>());
        foreach (Turn turn in turns)
        {
            (bool, string) name = (turn.User is not null, turn.User ?? turn.Conversation);
            foreach (int item in itemsOf(turn))
            {
                if (!numbers.TryGetValue(name, out int user))
                    numbers.Add(name, user = numbers.Count);
                users.Add(user);
                items.Add(item);
                times.Add(turn.Time ?? 0);
            }
        }

        var ratings = new float[items.Count];
        Array.Fill(ratings, float.NaN);
        Interactions built = InteractionsBuilder.Build(numbers.Count, itemCount, users.ToArray(), items.ToArray(), ratings, times.ToArray(), threads: 1);
        return new UserInteractions(built, [.. numbers.Keys.Select(key => key.Id)]);
    }
}
