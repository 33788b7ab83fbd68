namespace Data.Importers.Conversations;

/// <summary>Makes a turn of what was said and which items it names: the definitions of mentioned, targets and repeated in one place.</summary>
internal static class TurnBuilder
{
    /// <param name="id">unique within the dataset</param>
    /// <param name="conversation">the dialogue</param>
    /// <param name="split">train, validation or test</param>
    /// <param name="user">the seeker, if known</param>
    /// <param name="time">Unix seconds, if known</param>
    /// <param name="context">oldest first</param>
    /// <param name="unplaced">mentioned somewhere in the context</param>
    /// <param name="reply">items that the reply recommends, in order</param>
    public static Turn Build(
        string id,
        string conversation,
        Split split,
        string? user,
        long? time,
        IReadOnlyList<Utterance> context,
        IEnumerable<int> unplaced,
        IEnumerable<int> reply)
    {
        int[] mentioned = [.. unplaced.Concat(context.SelectMany(utterance => utterance.Items)).Distinct()];
        int[] named = [.. reply.Distinct()];
        return new Turn(
            id,
            conversation,
            split,
            user,
            time,
            context,
            mentioned,
            [.. named.Where(item => !mentioned.Contains(item))],
            [.. named.Where(mentioned.Contains)]);
    }

    /// <summary>Dialogues of different splits never share a name: "test_20001".</summary>
    public static string ConversationId(string split, string dialogue) =>
        dialogue.StartsWith(split + "_", StringComparison.Ordinal) ? dialogue : $"{split}_{dialogue}";
}
