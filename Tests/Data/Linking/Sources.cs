using Data;
using Data.Importers;

namespace Tests.Data.Linking;

/// <summary>Small invented sources for the linker.</summary>
internal static class Sources
{
    /// <summary>Every movie gets one rating by each user whose number is at most its position, so that counts differ.</summary>
    public static RatingsSource Ratings(string name, string idSpace, params SourceItem[] items)
    {
        string[] users = [.. Enumerable.Range(0, 3).Select(u => $"{name}:{u}")];
        (int User, int Item)[] pairs = [.. from user in Enumerable.Range(0, users.Length) from item in Enumerable.Range(0, items.Length) where user <= item select (user, item)];
        var table = new RatingTable(
            [.. pairs.Select(pair => pair.User)], [.. pairs.Select(pair => pair.Item)], [.. pairs.Select(_ => 4f)], [.. pairs.Select((_, row) => (long)row)]);
        return new RatingsSource(name, idSpace, items, users, table, "invented", 0);
    }

    public static ConversationSource Conversations(params SourceItem[] items) => Conversations([], items);

    public static ConversationSource Conversations(Turn[] turns, params SourceItem[] items) =>
        new("talks", items, turns, new Dictionary<string, IReadOnlyList<LlmReply>>(), "invented", []);

    public static Turn Turn(string id, string? user, int[] mentioned, int[] targets, int[] repeated) =>
        new(id, "conversation of " + id, Split.Train, user, null, [], mentioned, targets, repeated);

    public static SourceItem Movie(string id, string title, string? imdbId = null) => new(id, title, [], imdbId);
}
