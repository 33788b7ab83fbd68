namespace Data;

/// <summary>Who speaks: the person who looks for something, or the one who recommends.</summary>
public enum Role
{
    Seeker,
    Recommender,
}

/// <summary>Something said before the turn.</summary>
/// <param name="Role">who said it</param>
/// <param name="Text">as it was said, titles written out</param>
/// <param name="Items">items mentioned in it, in order</param>
public sealed record Utterance(Role Role, string Text, int[] Items);

/// <summary>One reply to predict: one line of conversations.jsonl.</summary>
/// <param name="Id">unique within the dataset</param>
/// <param name="Conversation">turns of one dialogue share it, and are never divided among splits</param>
/// <param name="Split">train, validation or test</param>
/// <param name="User">the seeker, if known</param>
/// <param name="Time">Unix seconds, if known</param>
/// <param name="Context">what was said before, oldest first</param>
/// <param name="Mentioned">distinct items mentioned before the reply, in order of first mention</param>
/// <param name="Targets">distinct items of the reply that were not mentioned before</param>
/// <param name="Repeated">distinct items of the reply that had been mentioned before: the <c>repeated</c> condition</param>
public sealed record Turn(
    string Id,
    string Conversation,
    Split Split,
    string? User,
    long? Time,
    IReadOnlyList<Utterance> Context,
    int[] Mentioned,
    int[] Targets,
    int[] Repeated);
